import Foundation

/// The time that the calling thread was given by the processor: a busy machine does not make it longer.
public enum ThreadTime {
  /// What no stream may take beyond, whatever its bytes: 2 seconds, ten times that where every access is watched.
  public static let patience = Sanitizer.isAddress || Sanitizer.isThread ? 20.0 : 2.0

  /// The seconds that `work` takes on this thread.
  public static func measure(_ work: () throws -> Void) rethrows -> Double {
    let start = now()
    try work()
    return now() - start
  }

  /// The seconds of this thread so far.
  public static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
