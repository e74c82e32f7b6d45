import NNRBits
import NNRSyntax

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
  static func dialect(of stream: NNRStream) -> Dialect {
    guard stream.profile != 1 else { return .d2 }
    let units = stream.index.entries.enumerated()
      .filter { $0.element.type == .compressedData }
      .sorted { ($0.element.size, $0.offset) < ($1.element.size, $1.offset) }
    // The smallest payloads end well by chance: begin where chance is small.
    let telling =
      units.filter { $0.element.size >= 64 } + units.filter { $0.element.size < 64 }.reversed()
    var witnesses: [Dialect: Int] = [:]
    for (unit, _) in telling.prefix(triedUnits) {
      let old = endsWell(stream, unit, .d1)
      let new = endsWell(stream, unit, .d2Profile0)
      guard old != new else { continue }
      let witness: Dialect = old ? .d1 : .d2Profile0
      witnesses[witness, default: 0] += 1
      if witnesses[witness] == wantedWitnesses { return witness }
    }
    return witnesses[.d2Profile0, default: 0] > witnesses[.d1, default: 0] ? .d2Profile0 : .d1
  }

  /// Whether a unit's payload passes the end checks when read in `dialect`.
  static func endsWell(_ stream: NNRStream, _ unit: Int, _ dialect: Dialect) -> Bool {
    guard let header = stream.compressedDataUnit(unit), header.payloadType != .rawFloat,
      let payload = try? stream.source.read(header.payload)
    else { return false }
    let decoding = UnitDecoding(
      header, parameters: stream.parameters(before: unit), dialect: dialect)
    return UnitDecoder.decode(decoding, payload: payload, into: NoSink()) == nil
  }
}

/// Takes weights and forgets them.
final class NoSink: TensorSink {
  func begin(_ start: TensorStart) {}
  func take(_ levels: ArraySlice<Int32>, first: Int) {}
  func end(_ end: TensorEnd) {}
  var wantsMore: Bool { true }
}
