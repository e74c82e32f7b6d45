import DeepCABAC
import NNRModel

/// What was found for a tensor.
public struct TensorRecoding: Sendable {
  /// The tensor.
  public let tensor: CodedTensor
  /// Its bits in the stream; what the unit takes beside payload bits is counted to its last tensor.
  public let bits: Int
  /// Its bits as it would be coded.
  public let bestBits: Int
  /// The choices of the stream.
  public let now: TensorChoices
  /// The choices that give `bestBits`.
  public let best: TensorChoices

  /// The bits that are saved.
  public var saving: Int { bits - bestBits }
}

/// What was found for a unit: the shorter one, or why it stays.
public struct UnitRecoding: Sendable {
  /// The number of the unit.
  public let unit: Int
  /// Its bytes in the stream.
  public let size: Int
  /// The shorter bytes; nil where it keeps its own.
  public let bytes: [UInt8]?
  /// Why nothing was tried; nil where something was.
  public let refusal: RecodeRefusal?
  /// Its tensors in coded order; empty where nothing was tried.
  public let tensors: [TensorRecoding]

  /// Its bytes as it would be coded.
  public var bestSize: Int { bytes?.count ?? size }

  /// The most candidates that are coded for real.
  private static let coded = 3

  /// A unit that keeps its bytes.
  init(unit: Int, size: Int, refusal: RecodeRefusal) {
    self.unit = unit
    self.size = size
    self.refusal = refusal
    bytes = nil
    tensors = []
  }

  /// Searches and codes a unit.
  package init(
    _ loaded: LoadedUnit, _ knobs: RecodeKnobs, shouldStop: @escaping @Sendable () -> Bool
  ) throws(RecodeRefusal) {
    unit = loaded.unit
    size = loaded.bytes.count
    refusal = nil
    var shortest: CodedForm?
    for form in loaded.forms(knobs) {
      let candidates = try UnitSearch(form, knobs, shouldStop: shouldStop).candidates()
      guard let found = try Self.shortest(form, candidates, shouldStop) else { continue }
      if found.bytes.count < shortest?.bytes.count ?? .max { shortest = found }
    }
    let isShorter = shortest.map { $0.bytes.count < loaded.bytes.count || knobs.isForced } ?? false
    let best = isShorter ? shortest : nil
    bytes = best?.bytes
    var tensors: [TensorRecoding] = []
    for (place, tensor) in loaded.tensors.enumerated() {
      let isLast = place == loaded.tensors.count - 1
      func whole(_ bits: [Int], _ size: Int) -> Int {
        isLast ? 8 * size - bits.dropLast().reduce(0, +) : bits[place]
      }
      let bits = whole(loaded.tensors.map(\.bits), size)
      tensors.append(
        TensorRecoding(
          tensor: tensor.coded, bits: bits,
          bestBits: best.map { whole($0.payload.bits, $0.bytes.count) } ?? bits,
          now: tensor.choices,
          best: best.map { $0.payload.choices(place, $0.form.tensors[place]) } ?? tensor.choices))
    }
    self.tensors = tensors
  }

  /// The shortest of the candidates that may be it, coded for real; nil if there is none.
  private static func shortest(
    _ loaded: LoadedUnit, _ candidates: [UnitCandidate],
    _ shouldStop: @escaping @Sendable () -> Bool
  ) throws(RecodeRefusal) -> CodedForm? {
    guard let first = candidates.first else { return nil }
    let count = loaded.bytes.count < 4096 ? 2 * coded : coded
    var best: (payload: CodedPayload, size: Int, bytes: [UInt8]?)?
    for candidate in candidates.prefix(count) {
      guard mayBeShorter(candidate, than: first) else { break }
      let payload = try UnitCoder.code(loaded, candidate, shouldStop: shouldStop)
      var size = payload.bytes.count
      var bytes: [UInt8]?
      // A header is written only where its length is not known from the others'.
      if candidates.contains(where: { $0.scanOrder > 0 }) {
        let written = try UnitCoder.unit(loaded, payload)
        size = written.count
        bytes = written
      } else if UnitHeaderChange.codesUnaryLength(loaded, candidate) == true {
        size += 1
      }
      if size < best?.size ?? .max { best = (payload, size, bytes) }
    }
    guard let best else { return nil }
    var bytes = best.bytes
    if bytes == nil { bytes = try UnitCoder.unit(loaded, best.payload) }
    return CodedForm(form: loaded, payload: best.payload, bytes: bytes ?? [])
  }

  /// A unit as it was coded for real.
  private struct CodedForm {
    let form: LoadedUnit
    let payload: CodedPayload
    let bytes: [UInt8]
  }

  /// Whether a candidate may turn out shorter than the first one: predictions are within 16 bits or a tenth of a per cent.
  private static func mayBeShorter(_ candidate: UnitCandidate, than first: UnitCandidate) -> Bool {
    candidate.bits - first.bits <= max(16, first.bits / 1000)
  }
}
