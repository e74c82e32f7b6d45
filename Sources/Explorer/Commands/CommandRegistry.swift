import TerminalScreen

/// All commands, and how keys and names lead to them.
public struct CommandRegistry: Sendable {
  /// The commands of the explorer.
  public static let standard = CommandRegistry(Views.standard)

  /// The commands in the order of the help.
  public let commands: [Command]
  /// The panes in which they may mean something.
  let panes: [Pane]
  private let byKeys: [[Key]: [Int]]
  private let byName: [String: Int]
  private let prefixes: Set<[Key]>

  /// The commands of the explorer and of some views.
  init(_ views: Views) {
    let sorted = Set(views.all.filter(\.isSorted).map(\.pane))
    let groups = [
      Command.moving, Command.going, Command.finding, Command.looking(sorted: sorted),
      Command.columns(of: Set(views.all.filter(\.hasColumns).map(\.pane))),
      Command.picturing, Command.sharing, Command.program, Command.exporting,
      views.all.flatMap(\.commands),
    ]
    self.init(groups.flatMap(\.self), panes: views.panes)
  }

  /// A registry of commands.
  init(_ commands: [Command], panes: [Pane]) {
    self.panes = panes
    self.commands = commands
    var byKeys: [[Key]: [Int]] = [:]
    var byName: [String: Int] = [:]
    var prefixes: Set<[Key]> = []
    for (place, command) in commands.enumerated() {
      for name in [command.name] + command.aliases { byName[name] = place }
      for spelling in command.keys {
        guard let keys = Key.sequence(spelling), !keys.isEmpty else { continue }
        byKeys[keys, default: []].append(place)
        for length in 1..<keys.count + 0 where length < keys.count {
          prefixes.insert(Array(keys.prefix(length)))
        }
      }
    }
    self.byKeys = byKeys
    self.byName = byName
    self.prefixes = prefixes
  }

  /// The command of a sequence of keys in a pane; one of that pane only goes before one of all.
  func command(_ keys: [Key], in pane: Pane) -> Command? {
    let places = (byKeys[keys] ?? []).filter { commands[$0].applies(in: pane) }
    return (places.first { !commands[$0].panes.isEmpty } ?? places.first).map { commands[$0] }
  }

  /// Whether a sequence of keys begins a longer one.
  func isPrefix(_ keys: [Key]) -> Bool { prefixes.contains(keys) }

  /// The command with a name or alias.
  public func command(named name: String) -> Command? { byName[name].map { commands[$0] } }

  /// All names, sorted.
  var names: [String] { commands.map(\.name).sorted() }

  /// The keys that mean more than one command in a pane; must be empty.
  public func clashes() -> [String] { clashingKeys().map(\.text) }

  /// The keys that mean more than one command in a pane, with a sentence for each.
  func clashingKeys() -> [(keys: [Key], text: String)] {
    var found: [(keys: [Key], text: String)] = []
    for (keys, places) in byKeys {
      for pane in panes {
        let here = places.filter { commands[$0].applies(in: pane) }
        let own = here.filter { !commands[$0].panes.isEmpty }
        let names = here.map { commands[$0].name }
        if own.count > 1 || here.count - own.count > 1 {
          found.append(
            (
              keys,
              "\(Self.shown(keys)) means two commands in \(pane.title): "
                + names.joined(separator: ", ")
            ))
        }
      }
      if prefixes.contains(keys), let place = places.first {
        found.append(
          (keys, "\(Self.shown(keys)) of \(commands[place].name) begins a longer sequence"))
      }
    }
    return found.sorted { $0.text < $1.text }
  }

  private static func shown(_ keys: [Key]) -> String {
    Command.shown(keys.map(\.description).joined(separator: " "))
  }

  /// The table of keys and commands for documents: group, keys, name, help.
  public func table() -> [(group: String, keys: String, command: String, help: String)] {
    Command.Group.allCases.flatMap { group in
      commands.filter { $0.group == group }.map {
        (
          group.rawValue, $0.keys.map(Command.shown).joined(separator: ", "), ":" + $0.usage,
          $0.help
        )
      }
    }
  }
}
