import TestSupport
import Testing

@testable import Explorer

/// The update tree over several files.
@Suite struct UpdatesViewTests {
  @Test func roundsAndParents() throws {
    var session = try ExplorerSession("tca_base", "tca_update1", "tca_update2", decodes: true)
    session.keys("5")
    let rows = session.model.updates.rows
    #expect(!rows.isEmpty)
    let cells = rows.flatMap(\.cells.values)
    #expect(cells.contains { $0.document == 2 && $0.usesTemporalContexts })
    for cell in cells where cell.parent != nil {
      #expect(cell.missing == nil, "\(cell.name): \(cell.missing ?? "")")
      #expect(cell.failure == nil)
      #expect((cell.parentPlace?.document ?? 9) < cell.document)
    }
    #expect(cells.allSatisfy { ($0.facts?.zeros ?? 0) <= ($0.facts?.count ?? 0) })
  }

  @Test func missingParentsAreMarked() throws {
    var session = try ExplorerSession("tca_base", "tca_update2", decodes: true)
    session.keys("5 l j")
    #expect(session.screen.contains("E U02"))
  }

  @Test func enterOpensTheUnitInItsFile() throws {
    var session = try ExplorerSession("tca_base", "tca_update1", decodes: true)
    session.keys("5 l j")
    let cell = try #require(session.model.updates.selected)
    session.keys("Enter")
    #expect(session.model.current == 1)
    #expect(session.model.location.unit == cell.unit)
    #expect(session.model.focus == .outline)
    session.keys("C-o")
    #expect(session.model.current == 0)
  }

  @Test func oneFileIsOneRound() throws {
    var session = try ExplorerSession("mlp_iris", decodes: true)
    session.keys("5")
    #expect(session.screen.contains("1 round, 0 differences"))
    session.keys("h l G g Enter")
    #expect(session.model.current == 0)
  }
}
