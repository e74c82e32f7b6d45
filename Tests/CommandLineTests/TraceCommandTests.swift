import Foundation
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// `trace` beyond the end of a payload, and where the decoder needs what is not there.
@Suite struct TraceCommandTests {
  /// The payload of the format reference's worked example: 86 bins for 2×3 weights.
  private static let payload: [UInt8] = [0xf7, 0xdf, 0xa0, 0x03, 0x05, 0x94, 0xf8]

  private func stream(_ payload: [UInt8]) throws -> TemporaryFile {
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    writer.append(.tensor("w", 2, 3, payload: payload))
    return try TemporaryFile(writer.bytes)
  }

  private func trace(_ payload: [UInt8], _ arguments: String...) throws -> ProgramRun {
    let file = try stream(payload)
    return try Nnrscope.run(["trace", file.path, "--tensor", "w"] + arguments)
  }

  @Test func theLastBinAndBitAreThere() throws {
    let last = try trace(Self.payload, "--from", "85", "--json")
    #expect(last.ending == .exit(0))
    let bins = try #require(try last.document()["bins"] as? [[String: Any]])
    #expect(bins.compactMap { $0["index"] as? Int } == [85])
    let bit = try trace(Self.payload, "--bit", "55", "--csv", "--columns", "index")
    #expect(bit.ending == .exit(0) && bit.lines == ["index", "85"])
  }

  @Test(arguments: [[], ["--json"], ["--csv"], ["--columns", "index"]])
  func beyondTheEndIsWrongUsage(_ form: [String]) throws {
    let file = try stream(Self.payload)
    for (option, place, complaint) in [
      ("--from", "86", "no bin 86: the payload has 86 bins, 0 to 85"),
      ("--from", "\(Int.max)", "the payload has 86 bins, 0 to 85"),
      ("--bit", "56", "no payload bit 56: the payload has 56 bits, 0 to 55"),
      ("--bit", "\(Int.max)", "the payload has 56 bits, 0 to 55"),
    ] {
      let run = try Nnrscope.run(["trace", file.path, "--tensor", "w", option, place] + form)
      #expect(run.ending == .exit(2) && run.output.isEmpty)
      #expect(run.complaint.contains(complaint), "\(run.complaint)")
    }
  }

  /// The first level ends at bit 32 (bin 73), where the register holds 6 bytes; 5 are there.
  @Test func whatIsMissing() throws {
    let cut = Array(Self.payload.prefix(5))
    let text = try trace(cut)
    #expect(text.ending == .exit(1))
    #expect(text.lines.count == 75, "a heading and 74 bins")
    for line in [
      "the decoder stops: P04: the payload ends too early, at weight 0 or behind it",
      "up to bin 73, payload bit 32: 5 of 5 payload bytes were read",
      "needed: 1 byte more for what was begun",
    ] {
      #expect(text.complaint.contains(line), "\(text.complaint)")
    }
    let run = try trace(cut, "--json")
    #expect(run.ending == .exit(1))
    let document = try run.document()
    #expect((document["error"] as? String)?.hasPrefix("the decoder stops: P04: ") == true)
    let failure = try #require(document["failure"] as? [String: Any])
    #expect(failure["kind"] as? String == "stop" && failure["rule"] as? String == "P04")
    #expect(failure["reason"] as? String == "the payload ends too early, at weight 0 or behind it")
    #expect(failure["tensor"] as? String == "w" && failure["weight"] as? Int == 0)
    #expect(failure["last_bin"] as? Int == 73 && failure["bit"] as? Int == 32)
    #expect(failure["bytes_read"] as? Int == 5 && failure["bytes_needed"] as? Int == 6)
    #expect(failure["bytes_available"] as? Int == 5)
    #expect((failure["needed"] as? String)?.hasPrefix("1 byte more") == true)
    let beyond = try trace(cut, "--from", "74")
    #expect(beyond.ending == .exit(2))
    #expect(beyond.complaint.contains("no bin 74: the decoder stops behind 74 bins, 0 to 73"))
    let contexts = try trace(cut, "--contexts", "--json")
    #expect(contexts.ending == .exit(1))
    #expect(try contexts.document()["failure"] is [String: Any])
  }

  @Test func aWrongEnd() throws {
    let run = try trace(Self.payload + [0], "--json")
    #expect(run.ending == .exit(1))
    let failure = try #require(try run.document()["failure"] as? [String: Any])
    #expect(failure["kind"] as? String == "end" && failure["rule"] as? String == "P03")
    #expect(failure["last_bin"] as? Int == 85 && failure["weight"] is NSNull)
    #expect(failure["bytes_read"] as? Int == 7 && failure["bytes_needed"] as? Int == 7)
    #expect(failure["bytes_available"] as? Int == 8)
    let text = try trace(Self.payload + [0])
    #expect(text.complaint.contains("7 of 8 payload bytes were read"), "\(text.complaint)")
    #expect(text.complaint.contains("needed: a terminating 1, then a stop bit and zeros in byte 8"))
    let sound = try trace(Self.payload, "--json")
    let document = try sound.document()
    #expect(sound.ending == .exit(0) && document["failure"] is NSNull)
  }

  /// A payload whose very first register no encoder writes has no bins; that is still a document.
  @Test func noBinAtAll() throws {
    let broken = [UInt8](repeating: 0xff, count: 7)
    for more in [[], ["--from", "0"], ["--from", "9"], ["--bit", "0"], ["--contexts"]] {
      let file = try stream(broken)
      let run = try Nnrscope.run(["trace", file.path, "--tensor", "w", "--json"] + more)
      #expect(run.ending == .exit(1), "\(more): \(run.complaint)")
      let failure = try #require(try run.document()["failure"] as? [String: Any])
      #expect(failure["rule"] as? String == "P01" && failure["last_bin"] is NSNull)
    }
  }
}
