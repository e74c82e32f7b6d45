import Foundation
import TerminalScreen
import Testing

/// Compares a screen, with its styles, to the snapshot `name` beside the test.
///
/// The first run, and every run with `NNRSCOPE_RECORD=1`, writes the file and fails, so that no
/// recording passes by accident.
public func assertSnapshot(
  _ grid: Grid, named name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  assertSnapshot(
    ScreenText.annotated(grid), named: name, filePath: filePath, sourceLocation: sourceLocation)
}

/// Compares a text to the snapshot `name` beside the test.
public func assertSnapshot(
  _ text: String, named name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name + ".txt")
  let actual = text.hasSuffix("\n") ? text : text + "\n"
  let record = ProcessInfo.processInfo.environment["NNRSCOPE_RECORD"] == "1"
  let expected = try? String(contentsOf: file, encoding: .utf8)
  if let expected, !record {
    if expected == actual { return }
    Issue.record(
      """
      Screen differs from \(file.path)
      \(Snapshot.difference(expected, actual))
      --- expected
      \(expected)
      --- actual
      \(actual)
      """, sourceLocation: sourceLocation)
    return
  }
  // An unchanged recording is no news.
  if expected == actual { return }
  do {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: file)
    Issue.record(
      "Recorded \(file.path); look at it, then run again", sourceLocation: sourceLocation)
  } catch {
    Issue.record("Cannot record \(file.path): \(error)", sourceLocation: sourceLocation)
  }
}

/// Comparison of snapshots.
public enum Snapshot {
  /// The first lines that differ, with their numbers.
  public static func difference(_ expected: String, _ actual: String, limit: Int = 12) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(old.count, new.count) {
      let before = index < old.count ? String(old[index]) : "(no line)"
      let after = index < new.count ? String(new[index]) : "(no line)"
      guard before != after else { continue }
      lines.append("line \(index + 1)\n  - \(before)\n  + \(after)")
      if lines.count == limit { break }
    }
    return lines.joined(separator: "\n")
  }
}
