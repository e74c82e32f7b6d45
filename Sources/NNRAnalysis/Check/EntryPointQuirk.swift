import NNRModel

/// The passes of the reference that write entry points which do not agree with the payload (format reference 8).
enum EntryPointQuirk: String {
  /// G has a single block row, H has several: the pass over the entry points starts H with another range than the coder had.
  case singleBlockRowOfG = "Q7"
  /// Vectors are coded in front of the weight: the pass of NNCodec before 2.0 does not see them.
  case vectorsInFront = "Q8"

  /// The quirk that explains entry points of `tensor` of `unit` which do not agree; nil if none is known.
  init?(_ tensor: CodedTensor, of unit: CompressedDataUnit, dialect: Dialect) {
    guard unit.payloadType == .block, unit.scanOrder > 0 else { return nil }
    let blockRow = 4 << min(unit.scanOrder, 15)
    if unit.isDecomposed, let g = unit.gRows, let h = unit.decompositionRank, g <= blockRow,
      h > blockRow
    {
      self = .singleBlockRowOfG
    } else if dialect == .d1, tensor.place > 0, !unit.isDecomposed {
      self = .vectorsInFront
    } else {
      return nil
    }
  }

  /// What happened, as the end of a sentence.
  var reason: String {
    switch self {
    case .singleBlockRowOfG:
      "G has one block row and H has several, where NNCodec starts H with another range (its quirk \(rawValue))"
    case .vectorsInFront:
      "NNCodec before 2.0 passes over the vectors in front of the weight (its quirk \(rawValue))"
    }
  }
}
