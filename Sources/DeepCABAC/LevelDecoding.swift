/// The hot loops: levels of a run of rows (format reference 4.4 and 4.8).
///
/// Invariants of the unsafe code in this file (checked by `TensorState` before a job is built):
/// - `out` has room for every position of the job: index `y * width + x - firstElement`;
/// - `rowMask`, if present, has one byte per row of the tensor; `base` and `history`, if present, have one
///   entry per element of the tensor; `rowBits`, if present, one word per row of the tensor;
/// - `arena` is a `ContextArena` whose layout is that of `unaryLength`, and so every context index formed below
///   is smaller than `ContextLayout.count`.

/// What a hot loop needs to know; constant during a run.
struct LevelJob {
  var arena: UnsafeMutablePointer<UInt64>
  var out: UnsafeMutablePointer<Int32>
  /// Element index of `out[0]`.
  var firstElement: Int
  var rowMask: UnsafePointer<UInt8>?
  var base: UnsafePointer<Int32>?
  var history: UnsafePointer<UInt8>?
  var rowBits: UnsafeMutablePointer<UInt64>?
  var width: Int
  var blockWidth: Int
  var rows: Range<Int>
  var columns: Range<Int>
  var unaryLength: Int
  /// Largest index of a remainder prefix bin: 30, in dialect D1 31.
  var lastPrefix: Int
  /// Codebook limits of bins, size 0 without.
  var limitSize: Int
  var limitZero: Int
}

/// Why a run ended early.
enum LevelStatus: UInt8, Sendable { case done, exhausted, overflow, prefixTooLong }

/// What a run changes besides contexts and output.
struct LevelState: Sendable {
  var registers = ArithmeticRegisters()
  /// 0, 1 for negative, 2 for positive: the previously decoded level.
  var neighbour = 0
  /// Trellis state of dependent quantization, 0 to 7.
  var trellis = 0
  var status = LevelStatus.done
  /// Element at which a run ended early.
  var element = 0
  var tally = LevelTally()
}

/// Bits (in 2^-32 bit) and bins by class, gathered by the observed loops.
struct LevelTally: Sendable {
  var last: UInt64 = 0
  var sig: UInt64 = 0
  var sign: UInt64 = 0
  var greater: UInt64 = 0
  var prefix: UInt64 = 0
  var suffix: UInt64 = 0
  var sigBins = 0
  var signBins = 0
  var greaterBins = 0
  var prefixBins = 0
  var suffixBins = 0
}

/// Which loop runs; each combination is compiled separately.
enum LevelLoop {
  /// Trellis transitions as nibbles at `8 * state + 4 * parity`.
  static let transitions: UInt64 = 0x6413_7502_4631_5720
  /// Longer rows are cut, so that running out of bytes is noticed in time.
  static let segmentLength = 16384

  /// Decodes the levels of `job` with the loop made for its features.
  static func run(
    _ job: LevelJob, _ state: inout LevelState, dependent: Bool, observed: Bool,
    bytes: UnsafePointer<UInt8>, size: Int
  ) {
    if job.base != nil || job.history != nil || job.limitSize > 0 {
      switch (dependent, observed) {
      case (false, false): fullUniform(job, &state, bytes, size)
      case (true, false): fullDependent(job, &state, bytes, size)
      case (false, true): fullUniformObserved(job, &state, bytes, size)
      case (true, true): fullDependentObserved(job, &state, bytes, size)
      }
    } else {
      switch (dependent, observed) {
      case (false, false): plainUniform(job, &state, bytes, size)
      case (true, false): plainDependent(job, &state, bytes, size)
      case (false, true): plainUniformObserved(job, &state, bytes, size)
      case (true, true): plainDependentObserved(job, &state, bytes, size)
      }
    }
  }

  @inline(never)
  private static func fullUniform(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: false, full: true,
      observed: false)
  }

  @inline(never)
  private static func fullUniformObserved(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: false, full: true,
      observed: true)
  }

  @inline(never)
  private static func fullDependent(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: true, full: true,
      observed: false)
  }

  @inline(never)
  private static func fullDependentObserved(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: true, full: true,
      observed: true)
  }

  @inline(never)
  private static func plainUniform(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: false, full: false,
      observed: false)
  }

  @inline(never)
  private static func plainUniformObserved(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: false, full: false,
      observed: true)
  }

  @inline(never)
  private static func plainDependent(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: true, full: false,
      observed: false)
  }

  @inline(never)
  private static func plainDependentObserved(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int
  ) {
    blocks(
      job, &state, bytes, size, dependent: true, full: false,
      observed: true)
  }

  /// The block loop around all segments of a job.
  @inline(__always)
  static func blocks(
    _ job: LevelJob, _ state: inout LevelState, _ bytes: UnsafePointer<UInt8>, _ size: Int,
    dependent: Bool, full: Bool, observed: Bool
  ) {
    var engine = ArithmeticEngine(state.registers, bytes: bytes, size: size)
    var neighbour = state.neighbour
    var trellis = state.trellis
    var tally = state.tally
    var status = LevelStatus.done
    let arena = job.arena
    var left = job.columns.lowerBound
    blocks: while left < job.columns.upperBound {
      let right = min(left &+ job.blockWidth, job.columns.upperBound)
      var y = job.rows.lowerBound
      while y < job.rows.upperBound {
        let row = y &* job.width &- job.firstElement
        let start = tally.last
        if let mask = job.rowMask, mask[y] != 0 {
          // The state moves by the tensor's width even in a block (quirk Q4); its period divides 4. In the
          // second part of a row cut by the caller it has moved already.
          if dependent && left % job.blockWidth == 0 {
            for _ in 0..<(job.width & 3) { trellis = Int((transitions >> UInt64(trellis * 8)) & 7) }
          }
          (job.out + row + left).update(repeating: 0, count: right &- left)
          y &+= 1
          continue
        }
        var from = left
        while from < right {
          let to = min(right, from &+ segmentLength)
          if full {
            status = fullSegment(
              job, &engine, &neighbour, &trellis, &tally, arena, row, &from, to,
              dependent: dependent, observed: observed)
          } else {
            status = plainSegment(
              job, &engine, &neighbour, &trellis, &tally, arena, row, &from, to,
              dependent: dependent, observed: observed)
          }
          engine.normalize()
          if status == .done && engine.isBeyondEnd { status = .exhausted }
          if status != .done {
            state.element = row &+ job.firstElement &+ from
            break blocks
          }
          if observed && job.limitSize != 1 { tally.sigBins &+= to &- from }
          from = to
        }
        if observed {
          let now = BitPosition.now(engine, arena)
          tally.sig &+= now &- tally.last
          tally.last = now
          if let rowBits = job.rowBits { rowBits[y] &+= now &- start }
        }
        y &+= 1
      }
      left = right
    }
    state.registers = engine.registers
    state.neighbour = neighbour
    state.trellis = trellis
    state.tally = tally
    state.status = status
  }
}
