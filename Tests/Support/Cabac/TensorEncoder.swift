import DeepCABAC

/// How a test tensor is to be coded, beyond its parameters.
public struct TensorEncoding: Sendable {
  /// Levels before the doubling of dependent quantization, in C order; they may be beyond 32 bits.
  public var levels: [Int]
  /// hist_dep_sig_prob_enabled_flag, where it is coded.
  public var historyFlag = false
  /// Rows to flag as skipped, or nil for row_skip_enabled_flag 0; their levels are not coded.
  public var skippedRows: Set<Int>?
  /// Parent integers: temporal contexts are used if present.
  public var base: [Int32]?
  /// History mask.
  public var history: [UInt8]?
  /// Eco set 0 to 8 by context number; missing contexts get 0.
  public var ecoSets: [Int: Int] = [:]

  /// An encoding of levels with all options off.
  public init(levels: [Int]) { self.levels = levels }

  /// The choices as the encoder takes them, for a tensor of `rows` rows.
  func coding(rows: Int) -> TensorCoding {
    var sets = [UInt8](repeating: 0, count: (ecoSets.keys.max() ?? -1) + 1)
    for (context, set) in ecoSets { sets[context] = UInt8(set) }
    return TensorCoding(
      historyFlag: historyFlag,
      rowMask: skippedRows.map { skipped in (0..<rows).map { skipped.contains($0) ? 1 : 0 } },
      ecoSets: sets)
  }
}

extension PayloadEncoder {
  /// Codes a tensor (format reference 4.4); returns the integers a decoder must find.
  @discardableResult public func encode(
    _ parameters: CodedTensorParameters, _ encoding: TensorEncoding
  ) throws -> [Int32] {
    let geometry = try TensorGeometry(parameters)
    let mask =
      encoding.historyFlag
      ? encoding.history ?? [UInt8](repeating: 0, count: geometry.count) : encoding.history
    try encode(
      parameters, wideLevels: encoding.levels, coding: encoding.coding(rows: geometry.rows),
      base: encoding.base, history: mask)
    guard parameters.dependentQuantization else {
      return encoding.levels.map { Int32(truncatingIfNeeded: $0) }
    }
    let skipped = geometry.codesRowFlags ? encoding.skippedRows ?? [] : []
    return Self.doubled(encoding.levels, geometry, skippedRows: skipped)
  }

  /// The integers of levels with dependent quantization; a skipped row moves the state by the width of the tensor.
  private static func doubled(
    _ levels: [Int], _ geometry: TensorGeometry, skippedRows: Set<Int>
  ) -> [Int32] {
    var integers = [Int32](repeating: 0, count: geometry.count)
    var state = 0
    for index in levels.indices {
      guard let element = geometry.element(atScanIndex: index) else { continue }
      let (row, column) = element.quotientAndRemainder(dividingBy: geometry.width)
      guard !skippedRows.contains(row) else {
        if column % geometry.blockWidth == 0 {
          for _ in 0..<geometry.width { state = Int(ProbabilityTables.trellis[2 * state]) }
        }
        continue
      }
      let level = levels[element]
      integers[element] = Int32(
        truncatingIfNeeded: level == 0 ? 0 : 2 * level - level.signum() * (state & 1))
      state = Int(ProbabilityTables.trellis[2 * state + (level & 1)])
    }
    return integers
  }
}

/// The name that tests knew the encoder by before it was the product's.
public typealias ArithmeticEncoder = PayloadEncoder
