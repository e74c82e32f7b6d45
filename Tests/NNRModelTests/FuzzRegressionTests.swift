import Foundation
import TestSupport
import Testing

/// What fuzzing found once stays right.
@Suite struct FuzzRegressionTests {
  @Test func parse() throws {
    for (name, bytes) in try FuzzInput.regressions(of: "ParseFuzz") {
      let broken = FuzzInput.parse(bytes)
      #expect(broken.isEmpty, "\(name): \(broken)")
    }
  }

  @Test func everyTargetHasItsRegressionsAndDictionary() throws {
    let fuzz = FuzzInput.regressions.deletingLastPathComponent()
    let targets = try FileManager.default.contentsOfDirectory(atPath: fuzz.path)
      .filter { $0.hasSuffix("Fuzz") }
    #expect(!targets.isEmpty)
    for target in targets {
      let dictionary = fuzz.appending(path: "Dictionaries/\(target).dict")
      #expect(FileManager.default.fileExists(atPath: dictionary.path), "\(target)")
      #expect(try !FuzzInput.regressions(of: target).isEmpty, "\(target)")
    }
  }
}
