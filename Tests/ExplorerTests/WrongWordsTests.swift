import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Words of the prompt that mean nothing, and what was meant.
@Suite struct WrongWordsTests {
  @Test(arguments: [
    ("tensor conv2.wieght", "no tensor conv2.wieght; did you mean conv2.weight"),
    ("tensor frobnicate", "no tensor frobnicate"),
    ("go fc.bais", "no place fc.bais; did you mean fc.bias"),
    ("go frobnicate", "no place frobnicate: try 0x1f4"),
    ("tensrs", "no command or place tensrs; did you mean tensors"),
    ("theme purple", "no theme purple, but: terminal, dark, light, contrast"),
    ("theme", "theme needs one of terminal, dark, light, contrast"),
  ]) func whatWasMeantIsSaid(_ line: String, _ answer: String) throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    let place = session.model.location
    session.command(line)
    let status = try #require(session.model.status)
    #expect(status.failed)
    #expect(status.text.hasPrefix(answer), "\(status.text)")
    #expect(session.model.location == place)
  }

  @Test func aThemeIsAskedFor() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("theme light")
    var themes: [Theme.Name] = []
    for effect in session.takeEffects() {
      if case .recolor(let theme) = effect { themes.append(theme) }
    }
    #expect(themes == [.light])
    session.keys(":")
    session.press("theme c".map { Key($0) } + [Key(.tab)])
    #expect(session.screen.contains("theme contrast"))
  }
}
