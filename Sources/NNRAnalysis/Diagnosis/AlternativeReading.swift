import NNRModel
import NNRSyntax

/// A reading of a payload that differs from its header in one thing.
public enum AlternativeReading: Sendable, Hashable {
  /// The syntax of another dialect or profile: shift parameters, row flags, limits of the codebook.
  case dialect(Dialect)
  /// The other dq_flag.
  case dependentQuantization(Bool)
  /// Another cabac_unary_length_minus1 + 1.
  case unaryLength(Int)
  /// Another scan_order.
  case scanOrder(Int)
  /// The other temporal_context_modeling_flag.
  case temporalContexts(Bool)
  /// Contexts of a parent all of whose integers are 0.
  case zeroParent
  /// Contexts of the integers that another stream of the chain codes: an older version, or one of another node.
  case otherParent(stream: Int)
  /// The other parent_node_id_present_flag: hist_dep_sig_prob_enabled_flag is coded or not.
  case parentNodePresent(Bool)
  /// Another density of quantization parameters, which gives qp_delta its length.
  case qpDensity(Int)
  /// An element of the header with another value, which what follows it in the header heeds.
  case header(HeaderField, Int)
  /// Another general_profile_idc, with a dialect that belongs to it.
  case profile(Int, Dialect)
  /// A bit of the header that is turned, counted from the first of the unit, and the element that it belongs to.
  case headerBit(Int, String)
  /// Other dimensions of the only tensor.
  case dimensions([Int], from: [Int])
  /// Another nnr_unit_size: the bytes that are no unit behind it belong to its payload.
  case unitSize(Int)
  /// The chain as NNCodec's encoder had it: so many tensors before with the encoder's integers, by search, and a history that
  /// counts the base model or not.
  case repairedChain(tensors: Int, historyIncludesBase: Bool)

  /// The readings to try for a unit, those of the header left out.
  static func candidates(for decoding: UnitDecoding, _ versions: ParentVersions)
    -> [AlternativeReading]
  {
    let unit = decoding.unit
    let tensors = unit.codedTensors
    var found = [Dialect.d1, .d2Profile0, .d2].filter { $0 != decoding.dialect }
      .map { AlternativeReading.dialect($0) }
    if unit.payloadType != .int { found.append(.dependentQuantization(!unit.dqFlag)) }
    var lengths: [Int] = []
    for length in [unit.unaryLength - 1, unit.unaryLength + 1, 10, 11]
    where length != unit.unaryLength && (1...256).contains(length) && !lengths.contains(length) {
      lengths.append(length)
    }
    found += lengths.map { .unaryLength($0) }
    let isFlat = tensors.allSatisfy { tensor in
      tensor.rows < 2 || (tensor.count ?? 0) / max(tensor.rows, 1) < 2
    }
    if !isFlat { found += (0...4).filter { $0 != unit.scanOrder }.map { .scanOrder($0) } }
    if decoding.dialect == .d2 {
      found.append(.temporalContexts(!unit.temporalContexts))
      if unit.temporalContexts || decoding.missingParent != nil { found.append(.zeroParent) }
      if unit.temporalContexts {
        let inUse = decoding.missingParent == nil ? versions.likely : nil
        found += versions.byStream.keys.sorted(by: >).filter { $0 != inUse }
          .map { .otherParent(stream: $0) }
      }
      found.append(.parentNodePresent(unit.parent == nil))
    }
    if unit.payloadType != .int {
      let density = decoding.parameters.qpDensity ?? 0
      found += (0...7).filter { $0 != density }.map { .qpDensity($0) }
    }
    return found
  }

  /// What is read otherwise: two readings of one aspect exclude each other.
  var aspect: Int {
    switch self {
    case .dialect: 0
    case .dependentQuantization: 1
    case .unaryLength: 2
    case .scanOrder: 3
    case .temporalContexts, .zeroParent, .otherParent: 4
    case .parentNodePresent: 5
    case .qpDensity: 6
    // Another header is tried by itself.
    case .header, .profile, .unitSize, .headerBit, .dimensions, .repairedChain: 7
    }
  }

  /// The most weights of a unit for which a parent of zeros is made up: 64 MiB.
  private static let zeroParentLimit = 1 << 24

