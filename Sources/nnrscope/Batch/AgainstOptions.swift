import ArgumentParser
import NNRBits
import NNRModel
import NNRReport

/// The file that weights are compared with.
struct AgainstOptions: ParsableArguments {
  @Option(
    help: "Compare the weights with the original: a safetensors, npz or npy file.",
    completion: .file(extensions: ["safetensors", "npz", "npy"]))
  var against: String?

  @Flag(help: "Compare the sum of all updates of a chain, not the last stream (with --against).")
  var accumulate = false

  /// Refuses what makes no sense.
  func check() throws {
    if accumulate, against == nil { throw ExitStatus.usage("--accumulate goes with --against") }
  }

  /// The errors of the last stream, or of the chain; nil if no file is named.
  func report(_ session: Session) throws -> AgainstReport? {
    guard let against else { return nil }
    let references: ReferenceTensors
    do {
      let source = try openSource(against)
      guard source.count <= session.options.maxMemory else {
        throw ExitStatus.unusable("\(against) does not fit the memory budget; raise --max-memory")
      }
      references = try ReferenceTensors(try source.read(0..<source.count), path: against)
    } catch let status as ExitStatus {
      throw status
    } catch {
      throw ExitStatus.unusable("\(against): \(error)")
    }
    let last = session.streams.count - 1
    return try AgainstReport(file: against, references) { visit in
      if accumulate {
        try session.accumulatedParameters(visit: visit)
      } else {
        session.parameters(stream: last, visit: visit)
      }
    }
  }
}
