import CYAML

extension YAMLNode {
  /// The value of a YAML text; nil where there is nothing, or comments only.
  ///
  /// Aliases are refused, so that no text is read as more than it holds; so are values more than 64 deep.
  ///
  /// - Throws: the first place that is not YAML, or not read here.
  public static func read(_ text: String) throws(YAMLMistake) -> YAMLNode? {
    var reader = YAMLReader()
    var bytes = Array(text.utf8)
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw YAMLMistake(place: YAMLPlace(line: 1, column: 1), reason: "no memory to read it")
    }
    defer { yaml_parser_delete(&parser) }
    // A typed throw does not pass through the buffer's closure.
    let result = bytes.withUnsafeMutableBufferPointer { input -> Result<Void, YAMLMistake> in
      yaml_parser_set_input_string(&parser, input.baseAddress, input.count)
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      do throws(YAMLMistake) {
        while try reader.step(&parser, text) {}
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
    return reader.root
  }
}

/// Builds a value out of the events of the parser.
private struct YAMLReader {
  /// A sequence or a mapping whose end has not come, the mapping with a key that waits for its value.
  private struct Open {
    let place: YAMLPlace
    let isMap: Bool
    var list: [YAMLNode] = []
    var entries: [YAMLNode.Entry] = []
    var key: YAMLNode?
    /// The lines of the keys so far.
    var lines: [String: Int] = [:]
  }

  private(set) var root: YAMLNode?
  private var open: [Open] = []
  private var isPastDocument = false

  /// Takes the next event; false after the last.
  mutating func step(_ parser: inout yaml_parser_t, _ text: String) throws(YAMLMistake) -> Bool {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else { throw Self.mistake(parser, text) }
    defer { yaml_event_delete(&event) }
    let place = YAMLPlace(event.start_mark)
    switch event.type {
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return false
    case YAML_DOCUMENT_START_EVENT where isPastDocument:
      throw YAMLMistake(place: place, reason: "a second document")
    case YAML_DOCUMENT_END_EVENT: isPastDocument = true
    case YAML_ALIAS_EVENT: throw YAMLMistake(place: place, reason: "aliases are not read here")
    case YAML_SCALAR_EVENT: try add(Self.scalar(event, place))
    case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
      guard open.count < 64 else {
        throw YAMLMistake(place: place, reason: "values nest more than 64 deep")
      }
      open.append(Open(place: place, isMap: event.type == YAML_MAPPING_START_EVENT))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let done = open.popLast() else { break }
      try add(
        YAMLNode(content: done.isMap ? .map(done.entries) : .list(done.list), place: done.place))
    default: break
    }
    return true
  }

  /// Puts a whole value into the one that is open.
  private mutating func add(_ node: YAMLNode) throws(YAMLMistake) {
    guard let last = open.indices.last else {
      // A document of nothing is an empty scalar without quotes.
      if case .text("", quoted: false) = node.content { return }
      root = node
      return
    }
    guard open[last].isMap else { return open[last].list.append(node) }
    guard let key = open[last].key else {
      if let name = node.text {
        if let first = open[last].lines.updateValue(node.place.line, forKey: name) {
          throw YAMLMistake(
            place: node.place, reason: "\(name) stands twice, first in line \(first)")
        }
      }
      open[last].key = node
      return
    }
    open[last].entries.append(YAMLNode.Entry(key: key, value: node))
    open[last].key = nil
  }

  private static func scalar(_ event: yaml_event_t, _ place: YAMLPlace) -> YAMLNode {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    return YAMLNode(
      content: .text(
        String(decoding: bytes, as: UTF8.self), quoted: scalar.style != YAML_PLAIN_SCALAR_STYLE),
      place: place)
  }

  /// What the parser stumbled over.
  ///
  /// Of characters that cannot stand in a text it tells the byte only, and the end of a text it takes for a line of its own.
  private static func mistake(_ parser: yaml_parser_t, _ text: String) -> YAMLMistake {
    let reason = parser.problem.map { String(cString: $0) } ?? "no YAML"
    let isByte = parser.error == YAML_READER_ERROR
    let lines = text.utf8.prefix(isByte ? parser.problem_offset : text.utf8.count)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let place = YAMLPlace(parser.problem_mark)
    guard isByte || place.line > lines.count else {
      return YAMLMistake(place: place, reason: reason)
    }
    let column = lines.last.map { String(decoding: $0, as: UTF8.self).unicodeScalars.count } ?? 0
    return YAMLMistake(place: YAMLPlace(line: lines.count, column: column + 1), reason: reason)
  }
}

extension YAMLPlace {
  /// The parser counts from 0.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
