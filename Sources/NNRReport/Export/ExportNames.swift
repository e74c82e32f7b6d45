/// Names that are safe and told apart, for files and for tensors of one file.
struct ExportNames {
  private var taken: Set<String>
  /// The number that a name gets when it comes again.
  private var next: [String: Int] = [:]

  /// No name is taken but `reserved`.
  init(reserved: Set<String> = []) { taken = reserved }

  /// `name`, with ` (2)` and so on behind it where it was given before.
  mutating func unique(_ name: String) -> String {
    // Canonically equal names are one name to Swift, and to some file systems.
    var candidate = name
    while !taken.insert(candidate).inserted {
      candidate = "\(name) (\(number(after: name)))"
    }
    return candidate
  }

  /// A file name for a tensor: ASCII letters, digits, `.`, `-` and `_`, told apart without regard to case.
  mutating func file(_ name: String, ending: String) -> String {
    var stem = ""
    for byte in name.utf8.prefix(Self.longest) {
      let scalar = Unicode.Scalar(byte)
      let isSafe =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "._-".unicodeScalars
            .contains(scalar))
      stem.unicodeScalars.append(isSafe ? scalar : "_")
    }
    // Neither hidden nor an option, nor one of the two names that folders have in themselves.
    if stem.isEmpty || stem.hasPrefix(".") || stem.hasPrefix("-") { stem = "_" + stem }
    var candidate = stem
    while !taken.insert(candidate.lowercased()).inserted {
      candidate = "\(stem)-\(number(after: stem.lowercased()))"
    }
    return candidate + ending
  }

  private mutating func number(after name: String) -> Int {
    let number = next[name, default: 2]
    next[name] = number + 1
    return number
  }

  /// The most bytes of a name that a file name keeps.
  private static let longest = 120
}
