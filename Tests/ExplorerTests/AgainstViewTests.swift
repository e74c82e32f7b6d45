import Foundation
import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import PlainText
import TerminalScreen
import TestSupport
import Testing
import WeightFiles

@testable import Explorer

/// The weights of a stream against a file of originals: in the diff view and as columns of the tensors table.
@Suite struct AgainstViewTests {
  /// The weights of `bitdepth_8` as a file, for as long as `body` runs.
  private func withReference(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "nnrscope-against-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/original.safetensors"
    let session = try Fixture("bitdepth_8").session()
    _ = try TensorExport.safetensors(session, ExportRequest(), to: path, budget: 1 << 24)
    try body(path)
  }

  /// Reloading compares again, so that the columns stay.
  @Test func reloadingKeepsTheErrors() throws {
    try withReference { path in
      var session = try ExplorerSession("bitdepth_4")
      session.command("against \(path)")
      session.keys("2")
      let column = try #require(TensorColumns.places["max_error"])
      let before = session.model.document.figures.lines.map { $0.cells[column] }
      #expect(before.contains { $0 != .missing })
      try session.reload("bitdepth_4")
      #expect(session.model.document.figures.lines.map { $0.cells[column] } == before)
      #expect(session.model.view == .tensors)
    }
  }

  @Test func errorsAreListedAndSorted() throws {
    try withReference { path in
      var session = try ExplorerSession("bitdepth_4")
      session.command("against \(path)")
      #expect(session.model.diff.isComplete)
      #expect(session.screen.contains("against the original"))
      let stream = try Fixture("bitdepth_4").session()
      let references = try WeightFile.open(path)
      let expected = try stream.report(
        against: references, file: path, scope: .alone(file: 1, of: 1), stream: 0)
      let rows = session.model.diff.rows.filter { $0.kind == .weights }
      let sorted = expected.rows.sorted { $0.errors.maxError > $1.errors.maxError }
      #expect(rows.map(\.text) == sorted.map { "  " + $0.name })
      #expect(rows.map(\.a) == sorted.map { NumberFormat.significant($0.errors.maxError) })
      let worst = try #require(sorted.first?.errors.worst.first)
      let indices = sorted[0].indices(of: worst.element).map { "\($0)" }.joined(separator: ", ")
      #expect(session.screen.contains("worst at [\(indices)]"))
      // The table has the same figures, the largest first.
      session.keys("2")
      let table = session.model.document
      let column = try #require(TensorColumns.places["max_error"])
      #expect(
        table.tensors.order.map { table.figures.lines[$0].cells[column] }
          == sorted.map { .number($0.errors.maxError) })
      session.command("where max_error > 0.032")
      #expect(session.model.document.tensors.order.count == 1)
      // The view is still there, and its rows lead to their units.
      session.keys("7")
      #expect(session.screen.contains("against the original"))
      session.keys("g j Enter")
      #expect(session.model.view == .explorer)
      #expect(
        session.model.document.stream.compressedDataUnit(session.model.location.unit)?.nameTexts
          == [sorted[0].name])
      // The worst weight leads to the number itself.
      session.keys("7 g j j j Enter")
      #expect(session.model.view == .values)
      let cell = session.model.document.cell
      let grid = try #require(session.model.shownGrid)
      #expect(cell.row * grid.width + cell.column == worst.element)
      #expect(session.screen.contains(NumberFormat.significant(worst.value)))
      // A key moves on from there; Esc leads back to where the weights were opened.
      session.keys("k Esc")
      #expect(session.model.view == .diff)
    }
  }

  @Test func theTitleTellsWhatIsAddedUp() throws {
    try withReference { path in
      var session = try ExplorerSession(
        "tca_base", "tca_update1", "tca_update2", size: Size(120, 24))
      session.command("against \(path)")
      #expect(session.screen.contains("against the original, file 1 of 3 alone"))
      session.command("file 3")
      session.command("against \(path)")
      #expect(session.screen.contains("against the original, 3 files added up"))
      session.command("file 2")
      session.command("against \(path)")
      #expect(session.screen.contains("against the original, 2 files added up"))
      var single = try ExplorerSession("bitdepth_4")
      single.command("against \(path)")
      #expect(!single.screen.contains("alone") && !single.screen.contains("added up"))
    }
  }

  @Test func weightsThatAreNoNumbersComeFirst() {
    let found = ValueComparison([1, .nan, 2], reference: [1, 1, .infinity])
    #expect(found.nonfinite == 2)
    #expect(DiffRows.errors(found).hasPrefix("2 not finite, mean "))
    #expect(DiffRows.errors(ValueComparison([1], reference: [1])).hasPrefix("mean "))
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    var session = try ExplorerSession("bitdepth_4")
    session.command("against")
    #expect(session.screen.contains("against needs"))
    session.command("against /nowhere/at/all.npz")
    #expect(session.screen.contains("/nowhere/at/all.npz: "))
    session.command("against \(Fixture("names").path)")
    #expect(session.model.status?.failed == true)
    try withReference { path in
      var other = try ExplorerSession("cnn_digits_pyt")
      other.command("against \(path)")
      #expect(other.screen.contains("0 parameters compared"))
      #expect(other.screen.contains("not in the reference file"))
      other.keys("G")
      #expect(other.screen.contains("only in the reference file"))
    }
  }

  @Test(arguments: [Size(120, 40), Size(80, 24), Size(40, 10)], [GlyphSet.block, .ascii])
  func screens(_ size: Size, _ glyphs: GlyphSet) throws {
    try withReference { path in
      var session = try ExplorerSession("bitdepth_4", size: size)
      session.command("against \(path)")
      session.keys("j j")
      assertSnapshot(
        session.model.draw(glyphs: glyphs),
        named: "against-\(size.width)x\(size.height)-\(glyphs)")
    }
  }
}
