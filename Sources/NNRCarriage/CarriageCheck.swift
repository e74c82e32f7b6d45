import NNRBits
import NNRSyntax

/// What only shows when messages are seen together (format reference 13.4).
extension Carriage {
  /// Notes on messages what does not go together, and on networks what they are instead.
  mutating func compare() {
    for filter in filters { compare(filter) }
    let defined = Dictionary(
      filters.map { ($0.id, $0.bases.first ?? $0.updates.first ?? 0) }, uniquingKeysWith: min)
    for (number, message) in messages.enumerated() where message.kind == .activation {
      guard let target = message.filter, defined[target].map({ $0 < number }) != true else {
        continue
      }
      note(.c13, number, "filter \(target) is not defined before it is activated")
    }
    for number in messages.indices { checkNetwork(number) }
    items = items.map { item in
      guard item.type == "nnr1", item.source.count > 0,
        let problem = NetworkCheck.problem(item.source)
      else { return item }
      return CarriedItem(
        id: item.id, type: item.type, name: item.name, method: item.method, source: item.source,
        configuration: item.configuration,
        findings: item.findings + [
          CarriageFinding(
            .c16, at: item.source.fileOffset(of: 0) ?? 0, "item \(item.id): \(problem)")
        ])
    }
  }

  private mutating func note(_ rule: Rule, _ message: Int, _ text: String) {
    messages[message].findings.append(
      CarriageFinding(rule, at: messages[message].offset, text))
  }

  private mutating func compare(_ filter: CarriedFilter) {
    let base = filter.bases.first
    if filter.turn > 1, let base {
      note(.c12, base, "filter \(filter.id) has a base already, and its content is another")
    }
    for update in filter.updates {
      guard let base, base < update else {
        note(.c13, update, "filter \(filter.id) has no base before this update")
        continue
      }
      if let own = messages[update].purpose, let other = messages[base].purpose, own != other {
        note(.c13, update, "its purpose is \(own), that of the base \(other)")
      }
      if let network = messages[update].network,
        let problem = NetworkCheck.dependence(network.source)
      {
        note(.c14, update, problem)
      }
    }
    if let base, messages[base].mode == 1 {
      let uri = messages[base].tree?.texts(of: .nnpfcUri).first ?? []
      note(
        .c17, base,
        "the network of filter \(filter.id) is at \(String(decoding: uri.prefix(200), as: UTF8.self))"
      )
    }
  }

  private mutating func checkNetwork(_ number: Int) {
    guard let network = messages[number].network,
      let problem = NetworkCheck.problem(network.source)
    else { return }
    messages[number].findings.append(
      CarriageFinding(
        .c16, at: network.source.fileOffset(of: 0) ?? messages[number].payloadOffset, problem))
  }
}

/// What bytes that are carried are, if they are no NNR bitstream, and what an update needs.
enum NetworkCheck {
  /// The units of a stream that are looked at.
  private static let unitLimit = 10_000

  /// Why the bytes are no NNR bitstream; nil if they begin as one.
  static func problem(_ source: MappedSource) -> String? {
    guard source.count > 0 else { return "the payload is empty" }
    var window = ByteWindow(source)
    if let first = try? UnitWalk.unit(in: &window, at: 0, limit: source.count), first.type == 0 {
      return nil
    }
    guard let head = try? source.read(0..<min(64, source.count)) else { return nil }
    if head.allSatisfy({ $0 == 0 }) { return "the payload is zeros, no NNR bitstream" }
    return "the payload is no NNR bitstream: \(kind(head))"
  }

  /// What bytes look like.
  private static func kind(_ head: [UInt8]) -> String {
    let signatures: [([UInt8], String)] = [
      ([0x08], "it looks like an ONNX model"), (Array("PK".utf8), "it is a zip archive"),
      ([0x1f, 0x8b], "it is gzip data"), (Array("GGUF".utf8), "it is a GGUF model"),
      ([0x89, 0x48, 0x44, 0x46], "it is an HDF5 file"), ([0x80], "it looks like a pickle"),
      (Array("{".utf8), "it is text"),
    ]
    if let known = signatures.first(where: { head.starts(with: $0.0) }) { return known.1 }
    if head.count > 8, Array(head[4..<8]) == Array("TFL3".utf8) { return "it is a TFLite model" }
    return "its first unit is no start unit"
  }

  /// Why an update cannot stand on the base alone; nil if nothing says so.
  static func dependence(_ source: MappedSource) -> String? {
    var window = ByteWindow(source)
    var context = UnitContext()
    context.profile = 1
    var place = 0
    for _ in 0..<unitLimit {
      guard let unit = try? UnitWalk.unit(in: &window, at: place, limit: source.count) else {
        return nil
      }
      place = unit.bytes.upperBound
      guard unit.type <= 5, unit.type != 3 else { continue }
      let tree = UnitParser.parse(source, bytes: unit.bytes, context: context)
      context.update(from: tree.nodes)
      guard unit.type == 5, let depth = tree.number(of: .putNodeDepth), depth > 1 else { continue }
      let contexts = tree.number(of: .temporalContextModelingFlag) == 1
      return
        "put_node_depth is \(depth)\(contexts ? " and temporal_context_modeling_flag 1" : ""): it builds on round \(depth - 1) of a chain, which the rules of post-filters do not give it"
    }
    return nil
  }
}
