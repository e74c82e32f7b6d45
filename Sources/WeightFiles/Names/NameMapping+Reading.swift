import NNRBits

extension NameMapping {
  /// The mapping that a file tells: JSON with the names of the model as keys and those of the original as values, or lines of two
  /// names with a tab between them.
  ///
  /// Empty lines and lines that begin with `#` say nothing. Throws `TensorFileError`.
  public static func read(_ path: String) throws(TensorFileError) -> NameMapping {
    let bytes: [UInt8]
    do throws(SourceError) {
      let source = try openSource(path)
      guard source.count <= 1 << 26 else { throw SourceError.tooLarge(limit: 1 << 26) }
      bytes = try source.read(0..<source.count)
    } catch {
      throw .source(error)
    }
    return try read(bytes)
  }

  /// The mapping that bytes tell.
  static func read(_ bytes: [UInt8]) throws(TensorFileError) -> NameMapping {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed("the map is no text")
    }
    let names = ShardIndex.recognises(bytes) ? try members(bytes) : try lines(text)
    guard !names.isEmpty else { throw .malformed("the map has no names") }
    return NameMapping(names: names, rule: "as the map says", order: .same)
  }

  private static func members(_ bytes: [UInt8]) throws(TensorFileError) -> [String: String] {
    var names: [String: String] = [:]
    do throws(JSONError) {
      guard case .object(let members) = try JSONReader.value(bytes[...]) else { return [:] }
      for member in members {
        if case .text(let name) = member.value { names[member.name] = name }
      }
      guard names.count == members.count else {
        throw JSONError(reason: "a name that is no text", offset: 0)
      }
    } catch {
      throw .malformed("the map, byte \(error.offset): \(error.reason)")
    }
    return names
  }

  private static func lines(_ text: String) throws(TensorFileError) -> [String: String] {
    var names: [String: String] = [:]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated() where !line.isEmpty && line.first != "#"
    {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: true)
      guard parts.count == 2, names.updateValue(String(parts[1]), forKey: String(parts[0])) == nil
      else {
        throw .malformed("line \(number + 1) of the map is not two names with a tab between them")
      }
    }
    return names
  }
}
