import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Keys and columns that a user chose hold, and senseless ones are refused with a reason.
@Suite struct SettingsTests {
  private let standard = CommandRegistry.standard

  @Test func aChosenKeyReplacesTheUsualOnes() throws {
    let registry = standard.rebound(["next-unit": ["M-n"]])
    let keys = try #require(Key.sequence("M-n"))
    #expect(registry.command(keys, in: .outline)?.name == "next-unit")
    #expect(registry.command(try #require(Key.sequence("] u")), in: .outline) == nil)
    #expect(registry.command(named: "next-tensor")?.keys == ["] t"])
  }

  @Test func aChosenKeyIsTakenFromItsCommand() throws {
    // n was the next match; one key of a sequence ends that sequence.
    let registry = standard.rebound(["next-unit": ["n"], "zoom": ["]"]])
    #expect(registry.command([Key("n")], in: .outline)?.name == "next-unit")
    #expect(registry.command(named: "next-match")?.keys == [])
    #expect(registry.command(named: "next-tensor")?.keys == [])
    #expect(registry.clashes() == [])
  }

  @Test func aKeyOfOnePaneLeavesThatOfAllAlone() throws {
    let registry = standard.rebound(["codebook": ["n"]])
    #expect(registry.command([Key("n")], in: .decode)?.name == "codebook")
    #expect(registry.command([Key("n")], in: .outline)?.name == "next-match")
  }

  @Test(arguments: [
    (["frobnicate": ["x"]], "no command is called frobnicate"),
    (["down": ["Nope"]], "Nope for down is no key"),
    (["down": ["M-x"], "up": ["M-x"]], "M-x means two commands in"),
    (["down": ["M-x"], "up": ["M-x y"]], "M-x of down begins a longer sequence"),
    (["quit": []], "quit needs a key"),
  ])
  func refuses(_ keys: [String: [String]], _ reason: String) throws {
    #expect(try #require(standard.problems(keys).first).description.hasPrefix(reason))
  }

  @Test func theExplorerHeedsThem() throws {
    let streams = try Fixture("cnn_digits_pyt").opened()
    var model = ExplorerModel(streams, size: Size(120, 30))
    var settings = ExplorerSettings()
    settings.keys = ["tensors": ["M-t"], "help": ["M-h"]]
    settings.columns = ["name", "bits"]
    settings.follows = true
    try model.use(settings)
    var session = ExplorerSession(model)
    session.press([.init(.character("t"), .meta)])
    session.work()
    #expect(session.model.focus == .tensors)
    #expect(session.screen.contains("M-h help"))
    #expect(session.screen.contains(" bits"))
    #expect(!session.screen.contains("shape"))
    // Messages name the keys there are.
    session.command("frobnicate")
    #expect(session.screen.contains("M-h shows the commands"))
    settings.columns = ["name", "weight_of_the_moon"]
    #expect { try model.use(settings) } throws: { "\($0)".contains("no column weight_of_the_moon") }
  }
}
