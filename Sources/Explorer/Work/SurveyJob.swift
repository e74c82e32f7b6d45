import NNRModel

extension Job.Kind {
  /// Names, sizes and diagnostics of all units of a stream.
  static func survey(document: Int) -> Self { Self("survey", document: document) }
}

extension Job {
  /// Looks at all units of a stream, from the first to the last.
  ///
  /// Reports grow with the work done, so that what is made of them costs little in sum.
  static func survey(_ stream: NNRStream, document: Int) -> Job {
    Job(
      .survey(document: document), .stream,
      progress: Progress("reading") { $0.current == document ? $0.document.survey.fraction : nil },
      ended: { $0.endSurvey(of: document) }
    ) { context in
      let count = stream.unitCount
      var batch: [UnitSummary] = []
      var wanted = 64
      func post(_ done: Int) {
        let (found, fraction) = (batch, count > 0 ? Double(done) / Double(count) : 1)
        context.post { $0.take(found, fraction: fraction, surveyOf: document) }
        batch = []
      }
      for unit in 0..<count {
        if context.isCancelled() { return }
        batch.append(UnitSummary(stream, unit: unit))
        if batch.count >= wanted, unit + 1 < count {
          post(unit + 1)
          wanted = max(64, unit)
        } else if unit % 1024 == 1023 {
          let fraction = Double(unit + 1) / Double(count)
          context.post { $0.take([], fraction: fraction, surveyOf: document) }
        }
      }
      post(count)
    }
  }
}

extension ExplorerModel {
  /// Begins to look at all units of an open stream.
  mutating func survey(_ number: Int) -> [Effect] {
    start(.survey(documents[number].stream, document: number))
  }

  /// The bytes of a stream whose payloads decode in a fifth of a second or so.
  private static let smallStream = 1 << 19

  /// Takes over units that were looked at.
  fileprivate mutating func take(_ batch: [UnitSummary], fraction: Double, surveyOf number: Int) {
    documents[number].survey.add(batch, fraction: fraction)
    if number == current, !batch.isEmpty { followSurvey(number) }
  }

  /// Looks at all rules once the units are known, at once where all payloads decode in no time; a check that was asked for
  /// goes on.
  fileprivate mutating func endSurvey(of number: Int) -> [Effect] {
    followSurvey(number)
    guard running[.check(document: number)] == nil,
      !documents[number].survey.isChecked.decoding
    else { return [] }
    let isSmall = documents[number].stream.size <= Self.smallStream
    return check(number, decodes: isSmall || documents[number].checksPayloads)
  }

  /// Lists the model again where it is shown.
  private mutating func followSurvey(_ number: Int) {
    guard documents[number].projection == .model else { return }
    documents[number].modelOutline.update(documents[number].survey)
    follow()
  }
}
