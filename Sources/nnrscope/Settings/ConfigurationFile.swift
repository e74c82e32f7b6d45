import Explorer
import NNRAnalysis
import NNRBits
import YAML

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
    let root: YAMLNode
    do {
      // An empty file, or one of comments only, says nothing.
      guard let found = try YAMLNode.read(text) else { return configuration }
      root = found
    } catch {
      problems.append("\(error)")
      return configuration
    }
    guard let entries = root.map else {
      problems.append("\(root.place): a configuration has lines such as theme: dark")
      return configuration
    }
    for entry in entries {
      let key = entry.key.text ?? ""
      guard let setting = Setting.all.first(where: { $0.name == key }) else {
        let known = Setting.all.map(\.name)
        let near = NearNames.of(key, among: known)
        problems.append(
          "\(entry.key.place): no setting \(key), but: "
            + (near.isEmpty ? known : near).joined(separator: ", "))
        continue
      }
      for wrong in setting.read(entry.value, &configuration) {
        problems.append("\(wrong.node.place): \(wrong.text)")
      }
    }
    var told: [[String]: Int] = [:]
    for problem in configuration.explorer.problems {
      // What stands twice in a list is wrong at two places.
      let place = place(of: problem.subject, in: root, after: told[problem.subject, default: 0])
      told[problem.subject, default: 0] += 1
      problems.append("\(place): \(problem)")
    }
    return configuration
  }

  /// Where a value stands that is named by the keys above it and its own text, behind `count` others of that text; the
  /// deepest of these that there is.
  private static func place(of path: [String], in root: YAMLNode, after count: Int) -> YAMLPlace {
    var place = root.place
    var node: YAMLNode? = root
    for name in path {
      if let entry = node?.map?.first(where: { $0.key.text == name }) {
        place = entry.key.place
        node = entry.value
      } else if let node {
        let same = (node.list ?? [node]).filter { $0.text == name }
        if let value = same.dropFirst(count).first ?? same.first { place = value.place }
      }
    }
    return place
  }
}
