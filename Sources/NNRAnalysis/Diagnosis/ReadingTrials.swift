import NNRModel

/// The readings that are tried for a unit.
struct ReadingTrials {
  /// The unit as its header reads: decoding, payload, versions of its parents; nil if the header could not be read.
  private let plain: (decoding: UnitDecoding, payload: [UInt8], versions: ParentVersions)?
  private let headers: [HeaderReading]
  private let candidates: [AlternativeReading]
  private let shouldStop: @Sendable () -> Bool

  /// Other readings of the header, and candidates for other readings of the payload alone.
  init(
    _ plain: (UnitDecoding, [UInt8], ParentVersions)?, _ headers: [HeaderReading],
    _ candidates: [AlternativeReading], _ shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.plain = plain
    self.headers = headers
    self.candidates = candidates
    self.shouldStop = shouldStop
  }

  /// Each reading for itself.
  var singles: [AlternativeReading] { candidates + headers.map(\.reading) }

  /// The pairs of readings of the payload; none where they would take too long for as many integers as `budget`.
  func pairs(budget: Int) -> [[AlternativeReading]] {
    func isDensity(_ reading: AlternativeReading) -> Bool {
      if case .qpDensity = reading { true } else { false }
    }
    func isDialect(_ reading: AlternativeReading) -> Bool {
      if case .dialect = reading { true } else { false }
    }
    let pairs = candidates.enumerated().flatMap { place, first in
      candidates.dropFirst(place + 1).filter { second in
        // The lengths of qp_delta would make pairs many: they are tried with dialects, which payloads tell.
        first.aspect != second.aspect
          && (!isDensity(first) && !isDensity(second) || isDialect(first) || isDialect(second))
      }.map { [first, $0] }
    }
    let count =
      plain?.decoding.unit.codedTensors.reduce(0) { $0.saturatingAdd($1.count ?? 0) } ?? 0
    return count.saturatingMultiply(pairs.count) <= budget ? pairs : []
  }

  /// Decodes with some readings; nil if it was stopped, or they cannot be had.
  func attempt(_ readings: [AlternativeReading]) -> PayloadDiagnosis.Attempt? {
    guard !shouldStop(), let (decoding, payload) = unit(readings) else { return nil }
    let sink = ExtremesSink(shouldStop)
    let failure = UnitDecoder.decode(decoding, payload: payload, into: sink)
    return PayloadDiagnosis.Attempt(
      readings: readings, failure: failure, largest: sink.largest, nonzero: sink.nonzero,
      decoded: sink.decoded, entryPointsAgree: sink.entryPointsAgree)
  }

  /// The unit as it is read so: with another header, or with other readings of its payload.
  private func unit(_ readings: [AlternativeReading]) -> (UnitDecoding, [UInt8])? {
    if let header = headers.first(where: { [$0.reading] == readings }) {
      return (header.decoding, header.payload)
    }
    guard let plain else { return nil }
    var decoding = plain.decoding
    for reading in readings {
      guard let applied = reading.applied(to: decoding, plain.versions) else { return nil }
      decoding = applied
    }
    return (decoding, plain.payload)
  }
}
