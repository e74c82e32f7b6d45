import Dispatch
import Locking
import NNRAnalysis
import NNRModel
import NNRRecode
import WeightFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// What the tensors of a stream would take, and how far they would be from their originals, with other steps: an estimate of
/// what an encoder without rate-distortion optimisation would give.
public struct RateErrorEstimate: Sendable {
  /// What the stream is called; not safe to print.
  public let file: String
  /// The curves in coded order; where there are none, with the reason.
  public let curves: [RateErrorCurve]
  /// The units of which nothing can be said, and why.
  public let refused: [(unit: Int, refusal: RecodeRefusal)]
  /// Which names of the original stand for which of the stream.
  public let mapping: NameMapping

  /// Estimates a stream over `threads` threads, with quantization parameters that differ by `steps` from its own; `done` is told
  /// after each unit.
  public init(
    _ session: Session, stream: Int, against references: WeightFile, mapping: NameMapping? = nil,
    steps: ClosedRange<Int>, threads: Int, done: @escaping @Sendable () -> Void = {}
  ) {
    let source = session.streams[stream]
    let original = Original(
      references, mapping: mapping ?? .proposed(for: session.wanted([stream]), in: references))
    let entries = source.index.entries
    let units = session.directory(stream).byUnit.keys.sorted { entries[$0].size > entries[$1].size }
    let state = Locked((next: 0, curves: [RateErrorCurve](), refused: [Int: RecodeRefusal]()))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, units.count))) { _ in
      while true {
        let turn = state.withLock { state in
          state.next += 1
          return state.next - 1
        }
        guard turn < units.count else { return }
        do throws(RecodeRefusal) {
          let found = try RateErrorCurve.of(
            session, stream: stream, unit: units[turn], steps: steps,
            originals: { original.weights($0) })
          state.withLock { $0.curves += found }
        } catch {
          state.withLock { $0.refused[units[turn]] = error }
        }
        done()
      }
    }
    file = source.name
    self.mapping = original.mapping
    curves = state.withLock { $0.curves }.sorted {
      ($0.tensor.unit, $0.tensor.place) < ($1.tensor.unit, $1.tensor.place)
    }
    refused = state.withLock { $0.refused }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The curves that have points.
  public var estimated: [RateErrorCurve] { curves.filter { $0.refusal == nil } }

  /// All tensors that have points as one: at each step their bits and errors added up.
  public var total: RateErrorTotal { RateErrorTotal(estimated) }
}

/// Points and where the stream is, of one tensor or of several together.
public struct RateErrorTotal: Sendable {
  /// The sum of the squared originals.
  let energy: Double
  /// The points, bits and errors added up.
  let points: [RateErrorPoint]

  /// Curves added up.
  init(_ curves: [RateErrorCurve]) {
    energy = curves.reduce(0) { $0 + $1.energy }
    var sums: [RateErrorPoint] = curves.first?.points ?? []
    for curve in curves.dropFirst() where curve.points.count == sums.count {
      sums = zip(sums, curve.points).map { $0.adding($1) }
    }
    points = sums
  }

  /// Signal to noise in decibel; infinite where there is no error.
  func snr(_ squaredError: Double) -> Double {
    squaredError > 0 ? 10 * log10(energy / squaredError) : .infinity
  }

  /// How many percent more bits the trellis takes at equal error, by piecewise cubic curves over the SNR that both reach; less
  /// than 0 saves.
  public var trellisAtEqualError: Result<RateDifference, RateProblem> {
    do throws(RateProblem) {
      let curves = try RateErrorPoint.Quantizer.allCases.map {
        (quantizer) throws(RateProblem) in
        // Where levels are few, a finer step may be worse: what is beaten is not on the curve.
        try RateCurve(
          points.filter { $0.quantizer == quantizer }.map {
            RatePoint(bits: Double($0.bits), snr: snr($0.squaredError))
          }, pareto: true)
      }
      return .success(try RateDifference(curves[0], curves[1]))
    } catch {
      return .failure(error)
    }
  }

  /// How many percent more bits the trellis takes at the quantization parameter of the stream; nil without that step.
  public var trellisAtEqualQP: Double? {
    let here = points.filter { $0.change == 0 }
    guard let nearest = here.first(where: { $0.quantizer == .nearest }), nearest.bits > 0,
      let trellis = here.first(where: { $0.quantizer == .trellis })
    else { return nil }
    return (Double(trellis.bits) / Double(nearest.bits) - 1) * 100
  }
}

extension Original {
  /// The weights of the tensor that a coded one was made from, in C order.
  func weights(_ tensor: CodedTensor) -> Result<[Double], RateErrorCurve.Refusal> {
    let name = references.isSingle ? references.names.first : mapping.name(of: tensor.name)
    guard let name, let found = references[name].map(mapping.arranged) else {
      return .failure(.init("the original has no such tensor"))
    }
    guard let dimensions = tensor.dimensions, Self.isSame(found.shape, dimensions) else {
      return .failure(.init("the original has another shape"))
    }
    do throws(TensorFileError) {
      let reader = try found.reader()
      var (weights, block): ([Double], [Double]) = ([], [])
      repeat {
        try reader.next(ValueComparison.blockLength, into: &block)
        weights += block
      } while !block.isEmpty
      return .success(weights)
    } catch {
      return .failure(.init("\(error)"))
    }
  }
}
