import NNRBits
import NNRModel

/// Sessions of fuzzed streams.
enum FuzzSession {
  /// A session with little memory.
  static func open(_ streams: [[UInt8]]) -> Session {
    var options = Session.Options()
    options.maxMemory = 32 << 20
    return Session(streams.map { (MemorySource($0), "fuzz") }, options: options)
  }

  /// Whether all tensors together have no more weights than a run may take time for.
  static func isSmall(_ session: Session, _ limit: Int) -> Bool {
    let counts = session.streams.indices.flatMap { session.directory($0).tensors.map(\.count) }
    // Tensors that are refused take no time, however large they claim to be.
    let honest = counts.compactMap { $0 }.filter { $0 <= session.options.maxMemory / 4 }
    return honest.reduce(0, { $0.saturatingAdd($1) }) <= limit
  }
}
