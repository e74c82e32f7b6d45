import Locking
import NNRAnalysis
import NNRReport
import PlainText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error.
///
/// Text comes here from the report module, which makes it safe to print.
enum Output {
  /// Writes text; ends the program quietly when the reader has gone.
  static func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes bytes; ends the program quietly when the reader has gone, and with 3 when they cannot be written.
  static func write(_ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { put(STDOUT_FILENO, $0) }
      if count >= 0 {
        done += count
      } else if errno == EPIPE {
        exit(0)
      } else if errno != EINTR {
        ExitStatus.unusable("cannot write: \(String(cString: strerror(errno)))").leave()
      }
    }
  }

  /// Writes a line to standard error.
  static func complain(_ reason: String) {
    let line = Array("nnrscope: \(SafeText.line(reason))\n".utf8)
    _ = line.withUnsafeBytes { put(STDERR_FILENO, $0) }
  }

  /// Writes text that is no complaint to standard error: standard output is something else's.
  static func note(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { put(STDERR_FILENO, $0) }
  }

  /// Shows a line of progress on standard error, if that is a terminal; an empty one wipes it.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    let line = Array("\r\u{1b}[K\(SafeText.line(text))".utf8)
    _ = line.withUnsafeBytes { put(STDERR_FILENO, $0) }
  }

  /// Shows how many of `total` units are decoded, each time that it is called for one; it says to go on.
  static func counting(units total: Int) -> @Sendable (UnitFigures) -> Bool {
    let counting = counter()
    return { _ in
      let count = counting()
      if count % 16 == 0 { progress("decoded \(count) of \(total) units") }
      return true
    }
  }

  /// Shows which share of the units is done, each time that it is more by a percent: `decoded 12 % of the units`.
  static func share(of work: String) -> (Double) -> Void {
    var told = ""
    return { share in
      let done = NumberFormat.progress(share)
      guard done != told else { return }
      told = done
      progress("\(work) \(done) of the units")
    }
  }

  /// A closure that counts its calls, from any thread, and gives the count.
  static func counter() -> @Sendable () -> Int {
    let done = Shared(0)
    return {
      done.value.withLock { done in
        done += 1
        return done
      }
    }
  }

  /// A value that a closure keeps.
  private final class Shared: Sendable {
    let value: Locked<Int>
    init(_ value: Int) { self.value = Locked(value) }
  }

  /// Whether standard output is a terminal.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The columns of the terminal that standard output is; nil for files and pipes.
  static var width: Int? {
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  private static func put(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
