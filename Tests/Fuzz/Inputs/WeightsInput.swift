import NNRBits
import WeightFiles

/// Bytes as a file of weights, or as the part of one that takes most of the reading: the rest is put around them.
struct WeightsInput {
  private let bytes: [UInt8]
  private let form: Int

  /// The first byte chooses what the rest is.
  init(_ bytes: [UInt8]) {
    form = Int(bytes.first ?? 0) % 7
    self.bytes = Array(bytes.dropFirst())
  }

  /// What does not hold, as sentences.
  func broken() -> [String] {
    let file: WeightFile
    do {
      file = try WeightFile.read(MemorySource(content), path: "/nowhere/file")
    } catch {
      return Self.broken("\(error)")
    }
    let mapping = NameMapping.proposed(
      for: file.tensors.prefix(8).map { .init("model." + $0.name, shape: $0.shape) }, in: file)
    return file.remarks.flatMap { Self.broken("x" + $0, isSafe: false) }
      + file.tensors.prefix(64).flatMap { Self.broken(mapping.arranged($0)) }
  }

  /// The whole file.
  private var content: [UInt8] {
    switch form {
    case 1: ZipWriter.archive([("m/data.pkl", bytes), ("m/data/0", Array(0..<64))])
    case 2:
      [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
        + [0x80, 2, 0x4D, 0xE9, 3, 0x2E] + [0x80, 2, 0x7D, 0x2E] + bytes
    case 3: Self.little(bytes.count) + bytes + Array(0..<64)
    case 4: [0x08, 8, 0x12, 1, 0x66, 0x3A] + Self.varint(bytes.count) + bytes
    case 5:
      [0x93] + Array("NUMPY".utf8) + [
        1, 0, UInt8(bytes.count & 0xFF), UInt8(bytes.count >> 8 & 0xFF),
      ]
        + bytes + Array(0..<64)
    case 6: ZipWriter.archive([("a.npy", bytes)], isDeflated: true)
    default: bytes
    }
  }

  private static func little(_ value: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func varint(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F | 0x80)] + varint(value >> 7)
  }

  /// A tensor gives the same elements by blocks of any length, as many as it says, or says why not.
  private static func broken(_ tensor: WeightTensor) -> [String] {
    do {
      let (small, large) = (try elements(tensor, by: 8), try elements(tensor, by: 1 << 10))
      let count = min(tensor.count ?? 0, limit)
      guard small.count == count, large.count == count else {
        return ["\(small.count) and \(large.count) of \(count) elements came"]
      }
      return small.elementsEqual(large, by: { $0.bitPattern == $1.bitPattern })
        ? [] : ["blocks of another length hold other elements"]
    } catch {
      return broken("\(error)")
    }
  }

  /// The most elements that are read of a tensor.
  private static let limit = 1 << 12

  private static func elements(_ tensor: WeightTensor, by length: Int) throws -> [Double] {
    let reader = try tensor.reader()
    var (values, block): ([Double], [Double]) = ([], [])
    repeat {
      try reader.next(length, into: &block)
      values += block
    } while !block.isEmpty && values.count < limit
    return values
  }

  /// A reason is there, and can be printed.
  private static func broken(_ reason: String, isSafe: Bool = true) -> [String] {
    if reason.isEmpty { return ["a reason is empty"] }
    let isPlain = !isSafe || reason.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    return isPlain ? [] : ["a reason holds what cannot be printed"]
  }
}

/// Writes small zip archives whose checksums are right whatever their content.
private enum ZipWriter {
  static func archive(_ members: [(name: String, content: [UInt8])], isDeflated: Bool = false)
    -> [UInt8]
  {
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in members {
      // Deflated content is what it is; the size that it claims is in its last byte.
      let size = isDeflated ? Int(content.last ?? 0) << 6 : content.count
      let method: UInt16 = isDeflated ? 8 : 0
      let sizes = little(checksum(content), 4) + little(content.count, 4) + little(size, 4)
      let fields = little(20, 2) + little(0, 2) + little(Int(method), 2) + little(0, 4) + sizes
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + fields + little(name.utf8.count, 2)
      directory += little(0, 12) + little(bytes.count, 4) + Array(name.utf8)
      bytes += [0x50, 0x4B, 3, 4] + fields + little(name.utf8.count, 2) + little(0, 2)
      bytes += Array(name.utf8) + content
    }
    let end = little(0, 4) + little(members.count, 2) + little(members.count, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6] + end + little(directory.count, 4)
      + little(bytes.count, 4) + little(0, 2)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
}
