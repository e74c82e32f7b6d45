/// The codecs whose byte streams carry post-filters (format reference 13.1).
public enum VideoCodec: String, Sendable, CaseIterable {
  case avc, hevc, vvc

  /// What is known of a NAL unit from its first bytes.
  struct Header {
    /// nal_unit_type.
    let type: Int
    /// The bytes of the header.
    let size: Int
    /// Whether forbidden bits are set, or temporal_id_plus1 is 0.
    let isForbidden: Bool
  }

  /// Reads the header of a NAL unit; nil for fewer bytes than it takes.
  func header(_ head: [UInt8]) -> Header? {
    switch self {
    case .avc:
      guard let first = head.first else { return nil }
      let type = Int(first & 0x1f)
      guard [14, 20, 21].contains(type) else {
        return Header(type: type, size: 1, isForbidden: first & 0x80 != 0)
      }
      guard head.count > 1 else { return nil }
      let isShort = type == 21 && head[1] & 0x80 != 0
      return Header(type: type, size: isShort ? 3 : 4, isForbidden: first & 0x80 != 0)
    case .hevc:
      guard head.count > 1 else { return nil }
      return Header(
        type: Int(head[0] >> 1 & 0x3f), size: 2,
        isForbidden: head[0] & 0x80 != 0 || head[1] & 7 == 0)
    case .vvc:
      guard head.count > 1 else { return nil }
      return Header(
        type: Int(head[1] >> 3), size: 2, isForbidden: head[0] & 0x80 != 0 || head[1] & 7 == 0)
    }
  }

  /// Whether a NAL unit of a type holds SEI messages.
  func isSEI(_ type: Int) -> Bool {
    switch self {
    case .avc: type == 6
    case .hevc: type == 39 || type == 40
    case .vvc: type == 23 || type == 24
    }
  }

  /// Whether SEI messages of a NAL unit type stand behind their picture.
  func isSuffix(_ type: Int) -> Bool {
    switch self {
    case .avc: false
    case .hevc: type == 40
    case .vvc: type == 24
    }
  }

  /// Whether a NAL unit of a type is a slice.
  func isSlice(_ type: Int) -> Bool {
    switch self {
    case .avc: (1...5).contains(type)
    case .hevc: type <= 31
    case .vvc: type <= 11
    }
  }

  /// Whether a NAL unit of a type, seen behind a slice, begins an access unit.
  func beginsAccessUnit(_ type: Int, _ head: [UInt8]) -> Bool {
    switch self {
    case .avc:
      // first_mb_in_slice is 0 where the bit behind the header is 1.
      if isSlice(type) { return head.count > 1 && head[1] & 0x80 != 0 }
      return (6...9).contains(type) || (14...18).contains(type)
    case .hevc:
      if isSlice(type) { return head.count > 2 && head[2] & 0x80 != 0 }
      return (32...35).contains(type) || type == 39 || (41...44).contains(type)
        || (48...55).contains(type)
    case .vvc:
      // A picture header of its own, or one within the slice header.
      if isSlice(type) { return head.count > 2 && head[2] & 0x80 != 0 }
      return (12...17).contains(type) || (19...20).contains(type) || type == 23
    }
  }

  /// How much the first bytes of a NAL unit speak for a codec: parameter sets tell.
  private func speaks(for head: [UInt8]) -> Bool {
    guard head.count > 1 else { return false }
    switch self {
    case .avc:
      let type = head[0] & 0x1f
      guard head[0] & 0x80 == 0 else { return false }
      return type == 7
        ? [66, 77, 88, 100, 110, 122, 244, 44, 118, 128, 86, 83].contains(head[1])
        : type == 8 && head[0] & 0x60 != 0
    case .hevc: return head[1] == 1 && [0x40, 0x42, 0x44].contains(head[0])
    case .vvc: return head[0] == 0 && [0x71, 0x79, 0x81].contains(head[1])
    }
  }

  /// The codec that the first NAL units of a stream speak for; nil if none does.
  static func told(by heads: [[UInt8]]) -> VideoCodec? {
    let scores = allCases.map { codec in (codec, heads.count { codec.speaks(for: $0) }) }
    return scores.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
  }
}
