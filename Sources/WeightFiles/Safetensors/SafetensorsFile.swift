import NNRBits

/// The safetensors format, version 0.8: a JSON header and the elements behind it.
///
/// The header is checked as the format demands, but what is wrong with one tensor costs that tensor alone: a type that is not
/// known, a shape that does not fit, bytes outside the file (of a download that was cut) or shared with another tensor.
enum SafetensorsFile: WeightFormat {
  static let name = "safetensors"
  /// The most bytes of a header, as in the reference implementation.
  static let headerLimit = 100_000_000

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    let source = file.source
    guard source.count >= 8 else { throw .truncated }
    let start = ByteCursor(try source.bytes(0..<min(9, source.count)))
    guard let announced = start.integer(UInt64.self, at: 0) else { throw .truncated }
    // A length beyond the file, or no object behind it: any other file, before one that is damaged.
    guard start.byte(at: 8) == UInt8(ascii: "{"),
      announced <= UInt64(max(headerLimit, source.count - 8))
    else { throw .notThisFormat(name) }
    guard announced <= UInt64(headerLimit) else { throw .tooLarge }
    guard Int(announced) <= source.count - 8 else { throw .truncated }
    let dataStart = 8 + Int(announced)
    let header: JSONValue
    do throws(JSONError) {
      header = try JSONReader.value(headerText(source, dataStart)[...])
    } catch {
      throw .malformed("header, byte \(error.offset): \(error.reason)")
    }
    guard case .object(let members) = header else { throw .malformed("no object") }
    var reading = SafetensorsReading(source, dataStart: dataStart)
    for member in members where member.name != "__metadata__" { reading.add(member) }
    let metadata = try metadata(header["__metadata__"])
    var tensors = reading.tensors()
    let twins = Self.twins(metadata, of: tensors)
    tensors += twins
    return WeightFile(
      format: name, tensors, remarks: reading.remarks, metadata: metadata)
  }

  /// Read apart from its parsing, whose errors are of another type; what cannot be read is empty text, which is no JSON.
  private static func headerText(_ source: any ByteSource, _ end: Int) -> [UInt8] {
    (try? source.bytes(8..<end)) ?? []
  }

  private static func metadata(_ value: JSONValue?) throws(TensorFileError)
    -> [(key: String, text: String)]
  {
    guard let value else { return [] }
    guard case .object(let texts) = value else { throw .malformed("__metadata__ is no object") }
    var result: [(key: String, text: String)] = []
    for text in texts {
      guard case .text(let value) = text.value else {
        throw .malformed("__metadata__ holds something that is no text")
      }
      result.append((text.name, value))
    }
    return result
  }

  /// Names that are not in the file but in its metadata, as those of tensors that share their elements with one that is.
  private static func twins(_ metadata: [(key: String, text: String)], of tensors: [WeightTensor])
    -> [WeightTensor]
  {
    guard !metadata.isEmpty else { return [] }
    let places = Dictionary(
      tensors.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return metadata.compactMap { key, text in
      guard places[key] == nil, let place = places[text] else { return nil }
      return tensors[place].named(key, twin: text)
    }
  }
}

/// The tensors of a header while it is read.
private struct SafetensorsReading {
  /// A tensor before it is known whether it shares bytes with another.
  private struct Entry {
    var name: String
    var shape: [Int]
    var type: String
    var range: Range<Int>
    var layout: Result<TensorLayout, TensorFileError>
  }

  private let source: any ByteSource
  private let dataStart: Int
  private var entries: [Entry] = []
  /// What is wrong with the file as a whole.
  private(set) var remarks: [String] = []

  init(_ source: any ByteSource, dataStart: Int) {
    self.source = source
    self.dataStart = dataStart
  }

  mutating func add(_ member: JSONMember) {
    var entry = Entry(
      name: member.name, shape: [], type: "unknown", range: 0..<0,
      layout: .failure(.malformed("an entry without dtype, shape or data_offsets")))
    defer { entries.append(entry) }
    guard case .text(let code)? = member.value["dtype"],
      let shape = Self.integers(member.value["shape"]), shape.count <= 64,
      let offsets = Self.integers(member.value["data_offsets"]), offsets.count == 2
    else { return }
    entry.shape = shape
    entry.type = code
    guard offsets[0] <= offsets[1], offsets[1] <= Int.max - dataStart else {
      entry.layout = .failure(.malformed("a tensor outside the data"))
      return
    }
    entry.range = dataStart + offsets[0]..<dataStart + offsets[1]
    entry.layout = layout(code, shape, entry.range)
    if code == "C64" { entry.shape.append(2) }
  }

  private func layout(_ code: String, _ shape: [Int], _ range: Range<Int>)
    -> Result<TensorLayout, TensorFileError>
  {
    let isComplex = code == "C64"
    let found = ElementType.allCases.first { $0.safetensorsCode == code }
    guard let element = isComplex ? .float32 : found else {
      return .failure(.unsupported("elements of type \(code.prefix(16))"))
    }
    guard range.upperBound <= source.count else { return .failure(.truncated) }
    do throws(TensorFileError) {
      let shape = isComplex ? shape + [2] : shape
      guard let count = ElementCount.of(shape), element.bytes(of: count) == range.count else {
        throw .malformed("a tensor whose shape does not fit its data")
      }
      return .success(try TensorLayout(ElementBytes(source, range), element, shape: shape))
    } catch {
      return .failure(error)
    }
  }

  /// The tensors; those that begin within another one cannot be told from damage.
  mutating func tensors() -> [WeightTensor] {
    var end = dataStart
    var last = ""
    var unused = 0
    let order = entries.indices.sorted {
      let (left, right) = (entries[$0].range, entries[$1].range)
      return (left.lowerBound, left.upperBound) < (right.lowerBound, right.upperBound)
    }
    for place in order where !entries[place].range.isEmpty {
      let range = entries[place].range
      if range.lowerBound < end {
        entries[place].layout = .failure(.malformed("it shares bytes with \(last)"))
      } else {
        unused += range.lowerBound - end
        last = entries[place].name
      }
      end = max(end, range.upperBound)
    }
    unused += max(0, source.count - end)
    if unused > 0 { remarks.append("\(Self.bytes(unused)) of the file belong to no tensor") }
    if end > source.count {
      remarks.append("the file ends \(Self.bytes(end - source.count)) too early")
    }
    return entries.map {
      WeightTensor(
        $0.name, shape: $0.shape, type: $0.type, isComplex: $0.type == "C64", $0.layout)
    }
  }

  private static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  private static func integers(_ value: JSONValue?) -> [Int]? {
    guard case .array(let elements)? = value else { return nil }
    var result: [Int] = []
    for element in elements {
      guard case .integer(let number) = element, number >= 0 else { return nil }
      result.append(number)
    }
    return result
  }
}
