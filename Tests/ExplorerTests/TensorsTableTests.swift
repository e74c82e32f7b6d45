import Explorer
import Foundation
import TerminalScreen
import TestSupport
import Testing

/// Sorting, filtering and columns of the tensors table, the rules and exports.
@Suite struct TensorsTableTests {
  @Test func conditionsAreCheckedWhileTyping() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("2 &")
    for character in "qp > -30 and bpw <" { session.press([Key(character)]) }
    #expect(session.screen.contains("at 19: the expression ends too early"))
    for character in " 5" { session.press([Key(character)]) }
    #expect(session.screen.contains("2 of 17 tensors"))
    session.keys("Enter")
    #expect(session.screen.contains("conv2.weight"))
    #expect(!session.screen.contains("bn1.bias"))
    session.keys("Esc")
    #expect(session.screen.contains("bn1.bias"))
  }

  @Test func columnsComplete() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("2 & s p a r Tab")
    #expect(session.screen.contains("&sparsity"))
  }

  @Test func wrongConditionsLeaveTheLastGoodOne() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("2")
    session.command("where name ~ fc")
    session.command("where nome ~ fc")
    #expect(session.screen.contains("did you mean name"))
    #expect(session.screen.contains("2 of 17"))
  }

  @Test func naturalOrderAndColumns() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("2")
    session.command("sort-by -bits")
    session.command("columns name,bits,std")
    let lines = session.screen.split(separator: "\n")
    #expect(lines[3].contains("bits▼"))
    #expect(lines[4].contains("fc.weight"))
    #expect(!session.screen.contains("shape"))
    session.command("columns nome")
    #expect(session.screen.contains("did you mean name"))
    session.keys("C")
    #expect(session.screen.contains("columns: usual"))
  }

  @Test func fiveThousandTensorsAreSortedAtOnce() throws {
    var session = try ExplorerSession("many_units")
    session.keys("2")
    #expect(session.screen.contains("5,000 tensors"))
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for line in ["sort-by name", "sort-by -bits", "where bits > 10 and name ~ 9", "sort-by unit"] {
      let time = clock.measure { session.execute(line) }
      slowest = max(slowest, time)
    }
    // A build without optimization is some ten times slower than what is shipped, which has a frame for it.
    #expect(slowest < .milliseconds(500))
  }

  @Test func rulesOfTheWholeStream() throws {
    var session = try ExplorerSession("cnn_block_codebook")
    session.keys("e")
    #expect(session.screen.contains("M02"))
    session.keys("f")
    #expect(session.screen.contains("no error or worse"))
    session.command("check")
    #expect(session.screen.contains("all rules looked at"))
    session.command("severity info")
    session.keys("Esc ] e")
    #expect(session.screen.contains("I T02"))
    #expect(session.model.location.unit == 2)
  }

  @Test func exports() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnrscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor fc.weight")
    session.keys("x")
    #expect(session.screen.contains(":export fc.weight.npy"))
    session.keys("Esc")
    let path = folder.appendingPathComponent("w.npy").path
    session.command("export \(path)")
    #expect(session.screen.contains("10×512 float32 written"))
    #expect(FileManager.default.fileExists(atPath: path))
    session.command("export \(path)")
    #expect(session.screen.contains("exists; nothing was written"))
    session.command("export \(folder.path)/no/such.npy")
    #expect(session.screen.contains("cannot create"))
    session.command("export-model \(folder.path)/m.safetensors")
    #expect(session.screen.contains("17 tensors written"))
  }
}
