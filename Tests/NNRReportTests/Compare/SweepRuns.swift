import Foundation
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import WeightFiles

/// The runs of the sweep among the fixtures.
enum SweepRuns {
  static let folder = Fixture.folder.appending(path: "Sweep")

  /// A run that is opened from memory.
  static func source(_ name: String) -> RunSource {
    RunSource(name) {
      let data = try Data(contentsOf: folder.appending(path: "\(name).nnc"))
      return (Session([(MemorySource([UInt8](data)), name)]), 0)
    }
  }

  /// The original.
  static func original() throws -> WeightFile {
    try WeightFile.open(folder.appending(path: "original.npz").path)
  }

  /// Runs side by side.
  static func comparison(_ names: String...) throws -> RunComparison {
    let found = RunQueue.all(names.map(source), against: try original(), threads: 2)
    return RunComparison(try found.map { try $0.get() }, isAgainst: true)
  }
}
