/// The loops over consecutive levels of one row. Invariants: see LevelDecoding.swift; `row + x` with
/// `from <= x < to` are valid indices of `out`.
extension LevelLoop {
  /// Levels without parent integers, history or codebook limits.
  @inline(__always)
  static func plainSegment(
    _ job: LevelJob, _ registers: inout ArithmeticEngine, _ neighbour: inout Int,
    _ trellis: inout Int, _ tally: inout LevelTally, _ arena: UnsafeMutablePointer<UInt64>,
    _ row: Int, _ from: inout Int, _ to: Int,
    dependent: Bool, observed: Bool
  ) -> LevelStatus {
    let unary = job.unaryLength
    let start = job.out + (row &+ from)
    var out = start
    let end = job.out + (row &+ to)
    // Local copies: the state must stay in registers, even where this is not inlined.
    var engine = registers
    var nearby = neighbour
    // 24 times the trellis state: the byte offset of its three contexts.
    var contexts = trellis &* 24
    var status = LevelStatus.done
    var samples = LevelSamples()
    let begin = tally.last
    while out < end {
      if nearby == 0 {
        let found =
          dependent
          ? engine.decodeDependentZeros(arena, &out, end, &contexts)
          : engine.decodeZeros(arena, &out, end)
        guard found else { break }
      } else {
        engine.refillIfNeeded()
        let place = ArithmeticEngine.context(arena, (dependent ? contexts : 0) &+ 8 &* nearby)
        guard engine.decodeBin(arena, at: place) else {
          out.pointee = 0
          out += 1
          nearby = 0
          if dependent { contexts = ArithmeticEngine.row(after: contexts, in: arena) }
          continue
        }
      }
      if observed { samples.sig &+= BitPosition.now(engine, arena) }
      let negative = engine.decodeMask(arena, ContextLayout.sign &+ nearby)
      if observed { samples.sign &+= BitPosition.now(engine, arena) }
      nearby = 2 &+ Int(truncatingIfNeeded: negative)
      var magnitude = 1
      var greater = ContextLayout.greater &- Int(truncatingIfNeeded: negative)
      while engine.decodeBin(arena, greater) {
        magnitude &+= 1
        if magnitude > unary { break }
        greater &+= 2
        engine.refillIfNeeded()
      }
      if observed {
        samples.greater &+= BitPosition.now(engine, arena)
        samples.bins &+= 1 << 32 &+ UInt64(truncatingIfNeeded: magnitude)
      }
      if magnitude > unary {
        if observed {
          tally.last = BitPosition.now(engine, arena)
          samples.bins &-= 1
        }
        let (after, large, prefix, suffix) = remainder(
          engine, arena, ContextLayout.greater &+ 4 &* unary, magnitude, job.lastPrefix, limit: -1)
        engine = after
        magnitude = large
        if observed { samples.remainder &+= chargeRemainder(&tally, engine, arena, prefix, suffix) }
        if magnitude > 0x3FFF_FFFF {
          status = check(
            magnitude, prefix, job.lastPrefix,
            odd: dependent ? (contexts >> 3 & 1) : -1, negative: negative != 0)
          if status != .done { break }
        }
      }
      var level = magnitude
      if dependent {
        level = 2 &* magnitude &- (contexts >> 3 & 1)
        contexts = ArithmeticEngine.row(after: contexts &+ (magnitude & 1), in: arena)
      }
      let mask = Int(truncatingIfNeeded: negative)
      out.pointee = Int32(truncatingIfNeeded: (level ^ mask) &- mask)
      out += 1
    }
    if observed { samples.charge(&tally, upTo: BitPosition.now(engine, arena), begin) }
    registers = engine
    neighbour = nearby
    trellis = contexts / 24
    if status != .done { from &+= out - start }
    return status
  }

