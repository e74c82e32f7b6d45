import Foundation
import FuzzInputs

/// The target that `FUZZ_TARGET` names.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("FUZZ_TARGET names no target: \(name)")
  }
  return target
}()

/// Gives the input to the target and stops the run if something does not hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let broken = target.broken(by: bytes)
  precondition(broken.isEmpty, broken.joined(separator: "\n"))
  return 0
}
