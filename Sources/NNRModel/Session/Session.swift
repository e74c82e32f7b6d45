import Locking
import NNRBits
import NNRSyntax

/// The streams that were opened together: one, or a chain of updates with the base first (format reference 6).
///
/// Safe to use from any thread.
public final class Session: Sendable {
  /// What can be chosen.
  public struct Options: Sendable {
    /// The most bytes that decoded tensors may take.
    public var maxMemory = 2 << 30
    /// What streams leave out, by the name of the tensor.
    public var outOfBand: [String: OutOfBand] = [:]

    /// The defaults.
    public init() {}

    /// The most units of a stream: some 260,000 by default.
    var unitLimit: Int { max(1_000, maxMemory / 8192) }
    /// The most elements of a unit: some 400,000 by default.
    var elementLimit: Int { max(20_000, maxMemory / 5_000) }
    /// The most bytes that deflated topology data is inflated to: 64 MiB by default.
    public var inflationLimit: Int { maxMemory / 32 }
  }

  /// A stream to open, and what it may build on.
  public struct Opening: Sendable {
    /// The bytes.
    public var source: any ByteSource
    /// What the stream is called in messages.
    public var name: String
    /// The numbers of the streams before that it may build on; nil for all of them.
    public var predecessors: [Int]?
    /// Whether it was asked for; otherwise it is there for others to build on.
    public var isShown: Bool

    /// A stream that may build on all before it unless told otherwise.
    public init(
      _ source: any ByteSource, name: String, predecessors: [Int]? = nil, isShown: Bool = true
    ) {
      self.source = source
      self.name = name
      self.predecessors = predecessors
      self.isShown = isShown
    }
  }

  /// The streams, base first.
  public let streams: [NNRStream]
  /// The numbers of the streams that were asked for: all but those that are there for others to build on.
  public let shown: [Int]
  /// What was chosen.
  public let options: Options

  private let predecessors: [[Int]]
  private let directories: [Lazy<TensorDirectory>]
  private let dialects: [Lazy<DialectEvidence>]
  let versions: Locked<VersionCache>
  /// The hashes that updates may name, as far as they were asked for.
  let hashes: Locked<[HashKey: [HashedPart: [UInt8]]]> = Locked([:])
  /// What is decoded otherwise than payloads say; nil unless the chain was repaired.
  let repairState: Locked<ChainRepair?>
  /// The repair of this chain, once someone asked for it.
  let knownRepair: Locked<Session?> = Locked(nil)
  /// This chain with a history that counts the base model, once someone asked for it.
  let knownWithBase: Locked<Session?> = Locked(nil)

  /// Opens `sources` as one session, each building on all before it.
  public convenience init(
    _ sources: [(source: any ByteSource, name: String)], options: Options = Options()
  ) {
    self.init(openings: sources.map { Opening($0.source, name: $0.name) }, options: options)
  }

  /// Opens streams as one session.
  public init(openings: [Opening], options: Options = Options()) {
    var streams: [NNRStream] = []
    var directories: [Lazy<TensorDirectory>] = []
    predecessors = openings.enumerated().map { number, opening in
      opening.predecessors.map { $0.filter { $0 >= 0 && $0 < number }.sorted() }
        ?? Array(0..<number)
    }
    shown = openings.indices.filter { openings[$0].isShown }
    for (number, opening) in openings.enumerated() {
      let known = predecessors[number].map { directories[$0] }
      let stream = NNRStream(
        source: opening.source, name: opening.name, unitLimit: options.unitLimit,
        elementLimit: options.elementLimit
      ) { name in
        if let given = options.outOfBand[name] { return given }
        for directory in known.reversed() {
          if let tensor = directory.value.last(named: name), let dimensions = tensor.dimensions {
            return OutOfBand(dimensions: dimensions, unaryLength: tensor.unaryLength)
          }
        }
        return nil
      }
      streams.append(stream)
      directories.append(Lazy { TensorDirectory(stream) })
    }
    self.streams = streams
    self.options = options
    self.directories = directories
    let limit = options.maxMemory
    dialects = streams.map { stream in
      Lazy { DialectChoice.evidence(stream, maxMemory: limit) }
    }
    versions = Locked(VersionCache(budget: options.maxMemory / 2))
    repairState = Locked(nil)
  }

  /// The numbers of the streams that a stream may build on, ascending: those before it, but for updates that stand side by side.
  public func predecessors(of stream: Int) -> [Int] { predecessors[stream] }

