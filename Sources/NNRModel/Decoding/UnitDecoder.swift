import DeepCABAC
import NNRBits
import NNRSyntax

/// What a unit's decoding needs beside the unit.
public struct UnitDecoding: Sendable {
  /// The header.
  public var unit: CompressedDataUnit
  /// The parameter sets in force.
  public var parameters: ParameterState
  /// The payload's variant.
  public var dialect: Dialect
  /// The parent's integers for each tensor of the unit, in decoding order; nil where there are none.
  public var parents: [[Int32]?] = []
  /// The history mask for each tensor, nil where there is none (format reference 6.6).
  public var histories: [[UInt8]?] = []
  /// Why the parents are missing where they are needed.
  public var missingParent: String?
  /// What is read otherwise than the header says; nothing unless someone looks for an error.
  public var overrides = PayloadOverrides()
  /// Whether bits are charged to classes.
  public var accounting = false
  /// Whether bits are charged to rows too.
  public var rowBits = false
  /// The most bytes that weights in memory may take.
  public var maxMemory = Int.max
  /// The weights of the units before that their payloads do not pay for; only asked where it matters.
  var freeBefore: @Sendable () -> Int = { 0 }
  /// How many threads may decode a large tensor that lists entry points.
  public var threads = 1
  /// Tensors of fewer weights are decoded by one thread: it is done before others would have started.
  public var parallelWeights = 1 << 20
  /// Asked from any thread while several decode: whether to stop.
  public var shouldStop: @Sendable () -> Bool = { false }

  /// The most weights of a tensor whose integers are kept.
  public var keptWeights: Int { min(UnitDecoder.weightLimit, max(1, maxMemory / 4)) }

  /// The decoding of `unit`.
  public init(_ unit: CompressedDataUnit, parameters: ParameterState, dialect: Dialect) {
    self.unit = unit
    self.parameters = parameters
    self.dialect = dialect
  }
}

/// Decodes the payload of a data unit into a sink (format reference 4.1).
public enum UnitDecoder {
  /// The weights between two calls of the sink.
  static let runLength = 1 << 14

  /// Decodes `payload` (the bytes of the unit behind its header); nil if it ended well.
  ///
  /// What was decoded before a failure has reached the sink.
  public static func decode(_ decoding: UnitDecoding, payload: [UInt8], into sink: any TensorSink)
    -> DecodeFailure?
  {
    var buffer: [Int32] = []
    return PayloadWalk(decoding, payload: payload, into: sink).decodeAlone(&buffer)
  }

  /// The most weights of a tensor (rule N08).
  public static let weightLimit = Int(Int32.max)
  /// The most weights that a byte of a payload pays for: more of them are free.
  static let weightsPerByte = 8192

  /// The weights of a tensor that its payload of so many bytes does not pay for; 0 if it does.
  static func freeWeights(_ count: Int, payload: Int) -> Int {
    count / weightsPerByte > payload ? count : 0
  }

  /// Why a tensor of `count` weights is not decoded from `payload` bytes; nil if it is.
  ///
  /// A tensor may be larger than the memory, as its figures need no more than a run of it; but payloads of a few bytes
  /// that claim so many weights, `before` counting those of the units before, only want to keep a reader busy.
  public static func refusal(
    of count: Int, before: @autoclosure () -> Int = 0, payload: Int, maxMemory: Int
  ) -> DecodeFailure? {
    if count > weightLimit {
      return DecodeFailure(
        .n08,
        "\(count == .max ? "more than 2^63" : "\(count)") weights; the limit is \(weightLimit), and no option raises it"
      )
    }
    let free = freeWeights(count, payload: payload)
    guard free > 0 else { return nil }
    let before = before()
    guard free.saturatingAdd(before).saturatingMultiply(8) > maxMemory else { return nil }
    let others = before > 0 ? ", behind \(before) such weights," : ""
    return DecodeFailure(
      .l02,
      "\(count) weights in \(payload) bytes of payload\(others) exceed the memory budget; raise --max-memory"
    )
  }

  static func check(_ decoding: UnitDecoding) throws(DecodeFailure) {
    let unit = decoding.unit
    let payload = unit.payload.count
    if unit.isPartial { throw DecodeFailure(.h01, "the unit is a part of several") }
    if unit.isSplit { throw DecodeFailure(.n03, "a tensor split over several names") }
    for tensor in unit.codedTensors {
      guard let count = tensor.count else {
        throw DecodeFailure(.n10, "the dimensions of the tensor are out of band and not known")
      }
      if count == 0, tensor.rows > decoding.maxMemory {
        throw DecodeFailure(
          .l02, "\(tensor.rows) rows without weights exceed the memory budget; raise --max-memory")
      }
      if let refusal = refusal(
        of: count, before: decoding.freeBefore(), payload: payload, maxMemory: decoding.maxMemory)
      {
        throw refusal
      }
    }
    if let parent = unit.parent, parent == .unknown {
      throw DecodeFailure(.u01, "parent_node_id_type is 3")
    }
    if decoding.usesTemporalContexts, let missing = decoding.missingParent {
      throw DecodeFailure(.u02, missing)
    }
    if unit.payloadType == .float || unit.payloadType == .block,
      decoding.parameters.qpDensity == nil
    {
      throw DecodeFailure(.m01, "no parameter set gives qp_density")
    }
  }

