/// Reads a safetensors file from untrusted bytes.
///
/// As the format demands, the tensors must fill the data exactly: no gap, no overlap, nothing outside, and sizes that follow
/// from shape and type.
public struct SafetensorsArchive: Sendable {
  /// The most bytes of a header, as in the reference implementation.
  public static let headerLimit = 100_000_000

  /// The tensors in the order of the header.
  public let entries: [SafetensorsEntry]
  /// What `__metadata__` holds.
  public let metadata: [String: String]

  private let bytes: [UInt8]
  private let ranges: [Range<Int>]
  private let places: [String: Int]

  /// An archive of `bytes`; throws `TensorFileError`.
  public init(_ bytes: [UInt8]) throws(TensorFileError) {
    self.bytes = bytes
    let reader = ByteCursor(bytes[...])
    guard let announced = reader.integer(UInt64.self, at: 0) else {
      throw TensorFileError.truncated
    }
    // A length beyond the file, or no object behind it: any other file, before one that is damaged.
    guard reader.byte(at: 8) == UInt8(ascii: "{"),
      announced <= UInt64(max(Self.headerLimit, bytes.count - 8))
    else { throw TensorFileError.notThisFormat("safetensors") }
    guard announced <= UInt64(Self.headerLimit) else { throw TensorFileError.tooLarge }
    guard let text = reader.slice(8, count: Int(announced)) else { throw TensorFileError.truncated }
    let header: JSONValue
    do throws(JSONError) {
      header = try JSONReader.value(text)
    } catch {
      throw TensorFileError.malformed("header, byte \(error.offset): \(error.reason)")
    }
    guard case .object(let members) = header else { throw TensorFileError.malformed("no object") }
    let dataStart = 8 + Int(announced)
    var entries: [SafetensorsEntry] = []
    var ranges: [Range<Int>] = []
    var metadata: [String: String] = [:]
    for member in members {
      if member.name == "__metadata__" {
        guard case .object(let texts) = member.value else {
          throw TensorFileError.malformed("__metadata__ is no object")
        }
        for text in texts {
          guard case .text(let value) = text.value else {
            throw TensorFileError.malformed("__metadata__ holds something that is no text")
          }
          metadata[text.name] = value
        }
        continue
      }
      let (entry, range) = try Self.entry(member, dataCount: bytes.count - dataStart)
      entries.append(entry)
      ranges.append(dataStart + range.lowerBound..<dataStart + range.upperBound)
    }
    var end = dataStart
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard range.lowerBound == end else {
        throw TensorFileError.malformed("tensors overlap or leave a gap")
      }
      end = range.upperBound
    }
    guard end == bytes.count else {
      throw TensorFileError.malformed("data that belongs to no tensor")
    }
    self.entries = entries
    self.ranges = ranges
    self.metadata = metadata
    places = Dictionary(
      entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func entry(
    _ member: JSONMember, dataCount: Int
  ) throws(TensorFileError) -> (SafetensorsEntry, Range<Int>) {
    guard case .text(let code)? = member.value["dtype"],
      let shape = integers(member.value["shape"]), shape.count <= 64,
      let offsets = integers(member.value["data_offsets"]), offsets.count == 2
    else { throw TensorFileError.malformed("an entry without dtype, shape or data_offsets") }
    guard let element = ElementType.allCases.first(where: { $0.safetensorsCode == code }) else {
      throw TensorFileError.unsupported("elements of type \(code.prefix(16))")
    }
    guard offsets[0] <= offsets[1], offsets[1] <= dataCount else {
      throw TensorFileError.malformed("a tensor outside the data")
    }
    guard let count = ElementCount.of(shape),
      case let (size, overflow) = count.multipliedReportingOverflow(by: element.size), !overflow,
      size == offsets[1] - offsets[0]
    else { throw TensorFileError.malformed("a tensor whose shape does not fit its data") }
    let entry = SafetensorsEntry(name: member.name, shape: shape, element: element)
    return (entry, offsets[0]..<offsets[1])
  }

  private static func integers(_ value: JSONValue?) -> [Int]? {
    guard case .array(let elements)? = value else { return nil }
    var result: [Int] = []
    for element in elements {
      guard case .integer(let number) = element, number >= 0 else { return nil }
      result.append(number)
    }
    return result
  }

  /// The tensor `name`; nil if there is none.
  public func tensor(named name: String) throws(TensorFileError) -> TensorData? {
    guard let place = places[name] else { return nil }
    let entry = entries[place]
    return try TensorData(
      shape: entry.shape, element: entry.element, bytes: Array(bytes[ranges[place]]))
  }
}
