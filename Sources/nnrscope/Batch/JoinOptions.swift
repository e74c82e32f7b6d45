import ArgumentParser
import NNRAnalysis
import NNRBits
import NNRReport

/// Columns that a file adds to a table of tensors.
struct JoinOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Add the columns of a CSV file by the names of tensors, to show, sort, filter and group.",
      valueName: "file.csv"), completion: .file())
  var join: String?

  /// The columns of the file; nil if none is named.
  func table<Row>(beside fields: [Field<Row>]) throws -> JoinedTable? {
    guard let join else { return nil }
    let bytes: [UInt8]
    do throws(SourceError) {
      let source = try openSource(join)
      bytes = try source.read(0..<min(source.count, JoinedTable.byteLimit + 1))
    } catch {
      throw ExitStatus.unusable("\(join): \(error)")
    }
    do throws(CSVError) {
      let taken = fields.columns().flatMap { [$0.key] + $0.aliases } + ["file", "role"]
      return try JoinedTable(bytes, beside: taken)
    } catch {
      throw ExitStatus.unusable("\(join): \(error)")
    }
  }

  /// Says how many tensors the file has nothing for.
  func tell(_ table: JoinedTable?, names: [String]) {
    guard let join, let table else { return }
    let missing = table.missing(among: names)
    if missing > 0 {
      Output.complain("\(join) has no row for \(missing) of \(names.count) tensors")
    }
  }
}
