import Foundation
import TestSupport
import Testing

/// Streams within videos and images, by every command: they give what the bare files give.
@Suite struct CarriedStreamsTests {
  private static func path(_ name: String) -> String {
    Fixture.folder.path + "/carriage/" + name
  }

  /// The document of a command about the last of the files, without their names.
  private func document(_ arguments: [String]) throws -> NSDictionary {
    let run = try Nnrscope.run(arguments + ["--json"])
    #expect(run.ending == .exit(0))
    var document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    if let files = document["files"] as? [[String: Any]] { document = try #require(files.last) }
    document["file"] = nil
    return document as NSDictionary
  }

  /// Streams by their carrier and name, and the files that they are.
  static let same: [(carried: String, files: [String])] = [
    ("hevc_filters.265#7", ["tca_base"]),
    ("hevc_filters.265#7+1", ["tca_base", "tca_update1"]),
    ("vvc_filters.266#7+2", ["tca_base", "hdsp_update1"]),
    ("avc_ffmpeg.mp4#42", ["d1_sparse"]),
    ("nnr1_items.heif#6", ["tca_base"]),
  ]

  @Test(arguments: same.indices, [["units"], ["syntax"], ["tensors", "--hash"], ["cost"]])
  func areTheBareFiles(_ number: Int, _ command: [String]) throws {
    let (carried, files) = Self.same[number]
    let own = try document(command + [Self.path(carried)])
    #expect(own == (try document(command + files.map { Fixture($0).path })), "\(carried)")
  }

  @Test func severalNetworksAreNoSum() throws {
    let run = try Nnrscope.run(
      "export", Self.path("hevc_filters.265"), "--accumulate", "-o", "/dev/null", "--format",
      "safetensors")
    #expect(run.ending == .exit(2))
    #expect(String(decoding: run.errors, as: UTF8.self).contains("3 networks, not one"))
  }

  @Test func aStreamThatIsNotThereIsTold() throws {
    let run = try Nnrscope.run("units", Self.path("hevc_filters.265#99"))
    #expect(run.ending == .exit(3))
    #expect(
      String(decoding: run.errors, as: UTF8.self).contains("it has #7 #7+1 #7+2 #42 #44+1"))
  }
}

/// A table does not show what is missing, so that it is said on standard error.
@Suite struct CutFileTests {
  @Test(arguments: [
    ["units"], ["syntax"], ["tensors"], ["cost"], ["report", "-o", "/dev/null"],
    ["export", "-o", "/dev/null", "--format", "safetensors"],
  ]) func whatIsMissingIsSaid(_ command: [String]) throws {
    let whole = try Fixture("mlp_iris").bytes()
    let file = try TemporaryFile(Array(whole.prefix(150)))
    let run = try Nnrscope.run([command[0], file.path] + command.dropFirst())
    #expect(run.ending == .exit(1))
    #expect(String(decoding: run.errors, as: UTF8.self).contains("bytes are left"))
  }
}
