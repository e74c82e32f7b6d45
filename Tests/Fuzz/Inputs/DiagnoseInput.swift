import NNRAnalysis
import NNRModel
import NNRReport

/// Streams as for `DecodeInput`, whose payloads are diagnosed.
struct DiagnoseInput {
  private let streams: [[UInt8]]

  /// Reads the recipe.
  init(_ bytes: [UInt8]) { streams = DecodeInput(bytes).streams }

  /// Diagnoses all units of the last stream; the sentences say what does not hold.
  func broken() -> [String] {
    let session = FuzzSession.open(streams)
    // Some hundred readings of each payload.
    guard FuzzSession.isSmall(session, 1 << 12) else { return [] }
    let stream = session.streams.count - 1
    return session.directory(stream).byUnit.keys.sorted().prefix(4).flatMap { unit -> [String] in
      guard let found = PayloadDiagnosis(session, stream: stream, unit: unit) else { return [] }
      return broken(found).map { "unit \(unit): \($0)" }
    }
  }

  private func broken(_ found: PayloadDiagnosis) -> [String] {
    var wrong: [String] = []
    let isFine = found.failure == nil
    if isFine, !found.events.isEmpty || !found.attempts.isEmpty {
      wrong.append("something is odd where all is well")
    }
    if found.events.map(\.bin) != found.events.map(\.bin).sorted() {
      wrong.append("the events are not in the order of the bins")
    }
    if found.explanations.contains(where: { $0.failure != nil }) {
      wrong.append("an explanation does not end well")
    }
    if found.attempts.contains(where: { $0.nonzero > $0.decoded || $0.largest < 0 }) {
      wrong.append("more integers than were decoded are not 0")
    }
    let singles = found.attempts.filter { $0.readings.count == 1 }
    if singles.contains(where: \.endsWell), found.pairsTried > 0 {
      wrong.append("pairs were tried although a single reading ends well")
    }
    if DiagnosisText.text(found).isEmpty { wrong.append("no text") }
    var json = JSONWriter()
    DiagnosisText.write(found, to: &json)
    return wrong
  }
}