  /// The same streams, decoded as `repair` says.
  init(_ other: Session, repair: ChainRepair) {
    streams = other.streams
    shown = other.shown
    predecessors = other.predecessors
    options = other.options
    directories = other.directories
    dialects = other.dialects
    versions = Locked(VersionCache(budget: options.maxMemory / 2))
    repairState = Locked(repair)
  }

  /// What is decoded otherwise than payloads say; nil unless the chain was repaired.
  public var repair: ChainRepair? { repairState.withLock { $0 } }

  /// The tensors of a stream; reads all headers when first asked.
  public func directory(_ stream: Int) -> TensorDirectory { directories[stream].value }

  /// The variant of a stream's payloads; decodes some of a profile 0 stream when first asked.
  public func dialect(_ stream: Int) -> Dialect { dialects[stream].value.dialect }

  /// The variant and how it is known; decodes some of a profile 0 stream when first asked.
  func evidence(_ stream: Int) -> DialectEvidence { dialects[stream].value }

  /// What the decoding of a data unit needs; nil if its header could not be read.
  public func decoding(stream: Int, unit: Int) -> UnitDecoding? {
    guard let header = streams[stream].compressedDataUnit(unit) else { return nil }
    return decoding(
      header, streams[stream].parameters(before: unit), dialect(stream), stream: stream)
  }

  /// What the decoding of a data unit needs whose header reads so.
  package func decoding(
    _ header: CompressedDataUnit, _ parameters: ParameterState, _ dialect: Dialect, stream: Int
  ) -> UnitDecoding {
    var decoding = UnitDecoding(header, parameters: parameters, dialect: dialect)
    decoding.maxMemory = options.maxMemory
    decoding.freeBefore = { [directory = directories[stream]] in
      directory.value.freeWeights(before: header.unit)
    }
    if header.parent != nil, decoding.dialect == .d2 {
      addParents(&decoding, stream: stream)
      if let stale = staleParent(stream: stream, unit: header.unit) {
        useParents(of: stale, &decoding)
      }
    }
    return decoding
  }

  /// Decodes a data unit of a stream into `sink`; nil if all went well.
  ///
  /// A large tensor that lists entry points is decoded by `threads` threads; they ask `shouldStop`.
  public func decode(
    stream: Int, unit: Int, accounting: Bool = false, rowBits: Bool = false, threads: Int = 1,
    shouldStop: @escaping @Sendable () -> Bool = { false }, into sink: any TensorSink
  ) -> DecodeFailure? {
    let start = start(
      stream: stream, unit: unit, accounting: accounting, rowBits: rowBits, threads: threads,
      shouldStop: shouldStop, into: sink)
    switch start {
    case .ended(let failure): return failure
    case .begun(let walk):
      var buffer: [Int32] = []
      return walk.decodeAlone(&buffer)
    }
  }

  /// The decoding of a data unit as `decode` does it, begun; it holds the payload.
  public func start(
    stream: Int, unit: Int, accounting: Bool = false, rowBits: Bool = false, threads: Int = 1,
    shouldStop: @escaping @Sendable () -> Bool = { false }, into sink: any TensorSink
  ) -> UnitStart {
    guard var decoding = decoding(stream: stream, unit: unit) else {
      return .ended(DecodeFailure(.s10, "the header of the unit could not be read"))
    }
    decoding.accounting = accounting
    decoding.rowBits = rowBits
    decoding.threads = threads
    decoding.shouldStop = shouldStop
    if decoding.unit.payloadType == .rawFloat {
      return .ended(
        UnitDecoder.decodeRaw(decoding, from: streams[stream].source, into: sink))
    }
    let repaired = repairState.withLock { $0?.levels(stream: stream, unit: unit) } ?? [:]
    let sink = repaired.isEmpty ? sink : RepairingSink(sink, repaired)
    do {
      let payload = try streams[stream].source.read(decoding.unit.payload)
      return .begun(PayloadWalk(decoding, payload: payload, into: sink))
    } catch {
      return .ended(DecodeFailure(.p04, "\(error)"))
    }
  }
}

/// A value that is worked out when first asked for, once.
final class Lazy<Value: Sendable>: Sendable {
  private let state: Locked<Value?> = Locked(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  /// The value.
  ///
  /// Whoever asks while it is being worked out waits.
  var value: Value {
    state.withLock { state in
      if let state { return state }
      let made = make()
      state = made
      return made
    }
  }
}
