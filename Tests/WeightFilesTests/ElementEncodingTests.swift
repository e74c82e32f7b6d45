import Testing

@testable import WeightFiles

/// Numbers become elements and elements numbers.
@Suite struct ElementEncodingTests {
  private func encoded(_ values: [Double], _ type: ElementType) -> (bytes: [UInt8], lost: Int) {
    var bytes: [UInt8] = []
    let lost = type.append(values, to: &bytes)
    return (bytes, lost)
  }

  private func decoded(_ bytes: [UInt8], _ type: ElementType, _ count: Int) -> [Double] {
    var values: [Double] = []
    type.append(count, of: bytes, to: &values)
    return values
  }

  /// Every element of a small type comes back as it was, and what lies between two goes to the nearer one, or to the even one.
  @Test(arguments: ElementType.allCases.filter { $0.bits <= 16 })
  func elementsComeBack(_ type: ElementType) throws {
    let count = 1 << type.bits
    let codes: [UInt8] =
      type.bits == 16
      ? (0..<count).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      : type.isPacked ? packed(count, type.bits) : (0..<count).map { UInt8($0) }
    let values = decoded(codes, type, count)
    #expect(values.count == count)
    let back = encoded(values, type)
    #expect(back.lost == 0)
    let again = decoded(back.bytes, type, count)
    for (value, other) in zip(values, again) {
      #expect(value.bitPattern == other.bitPattern || (value.isNaN && other.isNaN))
    }
    guard type != .bool, type != .float8e8m0 else { return }
    // In the order of the numbers, the middle of two neighbours.
    let order = Array(Set(values.filter(\.isFinite).map { $0 == 0 ? 0 : $0 })).sorted()
    let step = max(1, order.count / 128)
    for place in stride(from: 1, to: order.count, by: step) {
      let (low, high) = (order[place - 1], order[place])
      let middle = low + (high - low) / 2
      let inside = [low + (high - low) / 4, middle, low + (high - low) * 3 / 4]
      let (bytes, lost) = encoded(inside, type)
      let found = decoded(bytes, type, 3)
      #expect(lost == 0 && found[0] == low && found[2] == high)
      #expect(found[1] == low || found[1] == high)
      var even: [UInt8] = []
      _ = type.append([found[1]], to: &even)
      #expect(even[0] & 1 == 0, "\(low) and \(high)")
    }
  }

  private func packed(_ count: Int, _ bits: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (count * bits + 7) / 8)
    for code in 0..<count {
      for bit in 0..<bits where code >> bit & 1 == 1 {
        bytes[(code * bits + bit) / 8] |= 1 << UInt8((code * bits + bit) % 8)
      }
    }
    return bytes
  }

  @Test func whatDoesNotFitIsCounted() {
    #expect(encoded([1e9, -1e9, .nan, 3], .int8).lost == 3)
    #expect(encoded([1e9, -1e9, .nan, 3], .int8).bytes == [127, 128, 0, 3])
    #expect(encoded([-1, 256, 255.4], .uint8).bytes == [0, 255, 255])
    #expect(encoded([1e300, -1e300], .float32).lost == 2)
    #expect(
      decoded(encoded([1e6, -.infinity], .float16).bytes, .float16, 2) == [.infinity, -.infinity])
    #expect(encoded([1e6, -.infinity], .float16).lost == 1)
    #expect(decoded(encoded([1e6, -1e6], .float8e4m3).bytes, .float8e4m3, 2) == [448, -448])
    #expect(decoded(encoded([100, .nan], .float4e2m1).bytes, .float4e2m1, 2) == [6, 0])
    #expect(encoded([0x1p63, 0x1p64], .uint64).bytes.suffix(8).allSatisfy { $0 == 0xFF })
    #expect(encoded([0x1p63], .int64).bytes == [255, 255, 255, 255, 255, 255, 255, 127])
    #expect(encoded([-0x1p63], .int64) == (bytes: [0, 0, 0, 0, 0, 0, 0, 128], lost: 0))
  }
}
