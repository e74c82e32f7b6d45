/// A public version of NNCodec.
public enum WriterVersion: String, Sendable, CaseIterable, Comparable {
  case v0_1_0 = "0.1.0"
  case v0_1_3 = "0.1.3"
  case v0_1_8 = "0.1.8"
  case v0_2_2 = "0.2.2"
  case v0_3_1 = "0.3.1"
  case v2_0_1 = "2.0.1"
  case v2_0_2 = "2.0.2"
  case v2_0_3 = "2.0.3"
  case v2_0_4 = "2.0.4"
  case v2_1_0 = "2.1.0"
  case v2_1_1 = "2.1.1"
  case v2_1_2 = "2.1.2"
  case v2_1_3 = "2.1.3"

  /// The place in time.
  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Older ones first.
  public static func < (left: WriterVersion, right: WriterVersion) -> Bool {
    left.order < right.order
  }

  /// Versions in words, such as `NNCodec 2.1.1 or later`.
  static func words(_ versions: [WriterVersion]) -> String {
    guard let first = versions.first, let last = versions.last else {
      return "no public version of NNCodec"
    }
    if versions.count == 1 { return "NNCodec \(first.rawValue)" }
    return last == allCases.last
      ? "NNCodec \(first.rawValue) or later" : "NNCodec \(first.rawValue) to \(last.rawValue)"
  }
}
