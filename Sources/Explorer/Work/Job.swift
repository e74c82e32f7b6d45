/// Work for the background, with all that the explorer has to know of it: what becomes of its findings, what is told of it
/// while it runs, and what Esc does to it.
///
/// It reads streams and posts changes of the model, and never touches the model itself.
public struct Job: Sendable {
  /// What a finding changes; the effects are for the outside.
  public typealias Change = @Sendable (inout ExplorerModel) -> [Effect]

  /// What a job is for; a new one of a kind replaces the one before.
  public struct Kind: Hashable, Sendable {
    /// What is done, in a word; not shown.
    let name: String
    /// The number of the document that it is done for; nil where there is one such job at a time.
    let document: Int?

    /// A kind, of a document where each has its own.
    init(_ name: String, document: Int? = nil) {
      self.name = name
      self.document = document
    }
  }

  /// For whom it is done: what stands first is told of, and stopped, first.
  enum Urgency: Int, Sendable {
    /// The user asked for it and waits.
    case asked
    /// It goes through a stream for whatever view needs it.
    case stream
    /// It follows the selection.
    case selection
  }

  /// What the top line tells of it while it runs.
  struct Progress: Sendable {
    /// What is being done.
    let label: String
    /// The share that is done; nil while nothing is to be told.
    let fraction: @Sendable (ExplorerModel) -> Double?

    /// A label with the share that is done; without one, there is no telling.
    init(_ label: String, _ fraction: @escaping @Sendable (ExplorerModel) -> Double? = { _ in 0 }) {
      self.label = label
      self.fraction = fraction
    }
  }

  /// What Esc does to it.
  struct Escape: Sendable {
    /// Whether Esc stops it, as the explorer stands.
    let stops: @Sendable (ExplorerModel) -> Bool
    /// What is kept and said once it was stopped.
    let stopped: @Sendable (inout ExplorerModel) -> Void

    /// A way out, open where `stops` says so.
    init(
      where stops: @escaping @Sendable (ExplorerModel) -> Bool = { _ in true },
      _ stopped: @escaping @Sendable (inout ExplorerModel) -> Void
    ) {
      self.stops = stops
      self.stopped = stopped
    }
  }

  /// What a job is given.
  struct Context: Sendable {
    /// Whether the result is no longer wanted.
    let isCancelled: @Sendable () -> Bool
    /// What time it is.
    let now: @Sendable () -> ContinuousClock.Instant
    private let land: @Sendable (@escaping Change) -> Void

    /// A context with its clock and its two ways out.
    init(
      isCancelled: @escaping @Sendable () -> Bool,
      now: @escaping @Sendable () -> ContinuousClock.Instant,
      land: @escaping @Sendable (@escaping Change) -> Void
    ) {
      self.isCancelled = isCancelled
      self.now = now
      self.land = land
    }

    /// Posts a finding as a change of the model.
    func post(_ change: @escaping @Sendable (inout ExplorerModel) -> Void) {
      land { model in
        change(&model)
        return []
      }
    }

    /// Posts a finding after which the outside has something to do.
    func postAndAsk(_ change: @escaping Change) { land(change) }
  }

  /// What it is for.
  public let kind: Kind
  /// For whom it is done.
  let urgency: Urgency
  /// What the top line tells of it; nil for nothing.
  let progress: Progress?
  /// What Esc does to it; nil for nothing.
  let escape: Escape?
  /// What follows when nothing more comes.
  let ended: Change
  /// The number that its reports carry, 0 until it is started; those of an older one are dropped.
  var generation = 0
  private let work: @Sendable (Context) -> Void

  /// A job that `work` does: it asks `Context.isCancelled` often and posts as often as there is something to see.
  init(
    _ kind: Kind, _ urgency: Urgency = .asked, progress: Progress? = nil, escape: Escape? = nil,
    ended: @escaping Change = { _ in [] }, work: @escaping @Sendable (Context) -> Void
  ) {
    self.kind = kind
    self.urgency = urgency
    self.progress = progress
    self.escape = escape
    self.ended = ended
    self.work = work
  }

  /// Does the work; its findings, and last that it ended, go to `report`.
  ///
  /// A clock that stands still makes every run the same.
  public func run(
    isCancelled: @escaping @Sendable () -> Bool,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
    report: @escaping @Sendable (JobReport) -> Void
  ) {
    work(Context(isCancelled: isCancelled, now: now) { report(JobReport(self, $0)) })
    report(JobReport(self))
  }
}

/// News from a job.
public struct JobReport: Sendable {
  /// The job's purpose.
  let kind: Job.Kind
  /// The job's number.
  let generation: Int
  /// What it changes; nil if nothing more will come.
  let change: Job.Change?

  /// A report of `job`; without a change, that it ended.
  init(_ job: Job, _ change: Job.Change? = nil) {
    kind = job.kind
    generation = job.generation
    self.change = change
  }
}
