import PlainText
import TerminalScreen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a cell of the heat map stands for.
public enum HeatMode: String, Sendable, CaseIterable {
  /// The mean of the magnitudes of levels.
  case level
  /// The mean of levels with their signs.
  case signed
  /// The length of the run of zeros that the weights lie in.
  case zeros
  /// The bits for each weight.
  case bits

  /// What it shows, in a few words.
  func summary(_ image: HeatImage) -> String {
    switch self {
    case .level: image.isRaw ? "mean |weight|" : "mean |level|"
    case .signed: image.isRaw ? "mean weight" : "mean level"
    case .zeros: "zeros in a run (log)"
    case .bits: image.hasWeightBits ? "bits for each weight" : "bits for each weight of the row"
    }
  }
}

/// Where on its scale a cell stands.
struct HeatScale: Hashable, Sendable {
  /// The value of the lightest cell that is told from those below it.
  let low: Double
  /// The value of a full cell.
  let high: Double
  private let mode: HeatMode

  /// A scale from one value to another.
  init(_ mode: HeatMode, _ low: Double, _ high: Double) {
    (self.mode, self.low, self.high) = (mode, low, high)
  }

  /// The scale of some cells: from the 2nd to the 98th percentile of those that are numbers, or from the least to the greatest.
  ///
  /// With signs it reaches equally far on both sides of 0; without it begins at 0 where all lie near it.
  init(_ mode: HeatMode, _ cells: [Double], isWhole: Bool) {
    let known = cells.filter(\.isFinite).sorted()
    func quantile(_ share: Double) -> Double {
      known.isEmpty ? 0 : known[Int((share * Double(known.count - 1)).rounded())]
    }
    var (low, high) = isWhole ? (quantile(0), quantile(1)) : (quantile(0.02), quantile(0.98))
    // A few values among equal ones would have no scale at all.
    if low == high { (low, high) = (quantile(0), quantile(1)) }
    if mode == .signed {
      high = max(low.magnitude, high.magnitude)
      low = -high
    } else if low < high / 2 || low == high {
      low = min(0, low)
    }
    self.init(mode, low, high)
  }

  /// What a cell of a value shows.
  func value(_ number: Double) -> HeatValue {
    guard high > low else { return mode == .signed ? .signed(0) : .share(0) }
    switch mode {
    case .signed: return .signed(max(-1, min(1, number / high)))
    // Whole rows of zeros must not hide what is between them.
    case .zeros: return .share(max(0, min(1, log1p(number) / log1p(high))))
    case .level, .bits: return .share(max(0, min(1, (number - low) / (high - low))))
    }
  }

  /// The ends as text, with the digits that tell them apart.
  var ends: (low: String, high: String) { NumberFormat.pair(low, high) }
}
