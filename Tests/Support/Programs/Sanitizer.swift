/// The sanitizer that this build was made with (`.ci/sanitize`): tests that are about memory, time or files heed it.
public enum Sanitizer {
  #if SANITIZE_ADDRESS
    /// Whether every access is checked for its address.
    public static let isAddress = true
  #else
    /// Whether every access is checked for its address.
    public static let isAddress = false
  #endif
  #if SANITIZE_THREAD
    /// Whether every access is checked for its order.
    public static let isThread = true
  #else
    /// Whether every access is checked for its order.
    public static let isThread = false
  #endif

  /// Whether programs may have as little address space as a test gives them: sanitizers reserve all of it.
  public static let leavesMemory = !isAddress && !isThread
  /// Whether programs may write as little as a test lets them: the thread sanitizer keeps its notes in a file.
  public static let leavesFiles = !isThread
  /// Whether a fault may come from another process: the thread sanitizer would handle it in the midst of its own work, with its
  /// locks held, and hang or fall over now and then.
  public static let leavesFaults = !isThread
}
