extension TensorState {
  /// Moves what the loops gathered to a ledger, and the position of the last sample and the sum charged with it.
  mutating func drain(
    _ ledger: inout PayloadLedger, last: inout UInt64, charged: inout UInt64
  ) {
    guard observed else { return }
    let tally = levels.tally
    charged &+= tally.sig &+ tally.sign &+ tally.greater &+ tally.prefix &+ tally.suffix &+ resets
    ledger.take(&levels.tally)
    ledger.charge(.blockRowReset, bits: BitPosition.bits(resets))
    resets = 0
    last = levels.tally.last
  }
}

extension PayloadDecoder {
  /// Number of elements the next run will have if at most `limit` are wanted; 0 when the tensor is complete.
  ///
  /// With scan_order > 0 a run is a block row, whatever the limit.
  public func nextRunCount(atMost limit: Int) -> Int {
    tensor?.nextCount(atMost: limit) ?? 0
  }

  /// Decodes the next run of the tensor to the start of `buffer`, which grows if it is too short; nil at the end.
  ///
  /// Integers are the output of format reference 4.4: with dependent quantization they include the doubling.
  /// After an error the buffer holds what was decoded before it; the error names the first element in doubt.
  public func nextRun(
    into buffer: inout [Int32], atMost limit: Int = 65536
  ) throws(DecodingError) -> TensorRun? {
    let count = nextRunCount(atMost: limit)
    if buffer.count < count {
      buffer.append(contentsOf: repeatElement(0, count: count - buffer.count))
    }
    return try step(count, into: &buffer, at: 0)
  }

  /// Decodes one run of `count` elements to `buffer`, starting at index `offset`.
  func step(
    _ count: Int, into buffer: inout [Int32], at offset: Int
  ) throws(DecodingError) -> TensorRun? {
    try check()
    guard var state = tensor, count > 0 else { return nil }
    // One owner at a time: the arrays of the state would be copied otherwise.
    tensor = nil
    let outcome: Result<TensorRun, DecodingError> = buffer.withUnsafeMutableBufferPointer {
      buffer in
      do throws(DecodingError) {
        return .success(
          try state.decodeRun(
            count, arena: arena, bytes: bytes, range: range,
            into: UnsafeMutableBufferPointer(rebasing: buffer[offset...])))
      } catch {
        return .failure(error)
      }
    }
    registers = state.levels.registers
    drain(&state)
    tensor = state
    switch outcome {
    case .success(let run): return run
    case .failure(let error): throw fail(error)
    }
  }

  /// Decodes all that is left of the tensor into `levels`, which must have one entry per element.
  ///
  /// `shouldContinue` is called with the number of decoded elements after every run of about `runLength` elements
  /// or one block row; if it returns false, `cancelled` is thrown and decoding may be resumed.
  public func decodeLevels(
    into levels: inout [Int32], runLength: Int = 65536,
    shouldContinue: (Int) -> Bool = { _ in true }
  ) throws(DecodingError) {
    try check()
    guard let count = tensor?.geometry.count, levels.count == count else {
      throw .misuse("one entry per element is needed")
    }
    while decodedElements < count {
      _ = try step(nextRunCount(atMost: runLength), into: &levels, at: decodedElements)
      guard shouldContinue(decodedElements) else { throw .cancelled }
    }
  }

  /// Starts and decodes a whole tensor.
  ///
  /// The caller's budget covers 4 bytes per element.
  public func decode(
    _ parameters: CodedTensorParameters, base: [Int32]? = nil, history: [UInt8]? = nil,
    shouldContinue: (Int) -> Bool = { _ in true }
  ) throws(DecodingError) -> (levels: [Int32], facts: TensorFacts) {
    let facts = try beginTensor(parameters, base: base, history: history)
    var levels = [Int32](repeating: 0, count: facts.geometry.count)
    try decodeLevels(into: &levels, shouldContinue: shouldContinue)
    return (levels, facts)
  }

  /// Elements of the tensor decoded so far.
  public var decodedElements: Int { tensor?.element ?? 0 }

  /// Entry points met so far, one for each block row after the first, in order (format reference 4.10).
  public var entryPoints: [EntryPoint] { tensor?.entryPoints ?? [] }

  /// Bit position at which the first block row of the tensor starts; distances of entry points start from it.
  public var firstBlockRowPosition: Int { tensor?.firstPosition ?? 0 }

  /// Bits of each row of the tensor, if `beginTensor` was asked for them; empty otherwise.
  public var rowBits: [Double] { (tensor?.rowBits ?? []).map { BitPosition.bits($0) } }
}
