import TerminalScreen

/// Keys that a user chose.
extension CommandRegistry {
  /// What makes no sense in keys for commands: a command that does not exist, a key that cannot be typed, a key that means
  /// two commands in one pane, no key to end by.
  func problems(_ keys: [String: [String]]) -> [SettingsProblem] {
    var found: [SettingsProblem] = []
    for (name, spellings) in keys.sorted(by: { $0.key < $1.key }) {
      if command(named: name) == nil {
        found.append(SettingsProblem("no command is called \(name)", about: ["keys", name]))
      }
      for spelling in spellings where Key.sequence(spelling)?.isEmpty ?? true {
        found.append(
          SettingsProblem("\(spelling) for \(name) is no key", about: ["keys", name, spelling]))
      }
    }
    let registry = rebound(keys)
    found += registry.clashes(of: keys)
    if let quit = registry.command(named: "quit"), quit.keys.isEmpty {
      found.append(SettingsProblem("quit needs a key", about: ["keys", "quit"]))
    }
    return found
  }

  /// The keys that mean two commands, each once, at a place where it was chosen.
  private func clashes(of chosen: [String: [String]]) -> [SettingsProblem] {
    var told: Set<[Key]> = []
    return clashingKeys().filter { told.insert($0.keys).inserted }.map { clash in
      let owner = chosen.sorted { $0.key < $1.key }.lazy.flatMap { name, spellings in
        spellings.map { (name, $0) }
      }.last { Key.sequence($0.1)?.starts(with: clash.keys) ?? false }
      return SettingsProblem(
        clash.text, about: ["keys"] + (owner.map { [$0.0, $0.1] } ?? []))
    }
  }

  /// The same commands with other keys for some of them.
  ///
  /// A key that another command had is taken from it, unless both are given it here. What `problems(_:)` names is left out.
  func rebound(_ keys: [String: [String]]) -> CommandRegistry {
    guard !keys.isEmpty else { return self }
    var taken: [[Key]: [Command]] = [:]
    for (name, spellings) in keys {
      guard let command = command(named: name) else { continue }
      for spelling in spellings {
        if let sequence = Key.sequence(spelling) { taken[sequence, default: []].append(command) }
      }
    }
    return CommandRegistry(
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
      }, panes: panes)
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
