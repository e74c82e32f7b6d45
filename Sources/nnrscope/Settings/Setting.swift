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
  /// Reads a value into a configuration and gives what is wrong with it, if anything.
  let read: @Sendable (YAMLNode, inout Configuration) -> Wrong?

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
      if node.text == "auto" { return nil }
      guard let names = texts(node), !names.isEmpty else {
        return Wrong(text: "columns is a list of names, or auto", node: node)
      }
      configuration.explorer.columns = names
      return nil
    },
    Setting(
      name: "keys", values: "commands with lists of keys", initial: "{}",
      help: "the keys of commands, in place of the usual ones: quit: [q, \"C-x C-c\"]"
    ) { node, configuration in
      guard let entries = node.map else {
        return Wrong(text: "keys has a line for each command: quit: [q]", node: node)
      }
      for entry in entries {
        guard let command = entry.key.text, let spellings = texts(entry.value) else {
          return Wrong(text: "a command has a list of keys: quit: [q]", node: entry.key)
        }
        configuration.explorer.keys[command] = spellings
      }
      return nil
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
      if automatic, text == "auto" { return nil }
      guard let value = Value(rawValue: text) else {
        return Wrong(text: "\(name) is one of \(listed)", node: node)
      }
      configuration[keyPath: place] = value
      return nil
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
        return Wrong(text: "\(name) is true or false", node: node)
      }
      set(&configuration, value)
      return nil
    }
  }

  /// The texts of a list, or one text alone.
  private static func texts(_ node: YAMLNode) -> [String]? {
    if let text = node.text { return [text] }
    guard let list = node.list else { return nil }
    let texts = list.compactMap { $0.text }
    return texts.count == list.count ? texts : nil
  }
}
