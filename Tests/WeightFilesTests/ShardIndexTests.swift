import Foundation
import NNRBits
import Testing

@testable import WeightFiles

/// Models in several files.
@Suite struct ShardIndexTests {
  /// A folder with an index beside a folder that is not to be read.
  private final class Place {
    let root = FileManager.default.temporaryDirectory.appending(path: "shards-\(UUID().uuidString)")
    let model: URL

    init() throws {
      model = root.appending(path: "model")
      try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// A file with one tensor, whose element is `value`.
    func write(_ file: String, tensor: String, value: UInt8) throws {
      let header = Array(#"{"\#(tensor)":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#.utf8)
      let bytes = [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + [value]
      try Data(bytes).write(to: root.appending(path: file))
    }

    func open(_ map: String) throws -> WeightFile {
      let index = model.appending(path: "index.json")
      try Data(#"{"weight_map":{\#(map)}}"#.utf8).write(to: index)
      return try WeightFile.open(index.path)
    }
  }

  @Test func tensorsComeFromTheirFiles() throws {
    let place = try Place()
    try place.write("model/one", tensor: "a", value: 1)
    try place.write("model/two", tensor: "b", value: 2)
    let file = try place.open(#""b":"two","a":"one","c":"one","d":"three""#)
    #expect(file.names == ["b", "a", "c", "d"])
    #expect(try file.tensor(named: "a")?.doubles == [1])
    #expect(try file.tensor(named: "b")?.doubles == [2])
    // What is not there costs itself alone.
    #expect(file["c"]?.problem == .malformed("one does not have it"))
    #expect("\(file["d"]?.problem.map { "\($0)" } ?? "")".contains("three: No such file"))
  }

  @Test(arguments: ["../other", "/etc/hostname", "./one", "a//b", "..", "", "link", "index.json"])
  func onlyFilesBelowTheFolderAreRead(_ name: String) throws {
    let place = try Place()
    try place.write("other", tensor: "a", value: 1)
    try place.write("model/one", tensor: "a", value: 1)
    try FileManager.default.createSymbolicLink(
      at: place.model.appending(path: "link"),
      withDestinationURL: place.root.appending(path: "other"))
    let file = try place.open(#""a":"\#(name)""#)
    #expect(file["a"]?.problem != nil)
  }

  @Test func severalFilesAreOne() throws {
    let place = try Place()
    try place.write("one", tensor: "a", value: 1)
    try place.write("two", tensor: "a", value: 2)
    try place.write("three", tensor: "b", value: 3)
    let files = try ["one", "two", "three"].map {
      try WeightFile.open(place.root.appending(path: $0).path)
    }
    let joined = WeightFile.joined(files)
    #expect(
      joined.names == ["a", "b"] && joined.remarks == ["a is there twice; the first one counts"])
    #expect(try joined.tensor(named: "a")?.doubles == [1])
  }

  @Test func brokenIndexesAreRefused() throws {
    let place = try Place()
    #expect(throws: TensorFileError.self) { try place.open(#""a":1"#) }
    #expect(throws: TensorFileError.self) { try place.open(#""a":"#) }
  }
}
