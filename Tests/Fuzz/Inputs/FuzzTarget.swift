import Foundation
import TestSupport

/// What is fuzzed: the fuzzer and the replay of its finds give their inputs to one of these.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Bytes as a stream: opened, parsed in two orders.
  case parse = "ParseFuzz"
  /// Bytes as a recipe for streams whose payloads are decoded.
  case decode = "DecodeFuzz"
  /// Bytes as a recipe for two streams that are compared.
  case diff = "DiffFuzz"
  /// Bytes as a recipe for streams whose payloads are walked bin by bin.
  case trace = "TraceFuzz"
  /// Bytes as a recipe for streams whose payloads are diagnosed.
  case diagnose = "DiagnoseFuzz"
  /// Bytes as events on an explorer.
  case screen = "ScreenFuzz"
  /// Text as a filter, typed, completed and applied.
  case filter = "FilterFuzz"
  /// Text as a script.
  case script = "ScriptFuzz"
  /// Bytes as a file of weights: PyTorch, safetensors, ONNX, npz, npy.
  case weights = "WeightsFuzz"
  /// Bytes as a video or a file of boxes that carries networks.
  case carrier = "CarrierFuzz"
  /// Bytes as a recipe for streams that are coded anew.
  case recode = "RecodeFuzz"
  /// Text as a file of requirements.
  case require = "RequireFuzz"

  /// What does not hold for an input, as sentences; a trap, a hang or too much memory counts too.
  public func broken(by bytes: [UInt8]) -> [String] {
    switch self {
    case .parse: StreamInvariants.broken(in: bytes)
    case .decode: DecodeInput(bytes).broken()
    case .diff: DiffInput(bytes).broken()
    case .trace: TraceInput(bytes).broken()
    case .diagnose: DiagnoseInput(bytes).broken()
    case .screen: ScreenInput(bytes).broken()
    case .filter: FilterInput(bytes).broken()
    case .script: ScriptInput(bytes).broken()
    case .weights: WeightsInput(bytes).broken()
    case .carrier: CarrierInput(bytes).broken()
    case .recode: RecodeInput(bytes).broken()
    case .require: RequireInput(bytes).broken()
    }
  }

  /// The folder of all that belongs to fuzzing.
  public static let folder = Fixture.folder.deletingLastPathComponent().appending(path: "Fuzz")

  /// The finds of earlier runs, and inputs that are worth a look in every run: their names and bytes.
  public func regressions() throws -> [(name: String, bytes: [UInt8])] {
    let folder = Self.folder.appending(path: "Regressions/\(rawValue)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.sorted().map { name in
        (name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
      }
  }
}
