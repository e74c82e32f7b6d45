import Locking
import NNRAnalysis
import NNRModel
import NNRReport
import TestSupport
import Testing

/// Many runs over a few threads.
@Suite struct RunQueueTests {
  private static let names = [16, 20, 24, 28, 32, 36].flatMap { ["plain_qp-\($0)", "dq_qp-\($0)"] }

  private struct Missing: Error {}

  /// However many threads work, and in whichever order they end, the figures are the same to the last bit.
  @Test(arguments: [1, 2, 3, 16]) func figuresDoNotDependOnThreads(_ threads: Int) throws {
    let original = try SweepRuns.original()
    let found = RunQueue.all(Self.names.map(SweepRuns.source), against: original, threads: threads)
    #expect(found.count == Self.names.count)
    for (name, result) in zip(Self.names, found) {
      let run = try result.get()
      let (session, stream) = try SweepRuns.source(name).opened()
      let ledger = BitLedger.decoded(session, stream: stream, threads: 1)
      let report = try session.report(
        against: original, file: "original", scope: .alone(file: 1, of: 1), stream: stream)
      #expect(run.file == name && run.tensors.map(\.name) == ledger.tensors.map(\.name))
      #expect(run.tensors.map(\.cell.bits) == ledger.tensors.map(\.bits))
      #expect(run.tensors.map(\.cell.errors?.rmse) == report.rows.map(\.errors.rmse))
      #expect(run.tensors.map(\.cell.errors?.snr) == report.rows.map(\.errors.snr))
      #expect(run.costs == ledger.totals && run.bits == ledger.totals.total.rounded())
    }
  }

  @Test func runsThatCannotBeOpenedAreToldInTheirPlace() throws {
    let broken = RunSource("gone") { throw Missing() }
    let sources = [
      broken, SweepRuns.source("dq_qp-16"), broken, SweepRuns.source("dq_qp-20"), broken,
    ]
    let found = RunQueue.all(sources, threads: 2)
    #expect(found.map { (try? $0.get())?.file } == [nil, "dq_qp-16", nil, "dq_qp-20", nil])
  }

  /// No more runs are open than threads work, so that memory does not grow with their number.
  @Test(arguments: [1, 2]) func fewRunsAreOpenAtATime(_ threads: Int) throws {
    let counts = Locked((now: 0, most: 0))
    let sources = (0..<40).map { number in
      RunSource("\(number)") {
        counts.withLock { counts in
          counts.now += 1
          counts.most = max(counts.most, counts.now)
        }
        return try SweepRuns.source("dq_qp-\(number % 2 == 0 ? 16 : 24)").opened()
      }
    }
    let done = Locked(0)
    RunQueue.each(sources, threads: threads) { _, _ in
      counts.withLock { $0.now -= 1 }
      done.withLock { $0 += 1 }
      return true
    }
    #expect(done.withLock { $0 } == 40)
    #expect(counts.withLock { $0.most } <= threads)
  }

  @Test func whoHasEnoughIsHeard() throws {
    let done = Locked(0)
    RunQueue.each((0..<20).map { _ in SweepRuns.source("dq_qp-16") }, threads: 2) { _, _ in
      done.withLock {
        $0 += 1
        return $0 < 3
      }
    }
    #expect((3...4).contains(done.withLock { $0 }))
  }
}