  /// Checks a large magnitude: `odd` is the lowest bit of the trellis state, -1 without dependent quantization.
  ///
  /// -2^31 is a level: an encoder whose integers are of 32 bits writes it for NaN among others (rule P05).
  @inline(never)
  static func check(
    _ magnitude: Int, _ prefix: Int, _ lastPrefix: Int, odd: Int, negative: Bool
  ) -> LevelStatus {
    if prefix > lastPrefix &+ 1 { return .prefixTooLong }
    let greatest = negative ? 0x8000_0000 : 0x7FFF_FFFF
    return (odd < 0 ? magnitude : 2 &* magnitude &- odd) > greatest ? .overflow : .done
  }

  /// Levels with any of parent integers, history and codebook limits.
  @inline(__always)
  static func fullSegment(
    _ job: LevelJob, _ registers: inout ArithmeticEngine, _ neighbour: inout Int,
    _ trellis: inout Int, _ tally: inout LevelTally, _ arena: UnsafeMutablePointer<UInt64>,
    _ row: Int, _ from: inout Int, _ to: Int,
    dependent: Bool, observed: Bool
  ) -> LevelStatus {
    // A local copy, as above.
    var engine = registers
    defer { registers = engine }
    let unary = job.unaryLength
    let size = job.limitSize
    let zero = job.limitZero
    let oneSided = size > 0 && (zero == 0 || zero == size &- 1)
    for x in from..<to {
      let element = row &+ job.firstElement &+ x
      if size == 1 {
        job.out[row &+ x] = 0
        continue
      }
      engine.refillIfNeeded()
      let parent = job.base.map { $0[element] } ?? 0
      var context = 3 &* trellis &+ neighbour
      if parent != 0 {
        context = ContextLayout.sigTemporal &+ 2 &* trellis &+ (parent.magnitude > 1 ? 1 : 0)
      }
      if let history = job.history, history[element] != 0 {
        context = ContextLayout.sigHistory &+ trellis
      }
      guard engine.decodeBin(arena, context) else {
        job.out[row &+ x] = 0
        neighbour = 0
        if dependent {
          trellis = Int(
            truncatingIfNeeded: (transitions &>> UInt64(truncatingIfNeeded: trellis &* 8)) & 7)
        }
        continue
      }
      if observed { charge(&tally.sig, &tally.last, engine, arena) }
      var negative = zero != 0
      if !oneSided {
        let sign =
          parent == 0
          ? ContextLayout.sign &+ neighbour : ContextLayout.signTemporal &+ (parent > 0 ? 1 : 0)
        negative = engine.decodeBin(arena, sign)
        if observed {
          charge(&tally.sign, &tally.last, engine, arena)
          tally.signBins &+= 1
        }
      }
      neighbour = negative ? 1 : 2
      let limit = size > 0 ? (negative ? zero : size &- 1 &- zero) : Int.max
      var magnitude = 1
      if limit > 1 {
        var j = 0
        var more = true
        repeat {
          let greater =
            parent == 0
            ? ContextLayout.greater &+ 2 &* j &+ (negative ? 1 : 0)
            : ContextLayout.greater &+ 2 &* (unary &+ j) &+ (parent.magnitude >= j ? 0 : 1)
          more = engine.decodeBin(arena, greater)
          j &+= 1
          if more { magnitude &+= 1 }
          engine.refillIfNeeded()
        } while more && j < unary && limit > magnitude
        if observed {
          charge(&tally.greater, &tally.last, engine, arena)
          tally.greaterBins &+= j
        }
        if more && limit > magnitude {
          let (after, large, prefix, suffix) = remainder(
            engine, arena, ContextLayout.greater &+ 4 &* unary, magnitude, job.lastPrefix,
            limit: size > 0 ? limit : -1)
          engine = after
          magnitude = large
          if observed { chargeRemainder(&tally, engine, arena, prefix, suffix) }
          if magnitude > 0x3FFF_FFFF {
            let status = check(
              magnitude, prefix, job.lastPrefix, odd: dependent ? trellis & 1 : -1,
              negative: negative)
            if status != .done {
              from = x
              return status
            }
          }
        }
      }
      var level = magnitude
      if dependent {
        level = 2 &* magnitude &- (trellis & 1)
        trellis = Int(
          truncatingIfNeeded: (transitions
            &>> UInt64(truncatingIfNeeded: trellis &* 8 &+ (magnitude & 1) &* 4)) & 7)
      }
      job.out[row &+ x] = Int32(truncatingIfNeeded: negative ? 0 &- level : level)
    }
    return .done
  }

