import NNRBits
import NNRModel
import NNRSyntax

/// A data unit whose header reads otherwise: an element has another value, and what follows it is read with that.
///
/// Entry points, for one, are longer with dependent quantization, so that a wrong dq_flag moves the payload.
struct HeaderReading {
  /// What is read otherwise.
  let reading: AlternativeReading
  /// The decoding that follows.
  let decoding: UnitDecoding
  /// The payload as this header delimits it.
  let payload: [UInt8]

  /// The readings of a unit that give another header than `known`, or any header where that is nil.
  static func all(
    _ session: Session, stream: Int, unit: Int, known: UnitDecoding?
  ) -> [HeaderReading] {
    let file = session.streams[stream]
    let state = file.parameters(before: unit)
    var found: [HeaderReading] = []
    func add(
      _ reading: AlternativeReading, _ source: any ByteSource, _ state: ParameterState,
      _ dialect: Dialect
    ) {
      // A header that delimits the same payload is tried as another reading of it; of another type it is not.
      guard let header = file.compressedDataUnit(unit, of: source, state),
        header.payload != known?.unit.payload || header.payloadType != known?.unit.payloadType,
        let payload = try? file.source.read(header.payload)
      else { return }
      found.append(
        HeaderReading(
          reading: reading,
          decoding: session.decoding(header, state, dialect, stream: stream), payload: payload))
    }
    for profile in [0, 1] where profile != state.context.profile {
      var other = state
      other.context.profile = profile
      for dialect in profile == 1 ? [Dialect.d2] : [.d1, .d2Profile0] {
        add(.profile(profile, dialect), file.source, other, dialect)
      }
    }
    let entry = file.index.entries[unit]
    let start = entry.offset * 8
    if let known, unit + 1 < file.unitCount, file.index.entries[unit + 1].type == nil {
      let end = file.index.entries[unit + 1].bytes.upperBound
      if let payload = try? file.source.read(known.unit.payload.lowerBound..<end) {
        found.append(
          HeaderReading(
            reading: .unitSize(end - entry.offset), decoding: known, payload: payload))
      }
    }
    let tree = file.tree(unit)
    for field in HeaderField.allCases {
      guard let node = tree?.node(of: field.element), let value = node.value.number
      else { continue }
      for other in field.values where other != value {
        let source = PatchedSource(
          file.source, bit: start + node.range.start, count: node.range.length, value: other)
        add(.header(field, other), source, state, session.dialect(stream))
      }
    }
    return found
  }

  /// The most bits of a header that are turned.
  private static let bitLimit = 1_024

  /// The readings of a unit in whose header one bit is turned, names and the size left out.
  static func bits(_ session: Session, stream: Int, unit: Int) -> [HeaderReading] {
    let file = session.streams[stream]
    guard let tree = file.tree(unit) else { return [] }
    let state = file.parameters(before: unit)
    let start = file.index.entries[unit].offset * 8
    let end = tree.isComplete ? tree.payloadStart : tree.nodes.last?.range.end ?? 0
    let skipped: [Element] = [
      .nnrUnitSizeFlag, .nnrUnitSize, .topologyElemId, .topologyElemIdList, .byteAlignment,
    ]
    var found: [HeaderReading] = []
    var tried = 0
    for node in tree.nodes where node.range.start < end && node.range.length > 0 {
      guard !skipped.contains(where: { node.isOne(of: $0) }), node.value.number != nil else {
        continue
      }
      for bit in node.range.start..<min(node.range.end, end) {
        guard tried < bitLimit else { return found }
        tried += 1
        let byte = (start + bit) / 8
        guard let old = try? file.source.read(byte..<byte + 1).first else { continue }
        let isSet = old >> UInt8(7 - (start + bit) % 8) & 1 == 1
        let source = PatchedSource(file.source, bit: start + bit, count: 1, value: isSet ? 0 : 1)
        guard let header = file.compressedDataUnit(unit, of: source, state),
          let payload = try? file.source.read(header.payload)
        else { continue }
        found.append(
          HeaderReading(
            reading: .headerBit(bit, node.name),
            decoding: session.decoding(header, state, session.dialect(stream), stream: stream),
            payload: payload))
      }
    }
    return found
  }
}
