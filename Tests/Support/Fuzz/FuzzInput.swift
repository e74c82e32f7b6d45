import Foundation
import NNRBits
import NNRModel

/// What fuzz targets and the replay of their finds do with an input.
public enum FuzzInput {
  /// Bytes as a stream: opened, parsed in two orders, every invariant checked.
  ///
  /// Returns the invariants that are broken.
  public static func parse(_ bytes: [UInt8]) -> [String] { StreamInvariants.broken(in: bytes) }

  /// Where the finds of earlier runs are kept, a folder for each target.
  public static let regressions = Fixture.folder.deletingLastPathComponent()
    .appending(path: "Fuzz/Regressions")

  /// The finds of earlier runs of `target`: their names and bytes.
  public static func regressions(of target: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = regressions.appending(path: target)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.sorted().map { name in
        (name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
      }
  }
}
