import TerminalScreen
import Testing

/// Colours: contrast, and what is left without them.
@Suite struct ThemeTests {
  @Test(arguments: [Theme.Name.dark, .light, .contrast])
  func textContrastsWithItsGround(_ name: Theme.Name) throws {
    let least = name == .contrast ? 7.0 : 4.5
    let theme = Theme(name)
    for role in Role.allCases {
      for highlight in Highlight.allCases {
        let look = theme.appearance(Style(role, on: highlight))
        let text = try #require(look.foreground)
        let ground = try #require(look.background)
        let plot = role.rawValue >= Role.series0.rawValue
        let ratio = text.contrast(with: ground)
        // Graphical objects need 3:1 (WCAG 2, 1.4.11).
        #expect(ratio >= (plot ? 3 : least), "\(name) \(role) on \(highlight): \(ratio)")
      }
    }
  }

  @Test(arguments: Theme.Name.allCases) func basicColoursNeverHideText(_ name: Theme.Name) {
    let theme = Theme(name, depth: .basic)
    for role in Role.allCases {
      for highlight in Highlight.allCases {
        let look = theme.appearance(Style(role, on: highlight))
        #expect(look.foreground == nil || look.foreground != look.background)
        #expect((look.foreground?.index ?? 0) < 8 && (look.background?.index ?? 0) < 8)
      }
    }
  }

  @Test func monochromeStillShowsWhatMatters() {
    let theme = Theme(depth: .monochrome)
    func attributes(_ style: Style) -> Attributes { theme.appearance(style).attributes }
    #expect(attributes(.normal.on(.selection)).contains(.reverse))
    #expect(attributes(.link).contains(.underline))
    #expect(attributes(.error).contains(.bold))
    #expect(attributes(.normal.on(.element)) != attributes(.normal.on(.enclosing)))
    let highlights = Highlight.allCases.map { attributes(.normal.on($0)) }
    // Selection, element and strip are all reverse, in places where they cannot be confused.
    #expect(Set(highlights).count >= 5)
    for role in Role.allCases {
      let look = theme.appearance(Style(role, on: .selection))
      #expect(look.foreground == nil && look.background == nil)
      #expect(!look.attributes.contains(.dim))
    }
  }

  @Test func contrastRatioIsThatOfTheStandard() {
    #expect(abs(Color(231).contrast(with: Color(16)) - 21) < 0.05)
    #expect(Color(16).contrast(with: Color(16)) == 1)
    #expect(abs(Color(244).luminance - 0.216) < 0.01)
  }
}
