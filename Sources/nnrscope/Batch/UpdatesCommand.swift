import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRReport

/// The command `updates`.
struct UpdatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "updates",
    abstract: "Lists the tree of parameter updates: rounds, parents, bits, skipped rows.",
    discussion: """
      Each file is a round, base first. A parameter that names a parent is a difference to it; T marks contexts that look at \
      the parent's integers, H those that look at the history. A parent that is not among the files is marked: with E where \
      the payload needs it or another version of its device is there in its place, with W where it decodes without. JSON has an object for each round with its parameters under \
      updates.
      """)

  @OptionGroup var streams: StreamOptions
  @OptionGroup var repair: RepairOptions
  @OptionGroup var form: FormOptions

  func run() throws {
    let selection = try form.selection(UpdateTable.fields)
    let session = try repair.session(streams, json: form.json)
    let tree = UpdateTree(session, progress: Output.share(of: "decoded"))
    Output.progress("")
    if form.json {
      let updates = selection.rows(UpdateRow.rows(tree, session))
      let rounds = UpdateRound.rows(tree, session)
      writeJSON(session) { round, json in
        UpdateRoundTable.write(rounds[round], updates, to: &json)
      }
      form.tell(rows: updates.count)
    } else if form.asksForTable {
      form.tell(rows: form.write(selection.table(UpdateRow.rows(tree, session))))
    } else {
      Output.write(UpdateText.text(tree, session, width: Output.width))
    }
    if tree.sums.contains(where: { $0.errors > 0 }) { throw ExitStatus.streamHasErrors }
    try leaveIfBroken(session)
  }
}
