import NNRBits

/// SHA-256 of tensors, in the form of the ground truth: little-endian, C order.
public struct ContentHash: Sendable {
  private var hash = SHA2<UInt32>()
  private var words: [UInt32] = []

  /// The hash of nothing yet.
  public init() {}

  /// Adds integers as 32-bit words.
  public mutating func update(_ levels: some Collection<Int32>) {
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: levels.lazy.map { UInt32(bitPattern: $0).littleEndian })
    words.withUnsafeBytes { hash.update($0) }
  }

  /// Adds weights as 32-bit floats.
  public mutating func update(_ floats: [Float]) {
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: floats.lazy.map { $0.bitPattern.littleEndian })
    words.withUnsafeBytes { hash.update($0) }
  }

  /// The hash in hexadecimal digits.
  public func hex() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var whole = hash
    let text = whole.finish().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

extension ContentHash {
  /// The hash of bytes of a source, read piece by piece; nil if they cannot be had.
  public static func hex(of source: any ByteSource, _ bytes: Range<Int>) -> String? {
    var hash = ContentHash()
    var place = bytes.lowerBound
    while place < bytes.upperBound {
      let end = min(place + (1 << 20), bytes.upperBound)
      guard let piece = try? source.read(place..<end), !piece.isEmpty else { return nil }
      piece.withUnsafeBytes { hash.hash.update($0) }
      place += piece.count
    }
    return hash.hex()
  }
}
