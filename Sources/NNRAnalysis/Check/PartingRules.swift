import DeepCABAC
import NNRBits
import NNRModel
import NNRSyntax

/// Tensors in which NNCodec's encoder had other integers than decoders find: R01 and R02.
enum PartingRules {
  /// A place in a payload.
  struct Place: Sendable {
    /// The place of the tensor in its unit.
    let tensor: Int
    /// The payload bit.
    let bit: Int
  }

  /// The most weights in front of a place whose bit is looked for: bins are walked one by one.
  private static let walkLimit = 200_000

  /// The payload bits at which states part in the tensors of a unit.
  static func places(
    _ tensors: [TensorObservation], _ decoding: UnitDecoding, _ payload: [UInt8]
  ) -> [Place] {
    tensors.compactMap { tensor in
      guard let parting = tensor.parting?.place, let count = tensor.start.tensor.count,
        let rows = tensor.start.tensor.dimensions?.first, rows > 0,
        let geometry = try? TensorGeometry(tensor.start.tensor.payloadParameters(decoding)),
        let index = geometry.scanIndex(ofElement: parting.row * (count / rows) + parting.column),
        index <= walkLimit
      else { return nil }
      let place = tensor.start.tensor.place
      var walker = BinWalker(bytes: payload, tensors: decoding.walkedTensors)
      var bins: [WalkedBin] = []
      do throws(DecodingError) {
        while try walker.step(into: &bins) {
          if let found = bins.first(where: { $0.tensor > place || $0.scanIndex ?? -1 >= index }),
            found.tensor >= place
          {
            return Place(tensor: place, bit: found.event.position)
          }
          bins.removeAll(keepingCapacity: true)
        }
      } catch {
        return nil
      }
      return Place(tensor: place, bit: walker.position)
    }
  }

  /// Notes where the states of a tensor part, or that they could.
  static func note(
    _ tensor: TensorObservation, _ unit: CheckedUnit, _ places: [Place], _ list: inout BreachList
  ) {
    guard let parting = tensor.parting else { return }
    let name = tensor.start.tensor.name
    let flags =
      "row skipping, dependent quantization and scan_order \(tensor.start.tensor.scanOrder)"
    guard let place = parting.place else {
      return list.note(
        .r01, unit: unit.number, unit.payloadRange,
        "\(flags) in \(name), \(parting.width) wide, can part NNCodec's quantizer from its coder; no skipped row does",
        severity: .info)
    }
    let block = place.column / parting.blockWidth
    let found = places.first { $0.tensor == tensor.start.tensor.place }
    let range =
      found.map { BitRange(start: unit.payloadRange.start + $0.bit, length: 1) }
      ?? unit.payloadRange
    list.note(
      .r01, unit: unit.number, range,
      "if NNCodec wrote it, its quantizer and coder part in \(name) at the skipped row \(place.row), block column \(block)\(found.map { ", payload bit \($0.bit)" } ?? ""): "
        + "some \(parting.changed) of \(tensor.count) levels are one less than the encoder's, and \(parting.openZeros) zeros may be ones"
    )
  }

  /// Notes that a limit of bits was met.
  static func note(
    _ limit: BitDepthLimit, _ name: String, _ unit: CheckedUnit, _ list: inout BreachList
  ) {
    list.note(
      .r02, unit: unit.number, unit.payloadRange,
      "\(limit.piled) levels of \(name) are \(limit.ends), \(limit.before) lie just before: as if limited to \(limit.bits) bits behind the trellis of dependent quantization"
    )
  }
}

/// Levels that pile up at an end of the range of so many bits (`writers` of NNCodec: int_quant_bw).
struct BitDepthLimit: Sendable, Hashable {
  /// The bits, sign included.
  let bits: Int
  /// How many levels lie at the end.
  let piled: Int
  /// How many lie just before it.
  let before: Int
  /// The levels at the end, in words.
  let ends: String

  /// The bits whose range ends where levels do; nil where none fits.
  ///
  /// Clipped levels may be coded as one less.
  static func bits(least: Int32, greatest: Int32) -> Int? {
    (4...16).first { bits in
      let top = Int32(1) << Int32(bits - 1) - 1
      let fits = greatest <= top && least >= -top - 2
      return fits && (greatest >= top - 1 || least <= -top)
    }
  }

  /// Looks whether levels pile up; nil if not: that takes eight of them, and three times what lies before.
  init?(_ levels: [Int32], bits: Int) {
    let top = Int32(1) << Int32(bits - 1) - 1
    func count(_ range: ClosedRange<Int32>) -> Int { levels.count { range.contains($0) } }
    let candidates = [
      (top - 1...top, [top - 3...top - 2, top - 5...top - 4]),
      (-top - 2...(-top - 1), [-top...(-top + 1), -top + 2...(-top + 3)]),
    ]
    for (end, others) in candidates {
      let piled = count(end)
      let before = others.map(count).max() ?? 0
      guard piled >= 8, piled >= 3 * before else { continue }
      self.bits = bits
      self.piled = piled
      self.before = before
      ends = "\(end.lowerBound) or \(end.upperBound)"
      return
    }
    return nil
  }
}
