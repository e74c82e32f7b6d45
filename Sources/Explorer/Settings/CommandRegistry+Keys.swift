import TerminalScreen

/// Keys that a user chose.
extension CommandRegistry {
  /// The same commands with other keys for some of them.
  ///
  /// A key that another command had is taken from it, unless both are given it here.
  ///
  /// - Throws: a command that does not exist, a key that cannot be typed, a key that means two commands in one pane.
  public func rebound(_ keys: [String: [String]]) throws(SettingsProblem) -> CommandRegistry {
    guard !keys.isEmpty else { return self }
    var taken: [[Key]: [Command]] = [:]
    for (name, spellings) in keys.sorted(by: { $0.key < $1.key }) {
      guard let command = command(named: name) else {
        throw SettingsProblem("no command is called \(name)")
      }
      for spelling in spellings {
        guard let sequence = Key.sequence(spelling), !sequence.isEmpty else {
          throw SettingsProblem("\(spelling) for \(name) is no key")
        }
        taken[sequence, default: []].append(command)
      }
    }
    let registry = CommandRegistry(
      commands.map { command in
        let names = [command.name] + command.aliases
        if let chosen = names.lazy.compactMap({ keys[$0] }).first {
          return command.with(keys: chosen)
        }
        return command.with(
          keys: command.keys.filter { spelling in
            guard let sequence = Key.sequence(spelling) else { return false }
            return !Self.isTaken(sequence, by: taken, from: command)
          })
      })
    if let clash = registry.clashes().first { throw SettingsProblem(clash) }
    if let quit = registry.command(named: "quit"), quit.keys.isEmpty {
      throw SettingsProblem("quit needs a key")
    }
    return registry
  }

  /// Whether a chosen key is this key, begins it or goes on from it, in one of the command's panes.
  private static func isTaken(
    _ sequence: [Key], by taken: [[Key]: [Command]], from command: Command
  ) -> Bool {
    taken.contains { chosen, owners in
      let shared = min(chosen.count, sequence.count)
      guard chosen.prefix(shared) == sequence.prefix(shared) else { return false }
      if chosen.count != sequence.count { return true }
      return owners.contains { owner in
        owner.panes.isEmpty == command.panes.isEmpty
          && (owner.panes.isEmpty || !owner.panes.isDisjoint(with: command.panes))
      }
    }
  }
}
