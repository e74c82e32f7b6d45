import Locking
import TerminalScreen

/// An explorer without a terminal: work is done at once, in order, so that every run is the same.
public struct ExplorerSession {
  /// The explorer.
  public private(set) var model: ExplorerModel
  /// The work that was not done yet, oldest first.
  public private(set) var jobs: [Job] = []
  /// The effects for the outside, oldest first.
  public private(set) var effects: [Effect] = []
  /// Whether the program was asked to end.
  public private(set) var hasQuit = false

  /// Takes an explorer and begins its work.
  public init(_ model: ExplorerModel) {
    self.model = model
    absorb(self.model.start())
  }

  /// Sends an event; started work waits for `work()`.
  public mutating func send(_ event: ExplorerEvent) { absorb(model.update(event)) }

  /// Runs a command line.
  public mutating func execute(_ line: String) { absorb(model.execute(line)) }

  /// Presses keys, as they are spelled in scripts.
  public mutating func press(_ keys: [Key]) {
    for key in keys { send(.input(.key(key))) }
  }

  /// Does all work that `accepts` names, and what follows from it.
  public mutating func work(_ accepts: (Job.Kind) -> Bool = { _ in true }) {
    while let place = jobs.firstIndex(where: { accepts($0.kind) }) {
      let job = jobs.remove(at: place)
      for report in Self.reports(of: job) { send(.report(report)) }
    }
  }

  /// Takes the effects out.
  public mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  private mutating func absorb(_ new: [Effect]) {
    for effect in new {
      switch effect {
      case .start(let job):
        jobs.removeAll { $0.kind == job.kind }
        jobs.append(job)
      case .cancel(let kind): jobs.removeAll { $0.kind == kind }
      case .quit: hasQuit = true
      default: effects.append(effect)
      }
    }
  }

  private static func reports(of job: Job) -> [JobReport] {
    let reports = Locked<[JobReport]>([])
    let begin = ContinuousClock.now
    job.run(isCancelled: { false }, now: { begin }) { report in
      reports.withLock { $0.append(report) }
    }
    return reports.withLock { $0 }
  }
}
