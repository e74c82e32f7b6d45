import Foundation
import FuzzInputs

/// What inputs are given to.
private enum Task {
  case fuzz(FuzzTarget)
  /// Inputs name fixtures, of which everything is damaged.
  case sweep(mutations: Int)

  /// What does not hold for an input.
  func broken(by bytes: [UInt8]) -> [String] {
    switch self {
    case .fuzz(let target): target.broken(by: bytes)
    // The fuzzer asks about nothing first, whatever its files are.
    case .sweep(let mutations):
      bytes.isEmpty ? [] : SweepInput(bytes).broken(mutations: mutations)
    }
  }
}

/// The task that `FUZZ_TARGET` names.
private let task: Task = {
  let environment = ProcessInfo.processInfo.environment
  let name = environment["FUZZ_TARGET"] ?? ""
  if name == "Sweep" {
    return .sweep(mutations: environment["SWEEP_MUTATIONS"].flatMap { Int($0) } ?? 1000)
  }
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("FUZZ_TARGET names no target: \(name)")
  }
  return .fuzz(target)
}()

/// Gives the input to the task and stops the run if something does not hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let broken = task.broken(by: bytes)
  // A precondition does not say its reason in an optimised build.
  guard broken.isEmpty else { fatalError(broken.joined(separator: "\n")) }
  return 0
}
