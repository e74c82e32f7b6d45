import ArgumentParser
import NNRModel
import NNRReport
import WeightFiles

/// The file that weights are compared with.
struct AgainstOptions: ParsableArguments {
  /// What a file of names says.
  static let mapHelp: ArgumentHelp =
    "Names of the stream and of the original that differ: JSON, or lines of two names with a tab between them."

  @Option(
    help: ArgumentHelp(
      "Compare the weights with the original: a PyTorch, safetensors, ONNX, npz or npy file.",
      discussion: """
        FILE:KEY is what stands under a key of a checkpoint. An index of shards is all of them; given several times, all \
        files are one original.
        """, valueName: "file"),
    completion: .file())
  var against: [String] = []

  @Option(help: AgainstOptions.mapHelp, completion: .file())
  var map: String?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Add the updates of a chain up, as is the default, or compare the last file alone (with --against)."
  )
  var accumulate: Bool?

  /// Refuses what makes no sense.
  func check() throws {
    guard against.isEmpty else { return }
    guard map == nil else { throw ExitStatus.usage("--map goes with --against") }
    guard let accumulate else { return }
    throw ExitStatus.usage("--\(accumulate ? "" : "no-")accumulate goes with --against")
  }

  /// The errors of the chain, or of the last stream; nil if no file is named.
  func report(_ session: Session) throws -> AgainstReport? {
    guard !against.isEmpty else { return nil }
    let references = WeightFile.joined(try against.map(Self.open))
    let mapping = try map.map(Self.mapping)
    let last = session.streams.count - 1
    let scope = AgainstScope(files: session.streams.count, accumulates: accumulate ?? true)
    if scope.isSum || session.streams.count == 1 {
      // One stream is a sum, too: differences are no weights to compare.
      try ChainNotes(session).requireSum()
    } else {
      ChainNotes(session).tellDifferences(stream: last)
    }
    return try session.report(
      against: references, file: against.joined(separator: ", "), scope: scope, stream: last,
      mapping: mapping)
  }

  /// The names that a file gives.
  static func mapping(_ path: String) throws -> NameMapping {
    do {
      return try NameMapping.read(path)
    } catch {
      throw ExitStatus.unusable("\(path): \(error)")
    }
  }

  /// Opens an original.
  static func open(_ path: String) throws -> WeightFile {
    do {
      return try WeightFile.open(path)
    } catch {
      throw ExitStatus.unusable("\(path): \(error)")
    }
  }
}
