import TestSupport
import Testing

@testable import DeepCABAC

/// Worked examples of format reference 9.3 and 9.4, bin by bin.
@Suite struct WorkedExampleTests {
  static let uniform: [UInt8] = [0xf7, 0xdf, 0xa0, 0x03, 0x05, 0x94, 0xf8]
  static let dependent: [UInt8] = [0xf7, 0x4e, 0x80, 0x06, 0xac, 0x7f, 0x80]

  /// A bin in the notation of the tables.
  static func line(_ number: Int, _ event: BinEvent) -> String {
    func state(_ s: EstimatorState?) -> String { s.map { "\($0.fast),\($0.sum)" } ?? "-" }
    let kind =
      switch event.kind {
      case .context: "ctx\(event.context ?? -1)"
      case .bypass: "ep"
      case .terminate: "trm"
      case .rangeReset: "reset"
      }
    let lps = event.lps.map { "\($0)" } ?? "-"
    let mps = event.mps.map { "\($0)" } ?? "-"
    return
      "\(number) \(kind) \(event.range) \(event.offset) \(state(event.before)) \(lps) \(mps) \(event.bin) \(state(event.after))"
  }

  static func bins(_ payload: [UInt8], dependent: Bool) throws -> (
    levels: [Int32], events: [BinEvent]
  ) {
    var decoder = SteppingDecoder(bytes: payload, observer: BinRecorder())
    #expect(decoder.readQuantizationDelta(bits: 8) == -8)
    let levels = try decoder.decode(
      CodedTensorParameters(
        dimensions: [2, 3], dependentQuantization: dependent, unaryLength: 11))
    #expect(decoder.finish().isSound)
    return (levels, decoder.observer.events)
  }

  @Test func uniformBins() throws {
    let (levels, events) = try Self.bins(Self.uniform, dependent: false)
    #expect(levels == [2, -1, 0, 0, 0, 3])
    let lines = events.enumerated().map { Self.line($0.offset, $0.element) }
    #expect(lines == WorkedExampleTables.uniform)
  }

  @Test func dependentBins() throws {
    let (levels, events) = try Self.bins(Self.dependent, dependent: true)
    #expect(levels == [2, 0, 0, 0, 0, 4])
    let lines = events.enumerated().map { Self.line($0.offset, $0.element) }
    #expect(Array(lines.dropFirst(89)) == WorkedExampleTables.dependent)
  }

  @Test func placesAndNames() throws {
    let (_, events) = try Self.bins(Self.uniform, dependent: false)
    #expect(events[8].row == nil)
    #expect(events[80].row == 1 && events[80].column == 2)
    #expect(events[83].element == BinElement(.absLevelGreater, index: 1))
    #expect(events[11].element == BinElement(.shiftParameters, index: 0))
    #expect(events[10].element == BinElement(.rowSkip, index: 1))
    let layout = ContextLayout(unaryLength: 11)
    #expect(layout.shift == 131 && layout.rowSkip == 133 && layout.remainder == 97)
    #expect(layout.name(of: 8) == "sig_flag, state 2, nb > 0")
    #expect(layout.name(of: 56) == "abs_level_greater[1], negative")
  }

  @Test func fastDecoderAgrees() throws {
    for dependent in [false, true] {
      let decoder = PayloadDecoder(bytes: dependent ? Self.dependent : Self.uniform)
      #expect(try decoder.readQuantizationDelta(bits: 8) == -8)
      let (levels, facts) = try decoder.decode(
        CodedTensorParameters(
          dimensions: [2, 3], dependentQuantization: dependent, unaryLength: 11))
      #expect(levels == (dependent ? [2, 0, 0, 0, 0, 4] : [2, -1, 0, 0, 0, 3]))
      #expect(facts.rowSkipEnabledFlag == !dependent)
      #expect(facts.historyFlag == nil)
      #expect(facts.skippedRows == 0)
      #expect(facts.ecoSets[0] == 0 && facts.ecoSets[131] == 0 && facts.ecoSets[60] == 0)
      #expect(facts.ecoSets[3] == (dependent ? 0 : 255))
      #expect(decoder.position == (dependent ? 40 : 44))
      let end = decoder.finish()
      #expect(end.isSound && end.bytesConsumed == 7)
    }
  }

  /// The cost check at the end of format reference 9.3, class by class.
  @Test func ledger() throws {
    let decoder = PayloadDecoder(bytes: Self.uniform, accounting: true)
    _ = try decoder.readQuantizationDelta(bits: 8)
    _ = try decoder.decode(CodedTensorParameters(dimensions: [2, 3], unaryLength: 11))
    _ = decoder.finish()
    let ledger = decoder.takeLedger()
    func close(_ syntaxClass: SyntaxClass, _ bits: Double, _ context: Int, _ bypass: Int) {
      let totals = ledger[syntaxClass]
      #expect(abs(totals.bits - bits) < 0.0006, "\(syntaxClass.name): \(totals.bits)")
      #expect(totals.contextBins == context && totals.bypassBins == bypass, "\(syntaxClass.name)")
    }
    close(.quantizationDelta, 8, 0, 8)
    close(.rowSkip, 2.923, 2, 1)
    close(.shiftParameters, 18, 59, 0)
    close(.sigFlag, 5.966, 6, 0)
    close(.signFlag, 2.877, 3, 0)
    close(.absLevelGreater, 6.396, 6, 0)
    close(.absRemainderPrefix, 0, 0, 0)
    // Terminate bin, the constant, stop bit and three bits of padding.
    close(.termination, 7.833 + 0.00565 + 4, 1, 0)
    #expect(abs(ledger.bits - 56) < 1e-6)
    #expect(ledger.bins == 86)
  }
}
