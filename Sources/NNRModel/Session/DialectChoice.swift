import NNRBits
import NNRSyntax

/// The dialect of a stream and how it is known.
public struct DialectEvidence: Sendable, Hashable {
  /// The dialect.
  public let dialect: Dialect
  /// A unit that ends well in this dialect only; nil if none was needed or none tells.
  public let witness: Int?
}

/// Tells the dialect of a stream (format reference 0.3): profile 1 is D2; profile 0 is found by decoding.
enum DialectChoice {
  /// How many units must speak for a dialect.
  static let wantedWitnesses = 3
  /// How many units are tried.
  static let triedUnits = 400

  /// The dialect of `stream`.
  ///
  /// A payload that ends well in one dialect only is a witness for it. Small payloads are tried first; where none is a
  /// witness both dialects read the file, and D1, the older, is taken.
  static func evidence(_ stream: NNRStream, maxMemory: Int) -> DialectEvidence {
    guard stream.profileInForce != 1 else { return DialectEvidence(dialect: .d2, witness: nil) }
    let units = stream.index.entries.enumerated()
      .filter { $0.element.type == .compressedData }
      .sorted { ($0.element.size, $0.offset) < ($1.element.size, $1.offset) }
    // The smallest payloads end well by chance: begin where chance is small.
    let telling =
      units.filter { $0.element.size >= 64 } + units.filter { $0.element.size < 64 }.reversed()
    var witnesses: [Dialect: [Int]] = [:]
    for (unit, _) in telling.prefix(triedUnits) {
      let old = endsWell(stream, unit, .d1, maxMemory: maxMemory)
      let new = endsWell(stream, unit, .d2Profile0, maxMemory: maxMemory)
      guard old != new else { continue }
      let witness: Dialect = old ? .d1 : .d2Profile0
      witnesses[witness, default: []].append(unit)
      if witnesses[witness]?.count == wantedWitnesses { break }
    }
    let new = witnesses[.d2Profile0, default: []]
    let old = witnesses[.d1, default: []]
    return new.count > old.count
      ? DialectEvidence(dialect: .d2Profile0, witness: new.first)
      : DialectEvidence(dialect: .d1, witness: old.first)
  }

  /// Whether a unit's payload passes the end checks when read in `dialect`.
  static func endsWell(_ stream: NNRStream, _ unit: Int, _ dialect: Dialect, maxMemory: Int)
    -> Bool
  {
    guard let header = stream.compressedDataUnit(unit), header.payloadType != .rawFloat,
      let payload = try? stream.source.read(header.payload)
    else { return false }
    var decoding = UnitDecoding(
      header, parameters: stream.parameters(before: unit), dialect: dialect)
    decoding.maxMemory = maxMemory
    return UnitDecoder.decode(decoding, payload: payload, into: NoSink()) == nil
  }
}

extension Session {
  /// How the dialect of a profile 0 stream is known; nil for profile 1.
  public func dialectEvidence(_ stream: Int) -> DialectEvidence? {
    streams[stream].profileInForce == 1 ? nil : evidence(stream)
  }

  /// The other dialect of profile 0, if a unit's payload ends well in it; nil for profile 1.
  public func otherDialect(stream: Int, unit: Int) -> Dialect? {
    let other: Dialect
    switch dialect(stream) {
    case .d1: other = .d2Profile0
    case .d2Profile0: other = .d1
    case .d2: return nil
    }
    let endsWell = DialectChoice.endsWell(
      streams[stream], unit, other, maxMemory: options.maxMemory)
    return endsWell ? other : nil
  }
}

/// Takes weights and forgets them.
final class NoSink: TensorSink {
  func begin(_ start: TensorStart) {}
  func take(_ levels: ArraySlice<Int32>, first: Int) {}
  func end(_ end: TensorEnd) {}
  var wantsMore: Bool { true }
}
