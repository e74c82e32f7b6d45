import TerminalScreen
import TestSupport
import Testing

/// Editing in the prompt.
@Suite struct PromptTests {
  private func type(_ keys: String, into state: inout PromptState) {
    for key in Key.sequence(keys) ?? [] { _ = state.handle(key) }
  }

  @Test func editing() {
    var state = PromptState()
    type("a b Space c d", into: &state)
    #expect(state.text == "ab cd" && state.cursor == 5)
    type("C-w", into: &state)
    #expect(state.text == "ab ")
    type("Home x Right Del", into: &state)
    #expect(state.text == "xa ")
    type("End BS", into: &state)
    #expect(state.text == "xa")
    type("C-a C-k", into: &state)
    #expect(state.text.isEmpty)
    #expect(state.handle(Key(.backspace)) == .cancelled)
    #expect(state.handle(Key(.enter)) == .accepted)
    #expect(state.handle(Key(.escape)) == .cancelled)
  }

  @Test func historyKeepsTheDraft() {
    var state = PromptState(history: ["one", "two"])
    type("n e w Up", into: &state)
    #expect(state.text == "two")
    type("Up Up", into: &state)
    #expect(state.text == "one")
    type("Down Down", into: &state)
    #expect(state.text == "new")
    state.remember()
    #expect(state.history == ["one", "two", "new"])
  }

  @Test func completion() {
    var state = PromptState("t")
    #expect(state.handle(Key(.tab)) == .wantsCompletion)
    state.offer(["tensor", "tensors", "tent"])
    #expect(state.text == "ten")
    type("Tab Tab", into: &state)
    #expect(state.text == "tensors" && state.chosen == 1)
    type("x", into: &state)
    #expect(state.completions.isEmpty)
    state.replace("u")
    state.offer(["unit"])
    #expect(state.text == "unit" && state.completions.isEmpty)
  }

  @Test func combiningMarksAndPastesKeepTheCursorInTheText() {
    var state = PromptState("e")
    _ = state.insert("\u{301}")
    #expect(state.text.count == 1 && state.cursor == 1)
    _ = state.insert("a\nb\r\nc")
    #expect(state.text == "e\u{301}a b c")
    var random = SeededGenerator(seed: 3)
    let keys = ["a", "Left", "Right", "BS", "Del", "C-w", "Home", "End", "Space", "C-Left", "Up"]
    for _ in 0..<2000 {
      type(keys.randomElement(using: &random) ?? "a", into: &state)
      if Bool.random(using: &random) { _ = state.insert("\u{302}") }
      #expect(state.cursor >= 0 && state.cursor <= state.text.count)
    }
  }
}
