import NNRAnalysis
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The bin stepper shows what a trace says, in both directions, and stops where the payload does.
@Suite struct BinsViewTests {
  private func opened(_ fixture: String, tensor: String) throws -> ExplorerSession {
    var session = try ExplorerSession(fixture)
    session.command("tensor \(tensor)")
    session.command("bins")
    return session
  }

  @Test func showsTheTrace() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    var trace = try #require(session.model.bins.trace)
    session.keys("j j j")
    #expect(session.model.bins.selected == trace.bin(3))
    session.command("bin 9000")
    #expect(session.model.bins.selected == trace.bin(9000))
    session.keys("k")
    #expect(session.model.bins.selected == trace.bin(8999))
    session.command("payload-bit 5000")
    #expect(session.model.bins.selected == trace.bin(atPosition: 5000))
    session.keys("G")
    let end = trace.countAll()
    let count = try #require(end)
    #expect(session.model.bins.index == count - 1)
    #expect(session.screen.contains("end_of_payload"))
    #expect(session.screen.contains("ends well"))
    session.keys("g")
    #expect(session.model.bins.index == 0)
  }

  @Test(arguments: ["] l", "] p", "] r", "] c"]) func backwardsMirrorsForwards(_ keys: String)
    throws
  {
    var session = try opened("cnn_digits_pyt", tensor: "fc.weight")
    session.command("bin 400")
    var found: [Int] = []
    for _ in 0..<30 {
      session.keys(keys)
      if found.last != session.model.bins.index { found.append(session.model.bins.index) }
    }
    #expect(found.count > 3 && found == found.sorted())
    for expected in found.dropLast().reversed() {
      session.keys(keys.replacingBracket())
      #expect(session.model.bins.index == expected)
    }
  }

  @Test func longRunsOfKeysStayInStep() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    for _ in 0..<200 { session.keys("PgDn") }
    let far = session.model.bins.index
    #expect(far > 2000)
    for _ in 0..<200 { session.keys("PgUp") }
    #expect(session.model.bins.index == 0)
  }

  @Test func costThreshold() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    session.command("cost-over 5")
    #expect((session.model.bins.selected?.event.cost ?? 0) > 5)
    session.command("cost-over 1000")
    #expect(session.screen.contains("no further one"))
    session.command("cost-over nothing")
    #expect(session.screen.contains("needs a number"))
  }

  @Test func beyondTheEndIsNoPlace() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    session.command("bin 9000")
    var trace = try #require(session.model.bins.trace)
    let end = trace.countAll()
    let count = try #require(end)
    let bits = trace.payloadCount * 8
    for (command, complaint) in [
      ("bin \(count)", "no bin \(count): the payload has "),
      ("bin 900000000000", ", 0 to \(count - 1)"),
      ("payload-bit \(bits)", "no payload bit \(bits): the payload has "),
      ("payload-bit 900000000000", ", 0 to \(bits - 1)"),
    ] {
      session.command(command)
      #expect(session.screen.contains(complaint), "\(command): \(session.screen.suffix(120))")
      #expect(session.model.bins.index == 9000)
      #expect(session.model.bins.selected == trace.bin(9000))
    }
    session.command("payload-bit \(bits - 1)")
    #expect(session.model.bins.index == count - 1)
    session.command("bin \(count - 1)")
    #expect(session.model.bins.index == count - 1)
    // From another view the stepper opens at its first bin.
    var fresh = try ExplorerSession("cnn_digits_pyt")
    fresh.command("tensor conv2.weight")
    fresh.command("bin \(count)")
    #expect(fresh.screen.contains("no bin \(count)"))
    #expect(fresh.model.view == .bins && fresh.model.bins.index == 0)
  }

  @Test func damageIsExplained() throws {
    var bytes = try Fixture("cnn_digits_pyt").bytes()
    bytes[1083] ^= 0x55
    let session = Session([(MemorySource(bytes), "damaged.nnc")])
    var explorer = ExplorerSession(
      ExplorerModel(
        session.opened(), size: Size(120, 40)))
    explorer.work()
    explorer.command("tensor conv2.weight")
    explorer.command("bins")
    explorer.keys("G")
    #expect(explorer.screen.contains("E P04"))
    #expect(explorer.screen.contains("up to bin 24,501, payload bit 18,435: 2,305 of 2,305"))
    #expect(explorer.screen.contains("needed: 1 byte more"))
  }

  @Test func othersSayWhyNot() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("bins")
    #expect(session.screen.contains("no tensor is selected"))
    session.keys("] t")
    #expect(session.screen.contains("qp_delta"))
    var raw = try ExplorerSession("raw_float_special")
    raw.keys("] t ] t 4")
    #expect(raw.screen.contains("raw floats have no bins"))
  }

  @Test func escapeStopsAndLateNewsIsDropped() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    session.press([Key("G")])
    let job = try #require(session.jobs.last { $0.kind == .bins })
    session.press([Key(.escape)])
    let before = session.model.bins.index
    let reports = Reports()
    job.run(isCancelled: { false }) { reports.append($0) }
    for report in reports.contents { session.send(.report(report)) }
    session.work()
    #expect(session.model.bins.index == before)
    #expect(session.screen.contains("stopped"))
  }

  @Test func contextsAndTheirCurves() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    session.command("bin 4058")
    session.keys("c")
    #expect(session.screen.contains("Contexts · conv2.weight"))
    let contexts = try #require(session.model.bins.contexts)
    // The context of the selected bin is selected.
    #expect(session.model.bins.selectedContext?.context == 58)
    #expect(session.model.bins.count == contexts.bins.upperBound)
    session.keys("k")
    #expect(session.model.bins.selectedContext?.context == 57)
    session.keys("Enter")
    #expect(session.screen.contains("Bins · conv2.weight"))
    #expect(session.model.bins.index > 4058 && session.model.bins.selected?.event.context == 57)
    let here = session.model.bins.index
    session.keys("] x")
    #expect(session.model.bins.index > here && session.model.bins.selected?.event.context == 57)
    session.keys("[ x")
    #expect(session.model.bins.index == here)
    // The list stays open from tensor to tensor, and Esc closes it before the view.
    session.keys("c ] t")
    session.keys("4")
    #expect(session.screen.contains("Contexts · bn2.weight"))
    #expect(session.model.bins.contexts?.contexts != contexts.contexts)
    session.keys("Esc")
    #expect(session.model.view == .bins && !session.model.bins.showsContexts)
    session.keys("Esc")
    #expect(session.model.view == .explorer)
  }

  @Test func escapeStopsTheWalk() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    session.press([Key("c")])
    let job = try #require(session.jobs.last { $0.kind == .contexts })
    #expect(session.screen.contains("walking all bins"))
    session.press([Key(.escape)])
    #expect(!session.jobs.contains { $0.kind == .contexts })
    expectSilence(of: job, stoppedAt: [0])
    session.keys("c")
    #expect(session.model.bins.contexts != nil)
  }

  @Test func enterShowsTheBit() throws {
    var session = try opened("cnn_digits_pyt", tensor: "conv2.weight")
    session.command("bin 5000")
    let bit = try #require(session.model.bins.selected?.event.position)
    session.keys("Enter")
    #expect(session.model.focus == .bits)
    #expect(session.model.location.bit == 27 * 8 + bit)
  }
}

extension String {
  fileprivate func replacingBracket() -> String { map { $0 == "]" ? "[" : String($0) }.joined() }
}
