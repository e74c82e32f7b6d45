import Foundation
import NNRBits
import TestSupport
import Testing

@testable import WeightFiles

/// The files that real tools wrote, against the values that numpy reads in them, to the last bit.
@Suite struct OriginalsTests {
  /// What a file holds, from `values.json`.
  struct Expected: Sendable, CustomTestStringConvertible {
    let file: String
    let tensors: [String: (shape: [Int], values: [Double])]
    let refused: [String]

    var testDescription: String { file }
  }

  static let folder = Fixture.folder.appending(path: "Weights")

  static func path(_ file: String) -> String { folder.appending(path: file).path }

  static let files: [Expected] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "values.json")),
      case .object(let files)? = try? JSONReader.value([UInt8](data)[...])["files"]
    else { return [] }
    return files.map { file in
      var tensors: [String: (shape: [Int], values: [Double])] = [:]
      if case .object(let members)? = file.value["tensors"] {
        for member in members { tensors[member.name] = tensor(member.value) }
      }
      return Expected(file: file.name, tensors: tensors, refused: texts(file.value["refused"]))
    }
  }()

  private static func texts(_ value: JSONValue?) -> [String] {
    guard case .array(let members)? = value else { return [] }
    return members.compactMap { member in
      if case .text(let text) = member { return text }
      return nil
    }
  }

  private static func tensor(_ value: JSONValue) -> (shape: [Int], values: [Double])? {
    guard case .array(let sides)? = value["shape"], case .text(let text)? = value["values"],
      let data = Data(base64Encoded: text)
    else { return nil }
    let shape = sides.compactMap { side -> Int? in
      if case .integer(let side) = side { return side }
      return nil
    }
    let values = stride(from: 0, to: data.count, by: 8).map { place in
      Double(
        bitPattern: data[place..<place + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    return (shape, values)
  }

  /// Bit patterns, with one for all that is no number.
  private static func bits(_ values: [Double]) -> [UInt64] {
    values.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
  }

  @Test func allFilesAreListed() {
    #expect(Self.files.count == 20)
    #expect(Self.files.contains { $0.file == "dict.pt" && $0.tensors.count > 20 })
  }

  @Test(arguments: files) func agreesWithNumpy(_ expected: Expected) throws {
    let file = try WeightFile.open(Self.path(expected.file))
    #expect(Set(file.names) == Set(expected.tensors.keys).union(expected.refused))
    for (name, wanted) in expected.tensors {
      let tensor = try #require(file[name])
      #expect(tensor.problem == nil && tensor.shape == wanted.shape, "\(name)")
      let whole = try tensor.data().doubles
      #expect(Self.bits(whole) == Self.bits(wanted.values), "\(name)")
      // The same by blocks that do not divide the sides.
      let reader = try tensor.reader()
      var (values, block): ([Double], [Double]) = ([], [])
      repeat {
        try reader.next(5, into: &block)
        values += block
      } while !block.isEmpty
      #expect(Self.bits(values) == Self.bits(wanted.values), "\(name) by blocks")
    }
    for name in expected.refused {
      let tensor = try #require(file[name])
      #expect(tensor.problem != nil)
      #expect(throws: TensorFileError.self) { try tensor.reader() }
    }
  }

  @Test func remarksSayWhatWasChosenAndWhatIsOne() throws {
    #expect(
      try WeightFile.open(Self.path("nested.pth")).remarks
        == ["the tensors stand under the key model.state_dict"])
    #expect(
      try WeightFile.open(Self.path("dict.pt")).remarks.contains(
        "one tensor has the names tied, twin"))
    #expect(
      try WeightFile.open(Self.path("module.pt")).remarks
        == ["one tensor has the names 0.bias, 1.1.bias"])
  }

  @Test func keysChoose() throws {
    #expect(
      throws: TensorFileError.choice(
        "several dicts of tensors: first, second; choose one with FILE:KEY")
    ) { try WeightFile.open(Self.path("two-dicts.pt")) }
    #expect(
      throws: TensorFileError.choice(
        "nothing stands under the key third; there are first, second")
    ) { try WeightFile.open(Self.path("two-dicts.pt:third")) }
    #expect(throws: TensorFileError.self) { try WeightFile.open(Self.path("arrays.npz:first")) }
    let deep = try WeightFile.open(Self.path("nested.pth:model.state_dict.w.x"))
    #expect(deep.isSingle && deep.tensors.map(\.shape) == [[2]])
  }

  /// A file that was cut at any byte: an error, or tensors that say what is wrong with them; never other values.
  @Test(arguments: ["dict.pt", "legacy.pt", "types.safetensors", "arrays.npz", "fields.onnx"])
  func cutFilesAreToldApart(_ name: String) throws {
    let whole = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    let expected = try #require(Self.files.first { $0.file == name })
    for count in stride(from: 0, to: whole.count, by: 37) {
      let source = MemorySource(Array(whole.prefix(count)))
      guard let file = try? WeightFile.read(source, path: name) else { continue }
      for tensor in file.tensors {
        guard let values = try? tensor.data().doubles else { continue }
        #expect(expected.tensors[tensor.name].map { Self.bits($0.values) } == Self.bits(values))
      }
    }
  }
}
