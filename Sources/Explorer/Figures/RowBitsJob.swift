import NNRAnalysis
import NNRModel

/// The bits of the rows of a tensor.
public struct RowBits: Sendable {
  /// The place of the tensor in the ledger.
  public let tensor: Int
  /// The bits of each row's levels.
  public let bits: [Double]
  /// One byte for each row, 1 for skipped; empty without row skipping.
  public let mask: [UInt8]
  /// Why there are none; nil if there are.
  public let problem: String?
}

extension Job {
  /// Charges the bits of a tensor to its rows.
  static func rowBits(
    of tensor: Int, in sheet: CostSheet, place: StreamPlace, generation: Int
  ) -> Job {
    Job(kind: .rowBits, generation: generation) { context in
      let coded = sheet.ledger.tensors[tensor].tensor
      var options = FiguresOptions()
      options.accounting = true
      options.rowBits = true
      options.sketches = false
      let figures = UnitFigures(
        place.session, stream: place.number, unit: coded.unit, options: options,
        shouldStop: context.isCancelled)
      if context.isCancelled() { return }
      let found =
        figures.tensors.indices.contains(coded.place) ? figures.tensors[coded.place] : nil
      context.post(
        .rowBits(
          RowBits(
            tensor: tensor, bits: found?.end?.rowBits ?? [], mask: found?.start.rowMask ?? [],
            problem: figures.failure.map { "\($0)" })))
      context.post(.finished)
    }
  }
}
