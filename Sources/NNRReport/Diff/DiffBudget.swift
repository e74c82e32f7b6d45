import NNRAnalysis
import PlainText

/// How much more something may be: a part of what it was, or a number of bytes.
public enum GrowthLimit: Sendable, Hashable {
  /// A part of what it was: 0.01 for one percent.
  case share(Double)
  /// A number of bytes.
  case bytes(Double)

  /// The limit that text such as `1%`, `512` or `2K` spells; nil if it spells none.
  public init?(_ text: String) {
    func number(_ text: Substring) -> Double? {
      guard let value = Double(text), value.isFinite, value >= 0 else { return nil }
      return value
    }
    if text.hasSuffix("%") {
      guard let value = number(text.dropLast()) else { return nil }
      self = .share(value / 100)
      return
    }
    let units: [Character: Double] = ["K": 1024, "M": 1_048_576, "G": 1_073_741_824]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    guard let value = number(unit == nil ? text[...] : text.dropLast()) else { return nil }
    // A share without its sign would be taken for less than a byte, and everything would be beyond it.
    if unit == nil, value != value.rounded() { return nil }
    self = .bytes(value * (unit ?? 1))
  }

  /// How much of the limit a change from `a` to `b` bits takes: a share, or bytes; infinite where nothing was before.
  func taken(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .bytes: (b - a) / 8
    case .share: a > 0 ? (b - a) / a : b > 0 ? .infinity : 0
    }
  }

  /// The most of it that may be taken.
  var allowed: Double {
    switch self {
    case .share(let share): share
    case .bytes(let bytes): bytes
    }
  }

  /// A share or bytes in words.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return "all of it" }
    let sign = value < 0 ? "−" : ""
    switch self {
    case .share: return sign + NumberFormat.fixed(value.magnitude * 100, decimals: 2) + " %"
    case .bytes: return sign + NumberFormat.significant(value.magnitude, digits: 9) + " B"
    }
  }
}

/// What a stream may be against another one.
public struct DiffLimits: Sendable {
  /// How much larger all files together may be.
  public var growth: GrowthLimit?
  /// How many more bits any tensor may take.
  public var tensorGrowth: GrowthLimit?
  /// How far any weight may be from what it was.
  public var error: Double?

  /// No limits.
  public init() {}

  /// Whether there are none.
  public var isEmpty: Bool { growth == nil && tensorGrowth == nil && error == nil }
  /// Whether payloads must be decoded to tell.
  public var needsDecoding: Bool { tensorGrowth != nil || error != nil }
}

/// A limit and what of it is taken.
public struct DiffBudget: Sendable {
  /// Which limit: the option without its dashes, `max_growth`.
  public let key: String
  /// What it limits, in words.
  public let title: String
  /// What may be taken: a share, bytes, or an error.
  public let allowed: Double
  /// What is taken; infinite for what was not there before, nil where it cannot be told.
  public let taken: Double?
  /// The tensor that takes most; nil for whole files, and where none takes any.
  ///
  /// Not safe to print.
  public let place: String?
  /// Why it cannot be told; nil if it can.
  ///
  /// Not safe to print.
  public let unknown: String?
  private let unit: GrowthLimit?

  /// Whether the limit is kept; false where it cannot be told.
  public var holds: Bool { taken.map { $0 <= allowed } ?? false }
  /// What is left of it; less than 0 beyond it.
  public var left: Double? { taken.map { allowed - $0 } }

  /// What is said of a number of it.
  public func text(_ value: Double) -> String {
    unit?.text(value) ?? (value < 0 ? "−" : "") + NumberFormat.significant(value.magnitude)
  }

  /// The budgets of a comparison, one for each limit.
  public static func all(_ diff: SessionDiff, _ limits: DiffLimits) -> [DiffBudget] {
    [
      limits.growth.map { whole(diff, $0) }, limits.tensorGrowth.map { tensors(diff, $0) },
      limits.error.map { weights(diff, $0) },
    ].compactMap(\.self)
  }

  private static func whole(_ diff: SessionDiff, _ limit: GrowthLimit) -> DiffBudget {
    DiffBudget(
      key: "max_growth", title: "growth of the files", allowed: limit.allowed,
      taken: limit.taken(Double(diff.sizes.a) * 8, Double(diff.sizes.b) * 8), place: nil,
      unknown: nil, unit: limit)
  }

  private static func tensors(_ diff: SessionDiff, _ limit: GrowthLimit) -> DiffBudget {
    var most: (taken: Double, place: String?) = (0, nil)
    var unknown: String?
    for row in diff.costs.flatMap(\.tensors) {
      guard !row.isUndecoded else {
        unknown = unknown ?? "\(row.name) could not be decoded"
        continue
      }
      let taken = limit.taken(row.a ?? 0, row.b ?? 0)
      if taken > most.taken { most = (taken, row.name) }
    }
    return DiffBudget(
      key: "max_tensor_growth", title: "growth of a tensor", allowed: limit.allowed,
      taken: unknown == nil ? most.taken : nil, place: most.place, unknown: unknown, unit: limit)
  }

  private static func weights(_ diff: SessionDiff, _ limit: Double) -> DiffBudget {
    var most: (error: Double, place: String?) = (0, nil)
    var unknown = diff.weightsSkipped
    for row in diff.weights {
      guard let found = row.comparison, let greatest = found.greatest, found.nonfinite == 0 else {
        let why =
          row.isUndecoded
          ? "could not be decoded"
          : row.shapeB == nil
            ? "is not there any more"
            : row.shapeA == nil
              ? "is new"
              : row.comparison == nil ? "has another shape" : "has weights that are no numbers"
        unknown = unknown ?? "\(row.name) \(why)"
        continue
      }
      if greatest > most.error {
        let place = found.worst.first.map {
          "\(Shape.indices(of: $0.element, in: row.shapeA ?? []))"
        }
        most = (greatest, row.name + (place ?? ""))
      }
    }
    return DiffBudget(
      key: "max_error", title: "error of a weight", allowed: limit,
      taken: unknown == nil ? most.error : nil, place: most.place, unknown: unknown, unit: nil)
  }

  /// What is wrong or left, as a sentence.
  ///
  /// Not safe to print.
  public var verdict: String {
    guard let taken, let left else { return "not known: \(unknown ?? "nothing was compared")" }
    let place = place.map { " (\($0))" } ?? ""
    let text = "\(self.text(taken)) of \(self.text(allowed))"
    return holds
      ? "\(text), \(self.text(left)) left\(place)"
      : "\(text), beyond it\(left.isFinite ? " by \(self.text(-left))" : "")\(place)"
  }
}
