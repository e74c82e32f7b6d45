import TerminalScreen
import TestSupport
import Testing

/// Scrolling lists: the selection is always in the list and in view.
@Suite struct ListStateTests {
  private let motions: [Motion] = [
    .up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .home, .end,
  ]

  @Test func randomMovesKeepTheSelectionInView() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...40, using: &random)
      let page = Int.random(in: 0...15, using: &random)
      var state = ListState(
        selection: .random(in: -50...50, using: &random), top: .random(in: -50...50, using: &random)
      )
      for _ in 0..<10 {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: state.scroll(.random(in: -9...9, using: &random), count: count, page: page)
        case 1: state.select(.random(in: -9...50, using: &random), count: count, page: page)
        default:
          state.move(motions.randomElement(using: &random) ?? .up, count: count, page: page)
        }
        let shown = max(1, page)
        #expect(state.selection >= 0 && state.selection <= max(0, count - 1))
        #expect(state.top >= 0 && state.top <= max(0, count - shown))
        #expect(state.selection >= state.top && state.selection < state.top + shown)
        // No blank rows below the list while rows are hidden above it.
        if count >= shown { #expect(state.top + shown <= count) }
      }
    }
  }

  @Test func pagesOverlapByOneRow() {
    var state = ListState()
    state.move(.pageDown, count: 100, page: 10)
    #expect(state == ListState(selection: 9, top: 9))
    state.move(.end, count: 100, page: 10)
    #expect(state == ListState(selection: 99, top: 90))
    state.move(.pageUp, count: 100, page: 10)
    #expect(state == ListState(selection: 90, top: 81))
    state.move(.home, count: 100, page: 10)
    #expect(state == ListState())
  }

  @Test func onlyVisibleRowsAreAskedFor() {
    var grid = Grid(Size(20, 5))
    nonisolated(unsafe) var asked: [Int] = []
    grid.draw(
      ListView(ListState(selection: 500_000, top: 499_998), count: 1_000_000) { index in
        asked.append(index)
        return StyledText("\(index)")
      }, in: grid.bounds)
    #expect(asked == Array(499_998...500_002))
    #expect(grid.cursor == Point(0, 2))
  }

  @Test func everyMotionHasAKey() {
    let keys = ["Up", "k", "Down", "j", "PgUp", "PgDn", "C-u", "C-d", "Home", "g", "End", "G"]
    let found = Set(keys.compactMap { Key(spelling: $0).flatMap { Motion($0) } })
    #expect(found.count == motions.count)
  }
}
