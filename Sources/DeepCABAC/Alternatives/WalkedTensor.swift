/// A tensor whose alternatives are looked at: what the headers say, its levels, and what contexts look at beside them.
///
/// `scanOrder` and `unaryLength` of the parameters are those of the stream; alternatives replace them.
package struct WalkedTensor: Sendable {
  /// What the headers say.
  package var parameters: CodedTensorParameters
  /// The integers in C order.
  package var integers: [Int32]
  /// The parent's integers where temporal contexts are in use.
  package var base: [Int32]?
  /// Which positions were ever non-zero; nil where nothing is known.
  package var history: [UInt8]?
  /// Bits of qp_delta; 0 without.
  package var quantizationDeltaBits: Int

  /// A tensor; arrays need one entry for each element.
  package init(
    _ parameters: CodedTensorParameters, integers: [Int32], base: [Int32]? = nil,
    history: [UInt8]? = nil, quantizationDeltaBits: Int = 0
  ) {
    self.parameters = parameters
    self.integers = integers
    self.base = base
    self.history = history
    self.quantizationDeltaBits = quantizationDeltaBits
  }

  /// One byte for each row, 1 where all integers are 0.
  package func zeroRows(_ geometry: TensorGeometry) -> [UInt8] {
    guard geometry.width > 0 else { return [] }
    return integers.withUnsafeBufferPointer { integers in
      (0..<geometry.rows).map { row in
        let start = row * geometry.width
        return integers[start..<start + geometry.width].allSatisfy { $0 == 0 } ? 1 : 0
      }
    }
  }
}

/// What is chosen for a walk: it decides which bins there are and in which contexts.
package struct WalkOptions: Sendable, Hashable {
  /// scan_order.
  package var scanOrder: Int
  /// row_skip_enabled_flag: whether the rows that are 0 are skipped.
  package var skipsRows: Bool
  /// hist_dep_sig_prob_enabled_flag.
  package var usesHistory: Bool

  /// Options of a walk.
  package init(scanOrder: Int, skipsRows: Bool, usesHistory: Bool) {
    self.scanOrder = scanOrder
    self.skipsRows = skipsRows
    self.usesHistory = usesHistory
  }
}