  /// The decoding that reads so; nil if it lacks a parent.
  ///
  /// A header is read otherwise by `HeaderReading`.
  func applied(to decoding: UnitDecoding, _ versions: ParentVersions) -> UnitDecoding? {
    var other = decoding
    switch self {
    case .dialect(let dialect): other.dialect = dialect
    case .dependentQuantization(let flag): other.overrides.dependentQuantization = flag
    case .unaryLength(let length): other.overrides.unaryLength = length
    case .scanOrder(let order): other.overrides.scanOrder = order
    case .temporalContexts(let flag):
      other.overrides.temporalContexts = flag
      if flag { return versions.likely.flatMap { versions.parents(of: $0, into: other) } }
      other.missingParent = nil
    case .otherParent(let stream):
      other.overrides.temporalContexts = true
      return versions.parents(of: stream, into: other)
    case .zeroParent:
      let counts = decoding.unit.codedTensors.map { $0.count ?? 0 }
      guard
        counts.reduce(0, { $0.saturatingAdd($1) })
          <= min(Self.zeroParentLimit, decoding.keptWeights)
      else { return nil }
      other.overrides.temporalContexts = true
      other.parents = counts.map { [Int32](repeating: 0, count: $0) }
      other.missingParent = nil
    case .parentNodePresent(let flag): other.overrides.parentNodePresent = flag
    case .qpDensity(let density): other.overrides.qpDensity = density
    case .dimensions(let dimensions, _): other.overrides.dimensions = dimensions
    case .header, .profile, .unitSize, .headerBit, .repairedChain: break
    }
    return other
  }

  /// The elements that say how to read it, any of which a unit may have; none for what is no matter of an element.
  public var elements: [Element] {
    switch self {
    case .dialect, .zeroParent, .otherParent, .headerBit, .repairedChain: []
    case .dimensions: [.tensorDimensions]
    case .dependentQuantization: [.dqFlag]
    case .unaryLength: [.cabacUnaryLengthMinus1, .cabacUnaryLengthFlag]
    case .scanOrder: [.scanOrder]
    case .temporalContexts: [.temporalContextModelingFlag]
    case .parentNodePresent: [.parentNodeIdPresentFlag]
    case .qpDensity: [.lpsQpDensity, .mpsQpDensity]
    case .header(let field, _): [field.element]
    case .profile: [.generalProfileIdc]
    case .unitSize: [.nnrUnitSize]
    }
  }

  /// Whether it is one of very many of its kind, of which only those that end well are kept.
  public var isOneOfMany: Bool {
    switch self {
    case .headerBit, .dimensions: true
    default: false
    }
  }

  /// The reading in words.
  public var summary: String {
    switch self {
    case .dialect(let dialect): "the payload syntax of \(dialect.rawValue)"
    case .dependentQuantization(let flag): "dq_flag \(flag ? 1 : 0)"
    case .unaryLength(let length):
      "cabac_unary_length_minus1 \(length - 1) (unary length \(length))"
    case .scanOrder(let order): "scan_order \(order)"
    case .temporalContexts(let flag):
      flag ? "contexts of the parent's integers" : "no contexts of the parent's integers"
    case .zeroParent: "a parent whose integers are all 0"
    case .otherParent(let stream): "contexts of the integers that file \(stream + 1) codes"
    case .parentNodePresent(let flag):
      flag
        ? "parent_node_id_present_flag 1 (a history flag is coded)"
        : "parent_node_id_present_flag 0 (no history flag is coded)"
    case .qpDensity(let density): "qp_density \(density) (qp_delta of \(6 + density) bits)"
    case .headerBit(let bit, let element): "bit \(bit) of the unit turned (\(element))"
    case .dimensions(let dimensions, let from): Self.words(dimensions, from)
    case .header(.payloadType, let value):
      "\(HeaderField.payloadType.element.name) \(value) (\(PayloadType(rawValue: value)?.name ?? "reserved")): it reads whole as that"
    case .header(let field, let value):
      "\(field.element.name) \(value), and the rest of the header as that demands"
    case .profile(let profile, let dialect):
      "general_profile_idc \(profile) and the payload syntax of \(dialect.rawValue)"
    case .repairedChain(let tensors, let historyIncludesBase):
      [
        tensors > 0
          ? "the encoder's integers, by search, in \(tensors) tensor\(tensors == 1 ? "" : "s") of the chain (--repair-chain)"
          : "parents as the encoder took them (--repair-chain)",
        historyIncludesBase ? "a history that counts the base model" : nil,
      ].compactMap { $0 }.joined(separator: " and ")
    case .unitSize(let size): "nnr_unit_size \(size), the bytes behind the unit included"
    }
  }

  /// Other dimensions in words: `32 rows (32×16, the header says 33×16)`.
  private static func words(_ dimensions: [Int], _ from: [Int]) -> String {
    let shapes = [dimensions, from].map { $0.map(String.init).joined(separator: "×") }
    let changed = zip(dimensions, from).enumerated().filter { $0.element.0 != $0.element.1 }
    let what =
      changed.first.map { place, pair in
        place == 0 ? "\(pair.0) rows" : "\(pair.0) in dimension \(place)"
      } ?? "other dimensions"
    return "\(what): they would fit (\(shapes[0]), the header says \(shapes[1]))"
  }
}
