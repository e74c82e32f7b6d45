import Foundation

/// The pipes between a test and a program that it runs.
struct Pipes {
  /// What the program wrote to standard output.
  private(set) var output: [UInt8] = []
  /// What the program wrote to standard error.
  private(set) var errors: [UInt8] = []
  /// The program's standard input; negative for the null device.
  private(set) var theirInput: Int32 = -1
  /// The program's standard output.
  private(set) var theirOutput: Int32 = -1
  /// The program's standard error.
  private(set) var theirErrors: Int32 = -1
  private var ourInput: Int32 = -1
  private var ourOutput: Int32 = -1
  private var ourErrors: Int32 = -1
  private var rest: ArraySlice<UInt8> = []
  private var limit = Int.max
  private var owned: Set<Int32> = []

  /// Pipes for what is to be written and kept.
  init(input: [UInt8]?, _ kind: ProgramRun.Output) throws {
    // A program that ends before it has read everything must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    if let input {
      (theirInput, ourInput) = try pair()
      rest = input[...]
      _ = fcntl(ourInput, F_SETFL, O_NONBLOCK)
    }
    switch kind {
    case .descriptor(let descriptor): theirOutput = descriptor
    case .kept: (ourOutput, theirOutput) = try pair()
    case .closedAfter(let count):
      limit = count
      (ourOutput, theirOutput) = try pair()
    }
    (ourErrors, theirErrors) = try pair()
    if limit == 0 { end(\.ourOutput) }
  }

  /// Whether the program can still write something that is kept.
  var isOpen: Bool { ourOutput >= 0 || ourErrors >= 0 }

  /// Closes the program's ends in this process.
  mutating func closeTheirs() {
    for descriptor in [theirInput, theirOutput, theirErrors] where owned.contains(descriptor) {
      close(descriptor)
      owned.remove(descriptor)
    }
    if rest.isEmpty { end(\.ourInput) }
  }

  /// Closes what is still open.
  mutating func closeAll() {
    for descriptor in owned { close(descriptor) }
    owned = []
  }

  /// Waits a moment for the program and exchanges bytes with it.
  mutating func step() {
    var watched = [
      pollfd(fd: ourInput, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: ourOutput, events: Int16(POLLIN), revents: 0),
      pollfd(fd: ourErrors, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&watched, nfds_t(watched.count), 200) > 0 else { return }
    if watched[0].revents != 0 { feed() }
    if watched[1].revents != 0 {
      let bytes = Self.take(ourOutput)
      output += bytes
      if bytes.isEmpty || output.count >= limit { end(\.ourOutput) }
    }
    if watched[2].revents != 0 {
      let bytes = Self.take(ourErrors)
      errors += bytes
      if bytes.isEmpty { end(\.ourErrors) }
    }
  }

  private mutating func feed() {
    let count = rest.withUnsafeBytes { write(ourInput, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) }
    if rest.isEmpty || count < 0 && errno != EAGAIN && errno != EINTR { end(\.ourInput) }
  }

  private static func take(_ descriptor: Int32) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = -1
    repeat { count = read(descriptor, &bytes, bytes.count) } while count < 0 && errno == EINTR
    return Array(bytes.prefix(max(0, count)))
  }

  private mutating func end(_ path: WritableKeyPath<Pipes, Int32>) {
    let descriptor = self[keyPath: path]
    guard descriptor >= 0 else { return }
    close(descriptor)
    owned.remove(descriptor)
    self[keyPath: path] = -1
  }

  private mutating func pair() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ProgramRun.Failure.system("pipe", errno) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      owned.insert(end)
    }
    return (ends[0], ends[1])
  }
}
