import PlainText

/// Something worth saying about a tensor in one plain sentence.
public enum Finding: Hashable, Sendable {
  /// There are no weights.
  case empty
  /// Every weight is zero.
  case allZero(count: Int)
  /// Every weight has the same value other than zero.
  case constant(value: Double, count: Int)
  /// Exactly two values occur.
  case binary(low: Double, high: Double)
  /// Exactly three values occur: zero and two of equal magnitude.
  case ternary(magnitude: Double)
  /// Few values occur, so that an index of `bits` bits would name each weight.
  case fewValues(distinct: Int, bits: Int)
  /// The stream carries a codebook: how many of its entries occur.
  case codebook(entries: Int, used: Int, bits: Int)
  /// Whole rows of zeros are skipped, of so many.
  case rowsSkipped(skipped: Int, of: Int)
  /// At least half of the weights are zero.
  case sparse(zeros: Int, of: Int)
  /// No weight is less than zero.
  case nonNegative
  /// No weight is greater than zero.
  case nonPositive
  /// Some values are not finite.
  case nonFinite(nan: Int, infinite: Int)
  /// One value lies very far from the others, in standard deviations from the mean.
  case outlier(value: Double, deviations: Double)
  /// The stream spends this share more (or less, if negative) bits than the zero-order entropy of the levels.
  case againstEntropy(share: Double)
}

extension Finding {
  /// A short stable name, for JSON and filters.
  public var id: String {
    switch self {
    case .empty: "empty"
    case .allZero: "all_zero"
    case .constant: "constant"
    case .binary: "binary"
    case .ternary: "ternary"
    case .fewValues: "few_values"
    case .codebook: "codebook"
    case .rowsSkipped: "rows_skipped"
    case .sparse: "sparse"
    case .nonNegative: "non_negative"
    case .nonPositive: "non_positive"
    case .nonFinite: "non_finite"
    case .outlier: "outlier"
    case .againstEntropy: "against_entropy"
    }
  }
}

extension Finding: CustomStringConvertible {
  /// The sentence for a person, without a full stop.
  public var description: String {
    switch self {
    case .empty: "no weights"
    case .allZero(let count): count == 1 ? "zero" : "all zero"
    case .constant(let value, let count):
      count == 1 ? "one value: \(figure(value))" : "constant: every weight is \(figure(value))"
    case .binary(let low, let high): "binary: {\(figure(low)), \(figure(high))}"
    case .ternary(let magnitude): "ternary: {−\(figure(magnitude)), 0, +\(figure(magnitude))}"
    case .fewValues(let distinct, let bits):
      "\(distinct) values: a \(bits)-bit index names each weight"
    case .codebook(let entries, let used, let bits):
      used == entries
        ? "\(entries) values: a \(bits)-bit codebook"
        : "a \(bits)-bit codebook of \(entries) values, \(used) of them in use"
    case .rowsSkipped(let skipped, let of):
      "\(NumberFormat.percent(skipped, of: of, decimals: 0)) of rows skipped (\(skipped) of \(of))"
    case .sparse(let zeros, let of):
      "sparse: \(NumberFormat.percent(zeros, of: of, decimals: 0)) of weights are zero"
    case .nonNegative: "no negative weights"
    case .nonPositive: "no positive weights"
    case .nonFinite(let nan, let infinite): "not finite: \(nan) NaN, \(infinite) infinite"
    case .outlier(let value, let deviations):
      "an outlier: \(figure(value)) lies \(Int(min(deviations, 1e6).rounded()))σ from the mean"
    case .againstEntropy(let share):
      share < 0
        ? "\(percent(-share)) fewer bits than the entropy of the levels: their neighbours foretell them"
        : "\(percent(share)) more bits than the entropy of the levels"
    }
  }

  private func percent(_ share: Double) -> String { NumberFormat.percent(share, decimals: 0) }

  /// Four decimals of the leading digits are enough for a sentence.
  private func figure(_ value: Double) -> String {
    let float = Float(value)
    return value.magnitude < 1e15 && value == value.rounded() && value.magnitude >= 1
      ? "\(Int(value))".replacingMinus : float.isFinite ? "\(float)".replacingMinus : "\(value)"
  }
}

extension String {
  fileprivate var replacingMinus: String { hasPrefix("-") ? "−" + dropFirst() : self }
}
