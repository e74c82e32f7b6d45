import Explorer
import NNRAnalysis
import NNRBits
import Yams

/// The configuration file: `$XDG_CONFIG_HOME/nnrscope/config.yaml`, or `~/.config/nnrscope/config.yaml`.
struct ConfigurationFile {
  /// Where it is.
  let path: String
  /// What it says.
  let configuration: Configuration

  /// The place of the file; nil without a home.
  static var usualPath: String? {
    UserFolder.path("XDG_CONFIG_HOME", home: ".config").map { $0 + "/config.yaml" }
  }

  /// Reads a file.
  ///
  /// - Throws: `unusable` if it cannot be read, `usage` with all that is wrong in it, a line each.
  init(_ path: String) throws(ExitStatus) {
    let text: String
    do {
      let source = try openSource(path)
      guard source.count <= 1 << 16 else {
        throw ExitStatus.usage("\(path): a configuration has at most 64 KiB")
      }
      text = String(decoding: try source.read(0..<source.count), as: UTF8.self)
    } catch let status as ExitStatus {
      throw status
    } catch {
      throw .unusable("\(error)")
    }
    self.path = path
    var problems: [String] = []
    configuration = Self.parse(text, &problems)
    guard problems.isEmpty else {
      throw .usage(problems.map { "\(path):\($0)" }.joined(separator: "\n"))
    }
  }

  /// The user's configuration, or one that says nothing where there is no file.
  ///
  /// - Throws: what `init(_:)` throws for a file that is named or exists.
  static func load(_ named: String?) throws(ExitStatus) -> Configuration {
    if let named { return try ConfigurationFile(named).configuration }
    guard let path = usualPath, UserFolder.exists(path) else { return Configuration() }
    return try ConfigurationFile(path).configuration
  }

  /// Reads the text of a file and adds what is wrong in it as `line:column: reason`.
  static func parse(_ text: String, _ problems: inout [String]) -> Configuration {
    var configuration = Configuration()
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      problems.append(reason(error))
      return configuration
    }
    // An empty file, or one of comments only.
    guard let root, root.null == nil else { return configuration }
    guard let mapping = root.mapping else {
      problems.append(" a configuration has lines such as theme: dark")
      return configuration
    }
    for (name, value) in mapping {
      let key = name.scalar?.string ?? ""
      guard let setting = Setting.all.first(where: { $0.name == key }) else {
        let known = Setting.all.map(\.name)
        let near = NearNames.of(key, among: known)
        problems.append(
          place(name) + "no setting \(key), but: "
            + (near.isEmpty ? known : near).joined(separator: ", "))
        continue
      }
      if let wrong = setting.read(value, &configuration) {
        problems.append(place(wrong.node) + wrong.text)
      }
    }
    if let problem = clash(configuration) { problems.append(" " + problem) }
    return configuration
  }

  /// What the explorer would say to the settings.
  private static func clash(_ configuration: Configuration) -> String? {
    var model = ExplorerModel([], size: .init(80, 24))
    do {
      try model.use(configuration.explorer)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static func place(_ node: Node) -> String {
    node.mark.map { "\($0.line):\($0.column): " } ?? " "
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? YamlError else { return " \(error)" }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return "\(mark.line):\(mark.column): \(problem)"
    case .duplicatedKeysInMapping(let duplicates, _):
      return " twice: " + duplicates.joined(separator: ", ")
    default: return " no YAML"
    }
  }
}
