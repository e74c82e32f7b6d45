import NNRBits
import NNRCarriage
import NNRReport
import TestSupport

/// Bytes as a video or a file of boxes, or as the message or the boxes within one.
struct CarrierInput {
  private let bytes: [UInt8]
  private let form: Int

  /// The first byte chooses what the rest is.
  init(_ bytes: [UInt8]) {
    form = Int(bytes.first ?? 0) % 4
    self.bytes = Array(bytes.dropFirst())
  }

  /// What does not hold, as sentences.
  func broken() -> [String] {
    let file = MemorySource(content)
    guard let carriage = try? Carriage.read(file) else { return [] }
    let document = CarrierDocument(file: "file", size: file.count, carriage, listsAll: true)
    var json = JSONWriter()
    document.write(to: &json)
    var problems: [String] = []
    if document.rows.count != carriage.messages.count + carriage.items.count {
      problems.append("\(document.rows.count) rows for all messages and items")
    }
    for message in carriage.messages {
      if message.end > file.count || message.offset > message.end {
        problems.append("a message from \(message.offset) to \(message.end) of \(file.count) bytes")
      }
      for field in message.fields where field.bits.end > message.payload.count * 8 {
        problems.append("\(field.name) ends at bit \(field.bits.end) of its payload")
      }
    }
    for finding in carriage.allFindings where finding.message.isEmpty {
      problems.append("\(finding.rule.id) says nothing")
    }
    for stream in carriage.streams.joined().prefix(16) { problems += broken(stream, in: file) }
    return problems
  }

  /// Each byte of a stream is one of the file and leads back to itself, however it is read.
  private func broken(_ stream: CarriedStream, in file: MemorySource) -> [String] {
    let source = stream.source
    guard source.count <= content.count, let whole = try? source.read(0..<source.count) else {
      // Items may take the same bytes again and again.
      return source.count <= 1 << 24 || stream.item != nil ? [] : ["\(stream.name) is too long"]
    }
    guard whole.count == source.count else { return ["\(stream.name) is shorter than it says"] }
    for byte in stride(from: 0, to: source.count, by: max(1, source.count / 64)) {
      guard let place = source.fileOffset(of: byte), let there = try? file.read(place..<place + 1),
        there == [whole[byte]]
      else { return ["byte \(byte) of \(stream.name) is not where it is said to be"] }
      if stream.item == nil, source.byte(atFileOffset: place) != byte {
        return ["byte \(byte) of \(stream.name) is not found again"]
      }
    }
    return stream.item == nil || stream.source.count < 1 << 12
      ? StreamInvariants.broken(in: whole) : []
  }

  /// The whole file.
  private var content: [UInt8] {
    switch form {
    case 1: Self.head + [0, 0, 1, 0x4E, 1, 210] + Self.size(bytes.count) + bytes + [0x80]
    case 2: Self.box("ftyp", Array("mif1\0\0\0\0".utf8)) + bytes
    case 3:
      Self.box("ftyp", Array("mif1\0\0\0\0".utf8)) + Self.box("meta", [0, 0, 0, 0] + bytes)
    default: bytes
    }
  }

  /// A parameter set of HEVC, by which the codec is told.
  private static let head: [UInt8] = [
    0, 0, 0, 1, 0x40, 1, 0x0C, 1, 0xFF, 0xFF, 1, 0x60, 0, 0, 0, 1, 0x42, 1, 1, 1, 0x60, 0x80,
    0, 0, 1, 0x44, 1, 0xC1, 0x72, 0xB4, 0x62, 0x40,
  ]

  private static func size(_ count: Int) -> [UInt8] {
    [UInt8](repeating: 255, count: count / 255) + [UInt8(count % 255)]
  }

  private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let size = content.count + 8
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } + Array(type.utf8) + content
  }
}
