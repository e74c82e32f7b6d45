import Explorer
import TerminalScreen
import Testing

/// Keys, names and help of the commands agree with each other.
@Suite struct CommandRegistryTests {
  private let registry = CommandRegistry.standard

  @Test func noKeyMeansTwoThings() {
    #expect(registry.clashes() == [])
  }

  @Test func everyCommandHasHelpAndAName() {
    var seen: Set<String> = []
    for command in registry.commands {
      #expect(!command.help.isEmpty, "\(command.name)")
      for name in [command.name] + command.aliases {
        #expect(seen.insert(name).inserted, "\(name) is used twice")
        #expect(!name.contains(" "))
      }
    }
  }

  @Test func everyKeyCanBeTyped() {
    for command in registry.commands {
      for keys in command.keys { #expect(Key.sequence(keys) != nil, "\(keys)") }
    }
  }

  @Test func theTableListsAllCommands() {
    #expect(registry.table().count == registry.commands.count)
  }
}
