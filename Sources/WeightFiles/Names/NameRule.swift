/// A rule that brings the names of a model and of a file to a common form.
struct NameRule {
  /// What is done, as a clause; nil if nothing is.
  let clause: String?
  /// The form of a name of the model.
  let model: (String) -> String
  /// The form of a name of the file.
  let file: (String) -> String

  /// The rules that may help, the simplest first.
  static func candidates(_ model: [String], _ file: [String]) -> [NameRule] {
    var rules = [NameRule(clause: nil, model: { $0 }, file: { $0 })]
    rules += prefixes(model, file)
    rules.append(
      both("without \"_orig_mod.\" and \"module.\" within names") { name in
        parts(name).filter { $0 != "_orig_mod" && $0 != "module" }.joined(separator: ".")
      })
    rules.append(
      both("without \":0\", with \"/\" as \".\"") { parts(plain($0)).joined(separator: ".") })
    rules += prefixes(model.map(plain), file.map(plain)).map { rule in
      NameRule(
        clause: rule.clause, model: { rule.model(plain($0)) }, file: { rule.file(plain($0)) })
    }
    rules.append(
      NameRule(
        clause: "variables of Keras by their place in the layer",
        model: { KerasNames.form($0) }, file: { KerasNames.form($0) }))
    return rules
  }

  private static func both(_ clause: String, _ form: @escaping (String) -> String) -> NameRule {
    NameRule(clause: clause, model: form, file: form)
  }

  private static func parts(_ name: String) -> [Substring] { name.split(separator: ".") }

  /// A name of TensorFlow as one of PyTorch would be written.
  private static func plain(_ name: String) -> String {
    let name = name.hasSuffix(":0") ? String(name.dropLast(2)) : name
    return String(name.map { $0 == "/" ? "." : $0 })
  }

  /// Prefixes that all names of one side have more than those of the other, told from the first name.
  private static func prefixes(_ model: [String], _ file: [String]) -> [NameRule] {
    var rules: [NameRule] = []
    var seen: Set<String> = []
    // Extra tensors of the other side may stand first in it; any tensor that is on both sides shows the prefix.
    for name in model.prefix(4) {
      for other in file where other.utf8.count > name.utf8.count && other.hasSuffix(name) {
        let prefix = String(other.dropLast(name.count))
        guard isPrefix(prefix), seen.insert("file " + prefix).inserted, seen.count < 64 else {
          continue
        }
        rules.append(
          NameRule(
            clause: "without \"\(prefix)\" in the file", model: { $0 },
            file: { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : "\u{0}" + $0 }))
      }
    }
    for other in file.prefix(4) {
      for name in model where name.utf8.count > other.utf8.count && name.hasSuffix(other) {
        let prefix = String(name.dropLast(other.count))
        guard isPrefix(prefix), seen.insert("model " + prefix).inserted, seen.count < 64 else {
          continue
        }
        rules.append(
          NameRule(
            clause: "without \"\(prefix)\" in the stream",
            model: { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : "\u{0}" + $0 },
            file: { $0 }))
      }
    }
    return rules
  }

  private static func isPrefix(_ prefix: String) -> Bool {
    prefix.hasSuffix(".") || prefix.hasSuffix("/")
  }
}

/// Names of variables of Keras: `dense/kernel:0` in older files, `layers/dense/vars/0` in newer ones.
enum KerasNames {
  /// The place of a variable in its layer, by its name.
  private static let places = [
    "kernel": 0, "embeddings": 0, "gamma": 0, "depthwise_kernel": 0, "bias": 1, "beta": 1,
    "recurrent_kernel": 1, "moving_mean": 2, "moving_variance": 3,
  ]

  /// The layer and the place of a variable, whichever way the name is written.
  static func form(_ name: String) -> String {
    let name = name.hasSuffix(":0") ? String(name.dropLast(2)) : name
    var parts = name.split { $0 == "/" || $0 == "." }.map(String.init)
    if parts.first == "layers" || parts.first == "model_weights" { parts.removeFirst() }
    guard let last = parts.popLast() else { return name }
    if parts.last == "vars" {
      parts.removeLast()
      return (parts + [last]).joined(separator: "/")
    }
    // HDF5 of Keras 2 has the layer twice.
    if parts.count > 1, parts[parts.count - 1] == parts[parts.count - 2] { parts.removeLast() }
    return (parts + [places[last].map { "\($0)" } ?? last]).joined(separator: "/")
  }
}
