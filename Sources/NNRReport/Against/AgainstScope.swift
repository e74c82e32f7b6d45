/// What of an update chain is compared with a reference.
public enum AgainstScope: Sendable, Hashable {
  /// All files up to one, their updates added up; how many.
  case sum(files: Int)
  /// One file for itself, by its number from 1.
  case alone(file: Int, of: Int)

  /// The last of `files` files, or all of them added up; one file is nothing to add up.
  public init(files: Int, accumulates: Bool) {
    self = accumulates && files > 1 ? .sum(files: files) : .alone(file: files, of: files)
  }

  /// Whether updates are added up.
  public var isSum: Bool {
    if case .sum = self { return true }
    return false
  }

  /// The number of files whose weights count.
  public var files: Int {
    if case .sum(let files) = self { return files }
    return 1
  }

  /// In words; nil for the only file there is.
  public var text: String? {
    switch self {
    case .sum(let files): "\(files) files added up"
    case .alone(_, of: ...1): nil
    case .alone(let file, let files): "file \(file) of \(files) alone"
    }
  }
}
