/// Up to three payloads decoded in lock step.
///
/// Lanes are opened with a run, advanced together until one of them nears its end, runs out of bytes or meets something
/// unusual, and closed. What is left of a run is for `LevelLoop`.
///
/// Invariants of the unsafe code in this file (the caller of `open` sees to them): until a lane is closed, `bytes` points to
/// `size` readable bytes and `out` to room for `count` levels. Used by one thread at a time.
final class LockStepCore {
  /// What must outlive a lane, and where its levels begin.
  private struct Owner {
    let arena: ContextArena
    let nodes: LockStepNodes
    let out: UnsafeMutablePointer<Int32>
  }

  private let block = LockStepBlock()
  private let lanes: UnsafeMutablePointer<LockStepLane>
  private let places: UnsafeMutablePointer<LockStepPlace>
  private var owners: [Owner] = []
  private var tables: [LockStepNodes] = []

  init() {
    lanes = .allocate(capacity: LockStepBlock.lanes)
    places = .allocate(capacity: LockStepBlock.lanes)
  }

  deinit {
    lanes.deallocate()
    places.deallocate()
  }

  /// The number of lanes.
  var count: Int { owners.count }

  /// Opens a lane behind the others for the next `count` levels of a tensor; there must be fewer than three.
  func open(
    _ state: TensorState, _ arena: ContextArena, bytes: UnsafePointer<UInt8>, size: Int,
    out: UnsafeMutablePointer<Int32>, count: Int
  ) {
    let nodes = table(state.parameters)
    let lane = owners.count
    owners.append(Owner(arena: arena, nodes: nodes, out: out))
    places[lane] = LockStepPlace(
      bytes: bytes, size: size, arena: arena.words, sig: nodes.sig(trellis: 0, neighbour: 0),
      stateStride: nodes.stateStride, dependent: nodes.dependent, unaryLength: nodes.unaryLength,
      lastPrefix: state.parameters.dialect == .edition1 ? 31 : 30,
      begin: Int(bitPattern: out))
    block.moveContexts(ofLane: lane, arena, unaryLength: nodes.unaryLength)
    lanes[lane] = LockStepLane(
      value: 0, range: 0, source: bytes, out: UnsafeMutableRawPointer(out),
      node: nodes.sig(trellis: state.levels.trellis, neighbour: state.levels.neighbour),
      sourceLimit: Int(bitPattern: bytes) + size - 8,
      outLimit: Int(bitPattern: out) + 4 * (count - 6), nodeLimit: nodes.lastRunning)
    lanes[lane].take(state.levels.registers, from: bytes)
  }

  /// Decodes until a lane has to be closed, and returns its number; with fewer than two lanes, at once.
  func advance() -> Int {
    switch owners.count {
    case 3...: LockStepLoop.runThree(block.base, lanes, places)
    case 2: LockStepLoop.runTwo(block.base, lanes, places)
    default: return 0
    }
    return owners.indices.first {
      lanes[$0].room < 0 || places[$0].isTooSlow(lanes[$0].out)
    } ?? 0
  }

  /// Closes the last lane: contexts and registers go back to `state`.
  ///
  /// Returns the number of levels that are decoded. A status other than `done` is that of the next level.
  func closeLast(_ state: inout TensorState) -> Int {
    let lane = owners.count - 1
    finishLevel(lane)
    let owner = owners.removeLast()
    let registers = lanes[lane]
    block.moveContexts(
      ofLane: lane, owner.arena, unaryLength: owner.nodes.unaryLength, back: true)
    let facts = owner.nodes.facts(of: registers.node)
    state.levels.registers = registers.registers(from: places[lane].bytes)
    state.levels.neighbour = facts.neighbour
    state.levels.trellis = facts.trellis
    state.levels.status = places[lane].status
    if places[lane].isTooSlow(registers.out) { state.isSlowInLockStep = true }
    return (Int(bitPattern: registers.out) - Int(bitPattern: owner.out)) / 4
  }

  /// Steps to the end of a level that is begun, within the bytes and with zeros behind them.
  private func finishLevel(_ lane: Int) {
    while places[lane].status == .done {
      if lanes[lane].isParked {
        lanes[lane].decodeRemainder(&places[lane])
      } else if owners[lane].nodes.facts(of: lanes[lane].node).kind == .sig {
        return
      } else {
        lanes[lane].refill(places[lane])
        lanes[lane].step(block.base, lane)
      }
    }
  }

  /// The table of nodes for a tensor; few are made for a stream.
  private func table(_ parameters: CodedTensorParameters) -> LockStepNodes {
    let found = tables.first {
      $0.dependent == parameters.dependentQuantization
        && $0.unaryLength == parameters.unaryLength
    }
    if let found { return found }
    let made = LockStepNodes(
      dependent: parameters.dependentQuantization, unaryLength: parameters.unaryLength)
    // Owners keep theirs alive.
    if tables.count == 8 { tables.removeFirst() }
    tables.append(made)
    return made
  }
}
