import ArgumentParser
import NNRModel
import NNRReport

/// Whether a chain is decoded with the integers that its encoder had.
struct RepairOptions: ParsableArguments {
  @Flag(
    help:
      "Decode a chain with the integers that NNCodec's encoder had, as far as a search through later rounds finds them."
  )
  var repairChain = false

  /// Opens the streams and repairs the chain if that was asked for; what was found is said on standard error.
  func session(_ streams: StreamOptions, json: Bool = false) throws -> Session {
    let session = try streams.session(json: json)
    guard repairChain else { return session }
    let repaired = session.repairedChain(progress: Output.share(of: "searched"))
    Output.progress("")
    guard let repair = repaired.repair else { return repaired }
    for line in RepairText.lines(repair, repaired) { Output.complain(line) }
    return repaired
  }
}
