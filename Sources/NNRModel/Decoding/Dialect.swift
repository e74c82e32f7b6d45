import DeepCABAC

/// The variant of the payload syntax that a file uses (format reference 0.3).
public enum Dialect: String, Sendable {
  /// Profile 0 of the edition-1 software.
  case d1 = "D1"
  /// Profile 0 of the edition-2 software.
  case d2Profile0 = "D2/0"
  /// Profile 1.
  case d2 = "D2"

  /// As the payload decoder wants it.
  var payload: PayloadDialect {
    switch self {
    case .d1: .edition1
    case .d2Profile0: .edition2Profile0
    case .d2: .profile1
    }
  }
}
