import Testing

@testable import NNRModel

/// The hash functions give the vectors of FIPS 180-4, and the values of another implementation for every padding.
@Suite struct SHA2Tests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test func vectors() {
    let message = Array("abc".utf8)
    #expect(
      hex(SHA2<UInt32>.hash(message))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(SHA2<UInt64>.hash(message))
        == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")
  }

  /// The hashes of the first 0 to 299 bytes of a message, hashed together piece by piece; the values are those of Python.
  private func chained<Word>(_ hash: SHA2<Word>) -> String {
    var (hash, message) = (hash, [UInt8]())
    for byte in 0..<300 {
      SHA2<Word>.hash(message).withUnsafeBytes { hash.update($0) }
      message.append(UInt8(truncatingIfNeeded: byte * 7 + 3))
    }
    return hex(hash.finish())
  }

  @Test func everyPadding() {
    #expect(
      chained(SHA2<UInt32>())
        == "7b074096cabb18dd0d1b468a173cb2f97f80e952525bca29542e606fd6d0753a")
    #expect(
      chained(SHA2<UInt64>())
        == "ef606bab51d67f7cb5a90635c7fcde9f432e07fcdf712be07573dfce3f71136c"
        + "5e01c111214f5e2038133624ee53638b903fa4383bcee60d1b5aa63a5aac7c77")
  }
}
