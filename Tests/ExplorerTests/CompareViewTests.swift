import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The open files as runs side by side.
@Suite struct CompareViewTests {
  private static let names = ["plain_qp-16", "dq_qp-24", "plain_qp-36"]

  private func session(_ size: Size = Size(120, 40)) throws -> ExplorerSession {
    let streams = Session(
      try Self.names.map { name in
        let path = Fixture.folder.appending(path: "Sweep/\(name).nnc").path
        return (try openSource(path) as any ByteSource, "\(name).nnc")
      })
    var session = ExplorerSession(ExplorerModel(streams.opened(), size: size))
    session.work()
    return session
  }

  @Test func itIsThereWhereSeveralFilesAreOpen() throws {
    #expect(try session().screen.contains("9 Compare"))
    #expect(!(try ExplorerSession("cnn_sparse").screen.contains("9 Compare")))
    var one = try ExplorerSession("cnn_sparse")
    one.keys("9")
    #expect(one.model.view == .compare && one.model.compare.lines.count == 18)
  }

  /// The figures are those of the queue that the command has them from.
  @Test func figuresAreThoseOfTheRuns() throws {
    var session = try session()
    #expect(session.model.compare.lines.isEmpty, "nothing is decoded before it is opened")
    session.keys("9")
    let lines = session.model.compare.lines
    #expect(lines.map(\.name).first == "total" && lines.count == 7)
    for (run, name) in Self.names.enumerated() {
      let ledger = BitLedger.decoded(
        Session([
          (try openSource(Fixture.folder.appending(path: "Sweep/\(name).nnc").path), name)
        ]), stream: 0, threads: 1)
      #expect(lines[0].cells[run]?.bits == Double(8 * ledger.size))
      #expect(lines.dropFirst().map { $0.cells[run]?.bits } == ledger.tensors.map(\.bits))
    }
    #expect(session.screen.contains("19,272") && session.screen.contains("44,680"))
    #expect(session.screen.contains("+12,458 abs_remainder_suffix"))
  }

  @Test func theCellIsTheSelection() throws {
    var session = try session()
    session.keys("9 j l l")
    #expect(session.model.current == 2 && session.model.location.unit == 3)
    #expect(session.screen.contains("layers.0.weight · run 3 · plain_qp-36.nnc"))
    session.keys("Enter")
    #expect(session.model.view == .explorer && session.model.current == 2)
    session.keys("Esc")
    #expect(session.model.view == .compare && session.model.compare.column == 2)
    // What another view selects is the row and the column.
    session.keys("1")
    session.command("tensor layers.2.bias")
    session.keys("9")
    #expect(session.model.compare.selected?.name == "layers.2.bias")
  }

  @Test func rowsFiguresOrderAndFilter() throws {
    var session = try session()
    session.keys("9 j s")
    let spread = session.model.compare.lines.dropFirst().compactMap(\.spread)
    #expect(spread.count == 6 && spread == spread.sorted(by: >))
    session.keys("S")
    #expect(session.model.compare.lines.dropFirst().compactMap(\.spread) == spread.sorted())
    session.keys("t")
    #expect(session.model.compare.lines.map(\.name) == ["total", "bias", "weight"])
    session.command("group first=layers.0.* rest=*")
    #expect(Set(session.model.compare.lines.map(\.name)) == ["total", "first", "rest"])
    session.command("group nonsense")
    #expect(session.screen.contains("group wants"))
    session.command("group")
    session.keys("& b i a s Enter")
    #expect(session.model.compare.lines.count == 4)
    session.keys("Esc o")
    #expect(session.model.compare.lines.count == 7 && session.model.compare.figure == .change)
    #expect(session.screen.contains("+25,408"))
  }

  @Test func errorsAgainstTheOriginal() throws {
    var session = try session()
    session.keys("9 P")
    #expect(session.screen.contains(":original names what runs are compared with"))
    session.command("original \(Fixture.folder.appending(path: "Sweep/original.npz").path)")
    let total = try #require(session.model.compare.lines.first)
    #expect(((total.cells[2]?.errors?.snr ?? 0) - 47.8768197094993).magnitude < 1e-9)
    session.keys("P")
    #expect(session.screen.contains("SNR dB") && session.screen.contains("47.9 ┤"))
    session.keys("Esc")
    #expect(session.screen.contains("against the original: SNR 17.76 dB"))
    session.command("original /nonexistent.npz")
    #expect(session.screen.contains("/nonexistent.npz: cannot open"))
    #expect(session.model.compare.lines.count == 7, "the bits are there all the same")
  }

  @Test(arguments: [Size(120, 40), Size(80, 24), Size(40, 10)], [GlyphSet.block, .ascii])
  func screens(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try session(size)
    session.keys("9 j l")
    assertSnapshot(
      session.model.draw(glyphs: glyphs), named: "compare-\(size.width)x\(size.height)-\(glyphs)")
  }
}
