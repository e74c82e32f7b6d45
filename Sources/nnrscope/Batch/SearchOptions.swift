import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport

/// Whether it is searched what coding tensors anew would save.
struct SearchOptions: ParsableArguments {
  @Flag(help: "Add the column could_save: what coding each tensor anew would save.")
  var search = false

  /// The columns that are added.
  func fields<Row: SavingRow>() -> [Field<Row>] { search ? [TensorSavings.field()] : [] }

  /// Rows with what they could save, if that is asked for.
  func searched<Row: SavingRow>(
    _ rows: [Row], _ session: Session, _ stream: Int, threads: Int
  ) throws -> [Row] {
    guard search else { return rows }
    defer { Output.progress("") }
    let units = session.directory(stream).byUnit.count
    guard
      let recoding = StreamRecoding(
        session, stream: stream, threads: threads, done: Output.recoded(units: units))
    else { throw ExitStatus.unusable("stopped") }
    return TensorSavings(recoding).added(to: rows)
  }
}
