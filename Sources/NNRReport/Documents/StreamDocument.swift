import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import PlainText

/// `units` and `syntax` as JSON: one object for each stream (contract: keys of the ground truth).
public struct StreamDocument: Sendable {
  /// Whether the elements are listed.
  public var listsElements: Bool
  /// The only unit to list; nil for all.
  public var unit: Int?
  /// The only element to list, by its name without indices; nil for all.
  public var element: String?

  /// A document with or without elements.
  public init(elements: Bool, unit: Int? = nil, element: String? = nil) {
    listsElements = elements
    self.unit = unit
    self.element = element
  }

  /// Writes the object of a stream; `flush` is called after each unit so that the text can be passed on.
  public func write(
    _ session: Session, stream number: Int, check: StreamCheck, to json: inout JSONWriter,
    flush: (inout JSONWriter) -> Void = { _ in }
  ) {
    let stream = session.streams[number]
    json.object { json in
      json.member("file", stream.name)
      json.member("size", stream.size)
      json.member("profile", stream.profile)
      if let assumed = stream.assumedProfile { json.member("assumed_profile", assumed) }
      json.member(
        "dialect", stream.profileInForce == nil ? nil : session.dialect(number).rawValue)
      if !listsElements {
        json.key("writer")
        WriterText.write(WriterFit(session, stream: number), to: &json)
      }
      json.key("units")
      json.array { json in
        for place in 0..<stream.unitCount where unit == nil || unit == place {
          write(stream, unit: place, check, to: &json)
          flush(&json)
        }
      }
    }
  }

  private func write(
    _ stream: NNRStream, unit place: Int, _ check: StreamCheck, to json: inout JSONWriter
  ) {
    let entry = stream.index.entries[place]
    let tree = stream.tree(place)
    let headerBytes = tree.map { $0.payloadStart / 8 } ?? 0
    json.object { json in
      json.member("index", place)
      json.member("offset", entry.offset)
      json.member("size", entry.size)
      json.member("type", entry.typeName)
      json.member("header_bytes", headerBytes)
      json.member("payload_bytes", entry.size - headerBytes)
      if listsElements {
        json.key("elements")
        json.array { json in
          guard let tree else { return writeUnparsed(entry, to: &json) }
          for node in tree.elements {
            let node = tree.nodes[node]
            if let element, node.element?.name != element { continue }
            write(node, stream, entry, to: &json)
          }
        }
      }
      json.member("diagnostics", check.breaches(of: place).map(\.rule.id))
    }
  }

  private func writeUnparsed(_ entry: UnitIndex.Entry, to json: inout JSONWriter) {
    guard element == nil else { return }
    json.object { json in
      json.member("name", SyntaxNode.unparsedName)
      json.key("value")
      json.null()
      json.member("bit_offset", 0)
      json.member("bit_length", entry.size * 8)
      json.member("descriptor", nil as String?)
    }
  }

  /// Writes the object of one element of a unit.
  public func write(
    _ node: SyntaxNode, _ stream: NNRStream, _ entry: UnitIndex.Entry, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("name", node.name)
      switch node.value {
      case .none: writePayload(node, stream, entry, to: &json)
      case .number(let number): json.member("value", number)
      case .float(let bits): json.member("value", Double(Float(bitPattern: bits)))
      case .text(let bytes, let total):
        json.member("value", bytes: bytes)
        if total > bytes.count { json.member("value_length", total) }
      case .bytes(let bytes, let total):
        json.member("value", HexText.bytes(bytes))
        if total > bytes.count { json.member("value_length", total) }
      }
      json.member("bit_offset", node.range.start)
      json.member("bit_length", node.range.length)
      json.member("descriptor", node.descriptor?.description)
      if let name = node.valueName { json.member("value_name", name) }
      if node.isTentative { json.member("tentative", true) }
    }
  }

  /// A raw tensor is given as its count and hash, as in the ground truth; other payloads have no value.
  private func writePayload(
    _ node: SyntaxNode, _ stream: NNRStream, _ entry: UnitIndex.Entry, to json: inout JSONWriter
  ) {
    json.key("value")
    guard node.element === Element.rawFloat32Parameter else { return json.null() }
    let bytes = entry.offset + node.range.start / 8..<entry.offset + node.range.end / 8
    json.object { json in
      json.member("float32_count", node.range.length / 32)
      json.member("sha256_f32le", ContentHash.hex(of: stream.source, bytes))
    }
  }
}
