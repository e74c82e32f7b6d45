import TestSupport

/// Opens the input as a stream and stops the run if an invariant is broken.
@_cdecl("LLVMFuzzerTestOneInput")
public func parseFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let broken = FuzzInput.parse(bytes)
  precondition(broken.isEmpty, broken.joined(separator: "\n"))
  return 0
}
