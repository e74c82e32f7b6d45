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
      guard let header = file.compressedDataUnit(unit, of: source, state),
        header.payloadType != .rawFloat, header.payload != known?.unit.payload,
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
}