  /// The remainder of a level: context-coded prefix, bypass suffix (format reference 4.8).
  ///
  /// Returns the engine, the magnitude, the number of prefix bins (more than `lastPrefix + 1` if the prefix does
  /// not end, with a magnitude too large to pass for a level) and of suffix bins. `limit` is -1 for none.
  @inline(never)
  static func remainder(
    _ start: ArithmeticEngine, _ arena: UnsafeMutablePointer<UInt64>, _ contexts: Int,
    _ unaryPart: Int, _ lastPrefix: Int, limit: Int
  ) -> (ArithmeticEngine, Int, Int, Int) {
    var engine = start
    var magnitude = unaryPart
    var order = 0
    var j = 0
    while true {
      engine.refill()
      let more = engine.decodeBin(arena, contexts &+ j)
      j &+= 1
      guard more else { break }
      if limit >= 0 && limit <= magnitude { break }
      magnitude &+= 1 << order
      order &+= 1
      if limit >= 0 && limit < magnitude &+ (1 << order) { break }
      if j > lastPrefix {
        // Dialect D1 knows no bound, but no context either; from edition 2 on the prefix ends here.
        if lastPrefix > 30 { return (engine, 1 << 40, j + 1, 0) }
        break
      }
    }
    magnitude &+= Int(truncatingIfNeeded: engine.decodeBypass(order))
    return (engine, magnitude, j, order)
  }

  /// Charges everything since the last sample to one class.
  @inline(__always)
  static func charge(
    _ total: inout UInt64, _ last: inout UInt64, _ engine: borrowing ArithmeticEngine,
    _ arena: UnsafeMutablePointer<UInt64>
  ) {
    let now = BitPosition.now(engine, arena)
    total &+= now &- last
    last = now
  }

  /// Charges a remainder: suffix bins cost one bit each, the prefix the rest; returns the sum.
  @inline(__always) @discardableResult
  static func chargeRemainder(
    _ tally: inout LevelTally, _ engine: borrowing ArithmeticEngine,
    _ arena: UnsafeMutablePointer<UInt64>,
    _ prefix: Int, _ suffix: Int
  ) -> UInt64 {
    let now = BitPosition.now(engine, arena)
    let bypass = UInt64(truncatingIfNeeded: suffix) << 32
    let sum = now &- tally.last
    tally.prefix &+= sum &- bypass
    tally.suffix &+= bypass
    tally.last = now
    tally.prefixBins &+= prefix
    tally.suffixBins &+= suffix
    return sum
  }
}

/// Sums of positions behind the flags of the levels of a segment; a class pays the difference of two sums.
///
/// All sums wrap, and so do their differences: only the result is small.
struct LevelSamples {
  /// Behind sig_flag of levels that are not 0.
  var sig: UInt64 = 0
  /// Behind sign_flag.
  var sign: UInt64 = 0
  /// Behind the last abs_level_greater flag.
  var greater: UInt64 = 0
  /// Bits of remainders.
  var remainder: UInt64 = 0
  /// Signs in the upper half, abs_level_greater flags in the lower half.
  var bins: UInt64 = 0

  /// Charges a segment that lies between two positions; what is left is sig_flag.
  @inline(__always)
  func charge(_ tally: inout LevelTally, upTo now: UInt64, _ begin: UInt64) {
    tally.sign &+= sign &- sig
    tally.greater &+= greater &- sign
    tally.sig &+= now &- begin &- (greater &- sig) &- remainder
    tally.last = now
    tally.signBins &+= Int(truncatingIfNeeded: bins >> 32)
    tally.greaterBins &+= Int(truncatingIfNeeded: bins & 0xFFFF_FFFF)
  }
}
