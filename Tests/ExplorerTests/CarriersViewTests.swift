import NNRBits
import NNRCarriage
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// What videos and files of boxes carry, and the places of its bits in the file.
@Suite struct CarriersViewTests {
  private func session(_ name: String, _ size: Size = Size(120, 40)) throws -> (
    ExplorerSession, FileSource
  ) {
    let file = try FileSource(path: Fixture.folder.path + "/carriage/" + name)
    let carriage = try #require(try Carriage.read(file))
    let openings = carriage.streams.joined().map {
      Session.Opening($0.source, name: name + $0.name)
    }
    var session = ExplorerSession(
      ExplorerModel(Session(openings: openings).opened(), size: size))
    session.work()
    return (session, file)
  }

  @Test func messagesAreListedAndLeadToTheirStreams() throws {
    var (session, _) = try session("hevc_filters.265")
    #expect(session.screen.contains("0 Carriers"))
    session.keys("0")
    #expect(session.model.carriers.rows.count == 11)
    #expect(session.screen.contains("#7+1") && session.screen.contains("nnpfc_patch_width_minus1"))
    #expect(session.screen.contains("HEVC byte stream"))
    // The row under the cursor is what is selected.
    session.keys("j")
    #expect(session.model.document.stream.name == "hevc_filters.265#42")
    session.keys("j")
    #expect(session.model.document.stream.name == "hevc_filters.265#42")
    session.keys("Enter")
    #expect(session.screen.contains("no NNR bitstream in it"))
    session.keys("j Enter")
    #expect(session.model.view == .explorer)
    #expect(session.model.document.stream.name == "hevc_filters.265#7+1")
    session.keys("Esc")
    #expect(session.model.view == .carriers)
  }

  @Test func itemsAreListed() throws {
    var (session, _) = try session("nnr1_items.heif", Size(80, 24))
    session.keys("0 j")
    #expect(session.screen.contains("item 3, 1,198 B in 1 extent"))
  }

  @Test func aStreamOfItsOwnCarriesNothing() throws {
    var session = try ExplorerSession("mlp_iris")
    #expect(!session.screen.contains("Carriers"))
    session.command("carriers")
    #expect(session.screen.contains("the stream is a file of its own"))
  }

  @Test(arguments: ["hevc_filters.265", "avc_edges.264", "nnr1_items.heif"])
  func placesAreThoseOfTheFile(_ name: String) throws {
    var (session, file) = try session(name)
    let bytes = try file.read(0..<file.count)
    for number in session.model.documents.indices {
      let source = session.model.documents[number].stream.source
      for byte in stride(from: 0, to: source.count, by: max(1, source.count / 40)) {
        let place = try #require(source.fileOffset(of: byte))
        session.command("file \(number + 1)")
        session.command("bit 0x\(String(place, radix: 16)).5")
        #expect(session.model.fileBit == byte * 8 + 5)
        #expect(session.model.bitAddress.hasSuffix(String(place, radix: 16) + ".5"))
        let there = try source.read(byte..<byte + 1)
        #expect(there == [bytes[place]])
      }
    }
  }

  @Test func emulationPreventionIsMarked() throws {
    var (session, _) = try session("avc_edges.264")
    let found = session.model.documents.indices.lazy.compactMap { number in
      let source = session.model.documents[number].stream.source
      return (1..<source.count).first(where: source.isBehindGap).map { (number, $0) }
    }.first
    let (number, byte) = try #require(found)
    session.command("file \(number + 1)")
    let place = try #require(session.model.document.stream.source.fileOffset(of: byte))
    session.command("bit 0x\(String(place, radix: 16))")
    #expect(session.screen.contains("' emulation prevention byte at"))
    #expect(session.screen.contains("'"))
    // The emulation prevention byte itself leads to the byte behind it.
    session.command("bit 0x\(String(place - 1, radix: 16))")
    #expect(session.model.fileBit == byte * 8)
  }
}
