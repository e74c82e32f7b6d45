import NNRModel

extension Job {
  /// Looks at all units of a stream, from the first to the last.
  ///
  /// Reports grow with the work done, so that what is made of them costs little in sum.
  static func survey(_ stream: NNRStream, document: Int, generation: Int) -> Job {
    Job(kind: .survey(document: document), generation: generation) { context in
      let count = stream.unitCount
      var batch: [UnitSummary] = []
      var wanted = 64
      for unit in 0..<count {
        if context.isCancelled() { return }
        batch.append(UnitSummary(stream, unit: unit))
        if batch.count >= wanted, unit + 1 < count {
          context.post(.surveyed(batch, fraction: Double(unit + 1) / Double(count)))
          wanted = max(64, unit)
          batch = []
        } else if unit % 1024 == 1023 {
          context.post(.surveyed([], fraction: Double(unit + 1) / Double(count)))
        }
      }
      context.post(.surveyed(batch, fraction: 1))
      context.post(.finished)
    }
  }
}