  /// The first `count` integers of a tensor in the order of its scan, or fewer where the payload does not hold them.
  ///
  /// Runs end where it wants, so weights in front of a failure can be had one by one.
  public static func levels(
    _ decoding: UnitDecoding, payload: [UInt8], tensor place: Int, first count: Int
  ) -> [Int32] {
    var found: [Int32] = []
    var buffer: [Int32] = []
    do throws(DecodingError) {
      guard let decoder = try started(decoding, payload, at: place)?.decoder else { return [] }
      while found.count < count,
        let run = try decoder.nextRun(into: &buffer, atMost: min(runLength, count - found.count))
      {
        found += buffer[..<run.elements.count]
      }
    } catch {
      // What was decoded before counts.
    }
    return found
  }

  /// The number of bytes that a unit's codeword takes of `payload`, which may go on behind it; nil where none ends well.
  static func codedLength(_ decoding: UnitDecoding, _ payload: [UInt8]) -> Int? {
    do throws(DecodeFailure) { try check(decoding) } catch { return nil }
    guard let last = decoding.unit.codedTensors.last?.place else { return nil }
    var buffer: [Int32] = []
    do throws(DecodingError) {
      guard let decoder = try started(decoding, payload, at: last)?.decoder else { return nil }
      while try decoder.nextRun(into: &buffer, atMost: runLength) != nil {}
      let end = decoder.finish()
      return end.terminateBin && end.stopPattern && !end.readBeyondEnd ? end.bytesConsumed : nil
    } catch {
      return nil
    }
  }

  /// A decoder of `payload` that has begun the tensor at a place of the unit; nil if there is none.
  static func started(
    _ decoding: UnitDecoding, _ payload: [UInt8], at place: Int
  ) throws(DecodingError) -> (decoder: PayloadDecoder, facts: TensorFacts)? {
    let decoder = PayloadDecoder(bytes: payload)
    decoder.shouldStop = decoding.shouldStop
    var buffer: [Int32] = []
    for tensor in decoding.unit.codedTensors {
      let facts = try begin(tensor, decoding, decoder, rowBits: false).facts
      if tensor.place == place { return (decoder, facts) }
      while try decoder.nextRun(into: &buffer, atMost: runLength) != nil {}
    }
    return nil
  }

  /// Reads what the payload says of a tensor before its weights.
  static func begin(
    _ tensor: CodedTensor, _ decoding: UnitDecoding, _ decoder: PayloadDecoder, rowBits: Bool
  ) throws(DecodingError) -> (qp: Int?, facts: TensorFacts) {
    var qp: Int?
    if tensor.quantizer != .skip {
      let delta = try decoder.readQuantizationDelta(bits: decoding.quantizationDeltaBits)
      qp = delta + (decoding.parameters.quantizationParameter ?? 0)
    }
    let parent =
      decoding.parents.indices.contains(tensor.place) ? decoding.parents[tensor.place] : nil
    let history =
      decoding.histories.indices.contains(tensor.place) ? decoding.histories[tensor.place] : nil
    let facts = try decoder.beginTensor(
      tensor.payloadParameters(decoding), base: decoding.usesTemporalContexts ? parent : nil,
      history: history, rowBits: rowBits)
    return (qp, facts)
  }

  /// Whether the listed entry points of a decoded tensor agree with its payload; nil if there are none.
  static func agree(_ tensor: CodedTensor, _ decoder: PayloadDecoder) -> Bool? {
    guard !tensor.entryPoints.isEmpty else { return nil }
    var position = decoder.firstBlockRowPosition
    let found = decoder.entryPoints
    guard found.count == tensor.entryPoints.count else { return false }
    return zip(found, tensor.entryPoints).allSatisfy { met, listed in
      position = position.saturatingAdd(listed.distance)
      return met.position == position && met.value == listed.value
        && (!tensor.dqFlag || tensor.quantizer == .skip || met.state == listed.state)
    }
  }
}

extension CodedTensor {
  /// The listed entry points at positions in the payload, the first block row starting at `start`.
  func absoluteEntryPoints(from start: Int) -> [EntryPoint] {
    var position = start
    return entryPoints.map { listed in
      position = position.saturatingAdd(listed.distance)
      return EntryPoint(value: listed.value, state: listed.state, position: position)
    }
  }
}
