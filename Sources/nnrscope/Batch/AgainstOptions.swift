import ArgumentParser
import NNRModel
import NNRReport
import WeightFiles

/// The file that weights are compared with.
struct AgainstOptions: ParsableArguments {
  @Option(
    help: "Compare the weights with the original: a safetensors, npz or npy file.",
    completion: .file(extensions: ["safetensors", "npz", "npy"]))
  var against: String?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Add the updates of a chain up, as is the default, or compare the last file alone (with --against)."
  )
  var accumulate: Bool?

  /// Refuses what makes no sense.
  func check() throws {
    guard let accumulate, against == nil else { return }
    throw ExitStatus.usage("--\(accumulate ? "" : "no-")accumulate goes with --against")
  }

  /// The errors of the chain, or of the last stream; nil if no file is named.
  func report(_ session: Session) throws -> AgainstReport? {
    guard let against else { return nil }
    let references: WeightFile
    do {
      references = try WeightFile.open(against)
    } catch {
      throw ExitStatus.unusable("\(against): \(error)")
    }
    let last = session.streams.count - 1
    let scope = AgainstScope(files: session.streams.count, accumulates: accumulate ?? true)
    if scope.isSum || session.streams.count == 1 {
      // One stream is a sum, too: differences are no weights to compare.
      try ChainNotes(session).requireSum()
    } else {
      ChainNotes(session).tellDifferences(stream: last)
    }
    return try session.report(against: references, file: against, scope: scope, stream: last)
  }
}
