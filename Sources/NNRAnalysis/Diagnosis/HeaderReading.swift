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
    let start = file.index.entries[unit].offset * 8
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

/// An element of a data unit's header that others in it depend on.
public enum HeaderField: Sendable, Hashable, CaseIterable {
  /// dq_flag: entry points have a state.
  case dqFlag
  /// scan_order: there are entry points.
  case scanOrder
  /// cabac_unary_length_flag: a length follows.
  case cabacUnaryLengthFlag
  /// parent_node_id_present_flag: the parent follows.
  case parentNodeIdPresentFlag
  /// temporal_context_modeling_flag.
  case temporalContextModelingFlag
  /// codebook_present_flag: a codebook follows.
  case codebookPresentFlag

  /// The element.
  public var element: Element {
    switch self {
    case .dqFlag: .dqFlag
    case .scanOrder: .scanOrder
    case .cabacUnaryLengthFlag: .cabacUnaryLengthFlag
    case .parentNodeIdPresentFlag: .parentNodeIdPresentFlag
    case .temporalContextModelingFlag: .temporalContextModelingFlag
    case .codebookPresentFlag: .codebookPresentFlag
    }
  }

  /// The values that it may have.
  var values: ClosedRange<Int> { self == .scanOrder ? 0...4 : 0...1 }

  /// What is read otherwise, as `AlternativeReading` counts it.
  var aspect: Int {
    switch self {
    case .dqFlag: 1
    case .cabacUnaryLengthFlag: 2
    case .scanOrder: 3
    case .temporalContextModelingFlag: 4
    case .parentNodeIdPresentFlag: 5
    case .codebookPresentFlag: 7
    }
  }
}

/// Bytes of which some bits are others.
struct PatchedSource: ByteSource {
  private let source: any ByteSource
  private let bits: Range<Int>
  private let value: Int

  /// The bytes of `source` with the low `count` bits of `value` from bit `bit` on.
  init(_ source: any ByteSource, bit: Int, count: Int, value: Int) {
    self.source = source
    bits = bit..<bit + count
    self.value = value
  }

  var count: Int { source.count }

  func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    var bytes = try source.read(range)
    for bit in bits {
      let place = bit / 8 - range.lowerBound
      guard bytes.indices.contains(place) else { continue }
      let mask = 1 << UInt8(7 - bit % 8) as UInt8
      let isSet = value >> (bits.upperBound - 1 - bit) & 1 == 1
      if isSet { bytes[place] |= mask } else { bytes[place] &= ~mask }
    }
    return bytes
  }

  func change() -> SourceChange? { source.change() }
}
