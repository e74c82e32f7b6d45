import NNRBits
import NNRReport
import TestSupport
import Testing
import WeightFiles

@Suite struct SafetensorsTests {
  private func file(_ header: String, data: Int) -> [UInt8] {
    let text = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
      + (0..<data).map { UInt8(truncatingIfNeeded: $0) }
  }

  private func read(_ bytes: [UInt8]) throws -> WeightFile {
    try WeightFile.read(MemorySource(bytes), path: "m.safetensors")
  }

  @Test func roundTrip() throws {
    let folder = try TemporaryFolder()
    let writer = try SafetensorsWriter(
      path: folder.file("m.safetensors"),
      entries: [
        SafetensorsEntry(name: "w\"é", shape: [2, 2], element: .float32),
        SafetensorsEntry(name: "empty", shape: [0, 3], element: .int32),
        SafetensorsEntry(name: "scalar", shape: [], element: .float64),
      ], metadata: ["format": "pt"])
    try writer.append([Float(1), 2, 3])
    try writer.append([Float(4)])
    try writer.append([0.1])
    try writer.finish()
    let bytes = try folder.bytes("m.safetensors")
    #expect(bytes[0] % 8 == 0)
    let archive = try read(bytes)
    #expect(archive.metadata.map(\.key) == ["format"] && archive.metadata.map(\.text) == ["pt"])
    #expect(archive.names == ["w\"é", "empty", "scalar"])
    #expect(try archive.tensor(named: "w\"é")?.floats == [1, 2, 3, 4])
    #expect(try archive.tensor(named: "empty")?.count == 0)
    #expect(try archive.tensor(named: "scalar")?.doubles == [0.1])
    #expect(try archive.tensor(named: "x") == nil)
  }

  @Test func readsOtherTypes() throws {
    let bytes =
      file(
        #"{"b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},"a":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}}"#,
        data: 0) + [0xFF, 0x01, 0xC0, 0x3F]
    let archive = try read(bytes)
    #expect(try archive.tensor(named: "a")?.int32s == [-1, 1])
    #expect(try archive.tensor(named: "b")?.doubles == [1.5])
  }

  /// What is wrong with one tensor costs that tensor alone; the other one is read.
  @Test(arguments: [
    #""shape":[3],"data_offsets":[0,2]"#, #""shape":[2],"data_offsets":[2,0]"#,
    #""shape":[-2],"data_offsets":[0,2]"#, #""shape":[2],"data_offsets":[5,7]"#,
    #""shape":[4611686018427387904,4],"data_offsets":[0,2]"#, #""shape":[2],"data_offsets":[0,2]"#,
    #""shape":[2],"data_offsets":[0,9223372036854775807]"#, #""shape":[2],"data_offsets":[0]"#,
    #""shape":2,"data_offsets":[0,2]"#, #""shape":[2]"#, #""data_offsets":[0,2]"#,
  ])
  func oneBadTensorCostsItself(entry: String) throws {
    let header =
      #"{"a":{"dtype":"U8",\#(entry)},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
    let archive = try read(file(header, data: 3))
    #expect(archive["a"]?.problem != nil && archive["b"]?.problem == nil)
    #expect(try archive.tensor(named: "b")?.doubles == [0])
  }

  @Test func typesThatAreNotKnownAreNamed() throws {
    let header =
      #"{"a":{"dtype":"X9","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}"#
    let archive = try read(file(header, data: 3))
    #expect(archive["a"]?.problem == .unsupported("elements of type X9"))
    #expect(try archive.tensor(named: "b")?.doubles == [2])
  }

  @Test func surplusAndCutDataAreTold() throws {
    let header = #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#
    #expect(try read(file(header, data: 5)).remarks == ["3 bytes of the file belong to no tensor"])
    let cut = try read(file(header, data: 2))
    #expect(cut["a"]?.problem == .truncated)
    #expect(cut.remarks.last == "the file ends 1 byte too early")
  }

  @Test(arguments: [#"{"__metadata__":{"a":1}}"#, #"{"__metadata__":1}"#, "{", #"{"a":1,"a":2}"#])
  func refusesHostileHeaders(header: String) {
    #expect(throws: TensorFileError.self) { try read(file(header, data: 0)) }
  }

  @Test func hugeHeadersAreRefused() {
    let announced = [UInt8](repeating: 0xFF, count: 8)
    #expect(throws: TensorFileError.foreign(nil)) { try read(announced + [0x7B]) }
    #expect(throws: TensorFileError.foreign(.text)) { try read(Array("import numpy\n".utf8)) }
    #expect(throws: TensorFileError.foreign(nil)) { try read(file("[]", data: 0)) }
    // What begins like one and ends within its header is damaged, not another file.
    #expect(throws: TensorFileError.truncated) { try read([9, 0, 0, 0, 0, 0, 0, 0, 0x7B]) }
    #expect(throws: TensorFileError.foreign(nil)) { try read([1, 2]) }
  }

  @Test func misuseIsAnError() throws {
    let folder = try TemporaryFolder()
    let entry = SafetensorsEntry(name: "a", shape: [2], element: .float32)
    #expect(throws: ExportError.invalidName("a")) {
      try SafetensorsWriter(path: folder.file("x"), entries: [entry, entry])
    }
    let writer = try SafetensorsWriter(path: folder.file("x"), entries: [entry])
    #expect(throws: ExportError.wrongType(expected: .float32, got: .int32)) {
      try writer.append([Int32(1)])
    }
    #expect(throws: ExportError.wrongCount(expected: 2, got: 3)) {
      try writer.append([Float(1), 2, 3])
    }
    #expect(throws: ExportError.wrongCount(expected: 2, got: 0)) { try writer.finish() }
  }
}
