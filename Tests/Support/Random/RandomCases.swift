import Foundation

/// How many random cases a test run tries.
public enum RandomCases {
  /// The percentage of the usual number: `NNRSCOPE_CASES`, for builds that are slow; 100 if it is not set.
  public static let percent =
    ProcessInfo.processInfo.environment["NNRSCOPE_CASES"].flatMap(Double.init) ?? 100

  /// That share of `usual`, but at least `least`.
  public static func count(_ usual: Int, least: Int = 1) -> Int {
    max(least, Int(Double(usual) * percent / 100))
  }
}
