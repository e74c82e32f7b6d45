import TestSupport
import Testing

@testable import Explorer

/// A job brings all that is known of it: the explorer needs no list of jobs.
@Suite struct JobTests {
  /// A job of a test's own that tells its progress and can be stopped.
  private func counting(in view: Pane, _ urgency: Job.Urgency = .asked) -> Job {
    Job(
      Job.Kind("counting"), urgency, progress: Job.Progress("counting") { _ in 0.25 },
      escape: Job.Escape(where: { $0.view == view }) { $0.tell("no longer counted") },
      ended: { model in
        model.tell("counted")
        return [.repaint]
      }
    ) { context in
      context.post { $0.tell("one") }
      context.postAndAsk { model in
        model.tell("\(model.status?.text ?? "") two")
        return [.copy("two")]
      }
    }
  }

  private func reports(of job: Job) -> [JobReport] {
    let reports = Reports()
    job.run(isCancelled: { false }) { reports.append($0) }
    return reports.contents
  }

  private func begun(_ job: Job, _ model: inout ExplorerModel) throws -> Job {
    guard case .start(let started)? = model.start(job).first else {
      throw Refused()
    }
    return started
  }

  private struct Refused: Error {}

  @Test func findingsLandInTheirOrder() throws {
    var model = try ExplorerSession("mlp_iris").model
    let job = try begun(counting(in: .explorer), &model)
    #expect(model.progress?.label == "counting" && model.progress?.fraction == 0.25)
    let reports = reports(of: job)
    #expect(reports.count == 3)
    #expect(model.update(reports[0]).isEmpty && model.status?.text == "one")
    guard case .copy("two")? = model.update(reports[1]).first else {
      return #expect(Bool(false), "no effect")
    }
    #expect(model.status?.text == "one two")
    guard case .repaint? = model.update(reports[2]).first else {
      return #expect(Bool(false), "no effect")
    }
    #expect(model.status?.text == "counted" && model.running.isEmpty && model.progress == nil)
  }

  @Test func lateNewsIsDropped() throws {
    var model = try ExplorerSession("mlp_iris").model
    let old = try begun(counting(in: .explorer), &model)
    let new = try begun(counting(in: .explorer), &model)
    for report in reports(of: old) { #expect(model.update(report).isEmpty) }
    #expect(model.status == nil && model.running[new.kind] != nil)
    #expect(model.stop(new.kind).count == 1)
    for report in reports(of: new) { #expect(model.update(report).isEmpty) }
    #expect(model.status == nil && model.stop(new.kind).isEmpty)
  }

  @Test func escapeStopsWhereTheJobSaysSo() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("2")
    var model = session.model
    let job = try begun(counting(in: .explorer), &model)
    // In another view Esc means what it means there.
    #expect(model.escape().isEmpty && model.view == .explorer && model.running[job.kind] != nil)
    guard case .cancel(job.kind)? = model.escape().first else {
      return #expect(Bool(false), "it was not stopped")
    }
    #expect(model.status?.text == "no longer counted" && model.running.isEmpty)
  }

  @Test func whatWasAskedForComesFirst() throws {
    var model = try ExplorerSession("mlp_iris").model
    let asked = try begun(counting(in: .explorer), &model)
    let other = Job(
      Job.Kind("other"), .selection, progress: Job.Progress("other"),
      escape: Job.Escape { $0.tell("stopped") }
    ) { _ in }
    _ = try begun(other, &model)
    #expect(model.progress?.label == "counting")
    _ = model.escape()
    #expect(model.running[asked.kind] == nil && model.progress?.label == "other")
    _ = model.escape()
    #expect(model.running.isEmpty)
  }
}
