import TerminalScreen

/// Something the explorer can do: keys, the `:` prompt, footer, help and documents all take it from here.
public struct Command: Sendable {
  /// What a command works with.
  public enum Argument: Sendable {
    /// Nothing.
    case none
    /// Text; its name in the help.
    case text(String)
    /// The key that is pressed next.
    case key(String)
  }

  /// The groups of the help.
  public enum Group: String, CaseIterable, Sendable {
    case move = "Moving"
    case go = "Going to places"
    case find = "Finding"
    case look = "Views and panes"
    case lesson = "Lessons"
    case program = "Program"
  }

  /// The name in the prompt.
  public let name: String
  /// Other names.
  public let aliases: [String]
  /// Keys; a sequence has a blank between its keys.
  public private(set) var keys: [String]
  /// Where it is listed.
  public let group: Group
  /// What it does, in a few words.
  public let help: String
  /// What it works with.
  public let argument: Argument
  /// The panes in which it means something; empty for all.
  public let panes: Set<Pane>
  /// A word for the footer, and how much it matters there.
  public let hint: (label: String, priority: Int)?
  /// Possible arguments that begin with a text.
  let complete: @Sendable (ExplorerModel, String) -> [String]
  /// Why it cannot be used now; nil if it can.
  let unavailable: @Sendable (ExplorerModel) -> String?
  /// Does it.
  let run: @Sendable (inout ExplorerModel, String) -> [Effect]

  init(
    _ name: String, _ keys: [String] = [], _ group: Group, _ help: String,
    aliases: [String] = [], argument: Argument = .none, panes: Set<Pane> = [],
    hint: (String, Int)? = nil,
    complete: @escaping @Sendable (ExplorerModel, String) -> [String] = { _, _ in [] },
    unavailable: @escaping @Sendable (ExplorerModel) -> String? = { _ in nil },
    run: @escaping @Sendable (inout ExplorerModel, String) -> [Effect]
  ) {
    self.name = name
    self.keys = keys
    self.group = group
    self.help = help
    self.aliases = aliases
    self.argument = argument
    self.panes = panes
    self.hint = hint
    self.complete = complete
    self.unavailable = unavailable
    self.run = run
  }

  /// The same command with other keys.
  func with(keys: [String]) -> Command {
    var copy = self
    copy.keys = keys
    return copy
  }

  /// Name and argument, as the help shows them.
  public var usage: String {
    switch argument {
    case .none: name
    case .text(let label), .key(let label): "\(name) \(label)"
    }
  }

  /// A key or a sequence as it is shown: `]u` for `] u`.
  static func shown(_ keys: String) -> String {
    let parts = keys.split(separator: " ")
    return parts.allSatisfy { $0.count == 1 } ? parts.joined() : keys
  }

  /// Whether it means something in a pane.
  public func applies(in pane: Pane) -> Bool { panes.isEmpty || panes.contains(pane) }
}
