import Foundation
import FuzzInputs
import Testing

/// What fuzzing found once stays right.
@Suite struct FuzzRegressionTests {
  @Test(arguments: FuzzTarget.allCases) func findsStayFixed(_ target: FuzzTarget) throws {
    let finds = try target.regressions()
    #expect(!finds.isEmpty)
    for (name, bytes) in finds {
      let broken = target.broken(by: bytes)
      #expect(broken.isEmpty, "\(name): \(broken)")
    }
  }

  @Test(arguments: FuzzTarget.allCases) func everyTargetHasADictionary(_ target: FuzzTarget) {
    let path = FuzzTarget.folder.appending(path: "Dictionaries/\(target.rawValue).dict").path
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func foldersBelongToTargets() throws {
    let targets = Set(FuzzTarget.allCases.map(\.rawValue))
    for folder in ["Regressions", "Seeds"] {
      let path = FuzzTarget.folder.appending(path: folder).path
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      #expect(targets.isSuperset(of: names.filter { !$0.hasPrefix(".") }), "\(folder)")
    }
  }
}
