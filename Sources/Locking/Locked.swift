import Synchronization

/// A value behind a lock.
///
/// It is `Mutex`, whose order ThreadSanitizer cannot see on Linux: the standard library comes without instrumentation there,
/// so that every value behind a `Mutex` looks like a race. Under the sanitizer an atomic tells the order.
public struct Locked<Value>: ~Copyable, Sendable {
  private let mutex: Mutex<Value>
  #if SANITIZE_THREAD
    private let order = Atomic(0)
  #endif

  /// A value that only one thread at a time sees.
  public init(_ value: sending Value) { mutex = Mutex(value) }

  /// Runs `body` with the value while no other thread has it.
  public borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    #if SANITIZE_THREAD
      try mutex.withLock { value throws(Failure) in
        _ = order.load(ordering: .acquiring)
        defer { order.store(0, ordering: .releasing) }
        return try body(&value)
      }
    #else
      try mutex.withLock(body)
    #endif
  }
}
