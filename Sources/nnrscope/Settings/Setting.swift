import Explorer
import TerminalCurses
import TerminalScreen
import YAML

/// One setting of the configuration file: reader, documents and tests take it from here.
struct Setting: Sendable {
  /// Its name in the file.
  let name: String
  /// What it can be, in words.
  let values: String
  /// The value of a user without wishes, as it stands in the file.
  let initial: String
  /// What it does.
  let help: String
  /// Reads a value into a configuration and gives all that is wrong with it.
  let read: @Sendable (YAMLNode, inout Configuration) -> [Wrong]

  /// What is wrong with a value, and with which part of it.
  struct Wrong {
    let text: String
    let node: YAMLNode
  }

  /// All settings, in the order of the documents.
  static let all: [Setting] = [
    choice("theme", "terminal", \.theme, "the colours; terminal takes those of the terminal"),
    choice("color", "auto", \.color, "whether to use colour; auto heeds NO_COLOR"),
    choice(
      "glyphs", "auto", \.glyphs, "the characters of frames and plots; auto goes by the locale",
      automatic: true),
    flag("mouse", true, "whether clicks and the wheel go to the program") { $0.mouse = $1 },
    flag("state", true, "whether marks and the last place are kept between runs") { $0.state = $1 },
    flag("follow", false, "whether a file that changes is opened again by itself") {
      $0.explorer.follows = $1
    },
    Setting(
      name: "columns", values: "a list of columns, or auto", initial: "auto",
      help: "the columns of the tensors table; nnrscope tensors --columns help lists them"
    ) { node, configuration in
      if node.text == "auto" { return [] }
      let (names, wrong) = texts(node, "columns is a list of names, or auto")
      if wrong.isEmpty { configuration.explorer.columns = names }
      return wrong
    },
    Setting(
      name: "keys", values: "commands with lists of keys", initial: "{}",
      help: "the keys of commands, in place of the usual ones: quit: [q, \"C-x C-c\"]"
    ) { node, configuration in
      guard let entries = node.map else {
        return [Wrong(text: "keys has a line for each command: quit: [q]", node: node)]
      }
      return entries.flatMap { entry -> [Wrong] in
        let reason = "a command has a list of keys: quit: [q]"
        guard let command = entry.key.text, entry.value.map == nil else {
          return [Wrong(text: reason, node: entry.key)]
        }
        // No key is a mistake too, but one of what the command needs.
        if entry.value.list?.isEmpty == true {
          configuration.explorer.keys[command] = []
          return []
        }
        let (spellings, wrong) = texts(entry.value, reason)
        configuration.explorer.keys[command] = spellings
        return wrong
      }
    },
  ]

  /// A setting that is one of the cases of a type.
  private static func choice<Value>(
    _ name: String, _ initial: String,
    _ place: WritableKeyPath<Configuration, Value?> & Sendable, _ help: String,
    automatic: Bool = false
  ) -> Setting where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
    let values = (automatic ? ["auto"] : []) + Value.allCases.map(\.rawValue)
    let listed = values.joined(separator: ", ")
    return Setting(name: name, values: listed, initial: initial, help: help) {
      node, configuration in
      let text = node.text ?? ""
      if automatic, text == "auto" { return [] }
      guard let value = Value(rawValue: text) else {
        return [Wrong(text: "\(name) is one of \(listed)", node: node)]
      }
      configuration[keyPath: place] = value
      return []
    }
  }

  /// A setting that is true or false.
  private static func flag(
    _ name: String, _ initial: Bool, _ help: String,
    _ set: @escaping @Sendable (inout Configuration, Bool) -> Void
  ) -> Setting {
    Setting(name: name, values: "true, false", initial: "\(initial)", help: help) {
      node, configuration in
      guard let value = node.truth else {
        return [Wrong(text: "\(name) is true or false", node: node)]
      }
      set(&configuration, value)
      return []
    }
  }

  /// The texts of a list, or one text alone, and what in it is none.
  private static func texts(_ node: YAMLNode, _ reason: String) -> ([String], [Wrong]) {
    if let text = node.text { return ([text], []) }
    guard let list = node.list, !list.isEmpty else {
      return ([], [Wrong(text: reason, node: node)])
    }
    return (
      list.compactMap(\.text),
      list.filter { $0.text == nil }.map { Wrong(text: reason, node: $0) }
    )
  }
}
