#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The processors of the machine.
public enum Processors {
  /// How many can work at once.
  public static let count = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
