import Foundation
import NNRAnalysis
import NNRModel
import NNRRecode
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The view of what other choices would have cost.
@Suite struct WhatifViewTests {
  private func session(_ name: String = "mlp_ec2t_uniform") throws -> ExplorerSession {
    var session = ExplorerSession(
      ExplorerModel(try Fixture(name).opened(as: "\(name).nnc"), size: Size(130, 40)))
    session.keys("8")
    session.work()
    return session
  }

  @Test func tensorsStandByWhatTheySave() throws {
    let session = try session()
    #expect(session.model.shows(.whatif))
    let rows = session.model.whatif.rows
    #expect(rows.count == 6)
    let savings = rows.compactMap { $0.found?.saving }
    #expect(savings.count == rows.count)
    #expect(savings == savings.sorted(by: >))
    #expect(session.screen.contains("5,591 → "))
    #expect(savings.reduce(0, +) == 8 * session.model.whatif.savedBytes)
  }

  @Test func enterOpensTheAlternativesAndEscLeadsBack() throws {
    var session = try session()
    session.keys("Enter")
    session.work()
    let open = try #require(session.model.whatif.alternatives)
    #expect(open.tensor.name == session.model.whatif.rows[0].tensor.name)
    #expect(session.screen.contains("cabac_unary_length"))
    #expect(session.screen.contains("with it"))
    session.keys("Esc")
    #expect(session.model.whatif.alternatives == nil)
    #expect(session.model.shows(.whatif))
  }

  @Test func aKnobIsTurnedAmongItsValues() throws {
    var session = try session()
    session.keys("Enter")
    session.work()
    let first = try #require(session.model.whatif.selected)
    #expect(first.isCurrent)
    session.keys("-")
    let other = try #require(session.model.whatif.selected)
    #expect(other.knob == first.knob)
    #expect(other.value != first.value)
    for _ in 0..<40 { session.keys("-") }
    #expect(session.model.whatif.selected?.knob == first.knob)
    #expect(session.model.whatif.alternativeList.selection == 0)
  }

  /// The table of tensors has what could be saved as a column: to show it is to search it.
  @Test func tensorsSayWhatTheyCouldSave() throws {
    var session = ExplorerSession(
      ExplorerModel(try Fixture("mlp_ec2t_uniform").opened(as: "a.nnc"), size: Size(130, 40)))
    session.keys("2")
    session.work()
    #expect(session.model.whatif.document == nil)
    session.command("columns name,bits,could_save")
    session.work()
    #expect(session.screen.contains("could save"))
    let place = try #require(TensorColumns.places["could_save"])
    let cells = session.model.document.figures.lines.map { $0.cells[place] }
    let wanted = session.model.whatif.rows.sorted { $0.tensor.unit < $1.tensor.unit }
      .map { CellValue.integer($0.found?.saving ?? -1) }
    #expect(cells.count == 6 && cells == wanted)
    session.command("sort-by -could_save")
    session.keys("g")
    #expect(session.model.selectedTensorLine?.name == "layers.0.weight")
    session.command("where could_save > 1k")
    #expect(session.screen.contains("2 of 6"))
  }

  @Test func theStreamIsWrittenAndEqual() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "whatif-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "small.nnc").path
    var session = try session()
    session.command("recode \(path)")
    session.work()
    let written = try Data(contentsOf: URL(filePath: path))
    #expect(written.count == 5_591 - session.model.whatif.savedBytes)
    #expect(session.screen.contains("tensors equal"))
    // A file that is there is somebody's.
    session.command("recode \(path)")
    #expect(session.screen.contains("exists"))
  }
}
