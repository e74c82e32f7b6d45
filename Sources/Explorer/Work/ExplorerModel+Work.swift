/// The work under way.
extension ExplorerModel {
  /// Starts a job in place of an older one of its kind.
  mutating func start(_ job: Job) -> [Effect] {
    generation += 1
    var job = job
    job.generation = generation
    running[job.kind] = job
    return [.start(job)]
  }

  /// Stops a job if it runs; what it still posts is late news.
  mutating func stop(_ kind: Job.Kind) -> [Effect] {
    running.removeValue(forKey: kind) == nil ? [] : [.cancel(kind)]
  }

  /// Stops all jobs that are such.
  mutating func stop(where isSuch: (Job) -> Bool) -> [Effect] {
    running.values.filter(isSuch).flatMap { stop($0.kind) }
  }

  /// Whether a job with the name of a kind runs, for whatever document.
  func runs(_ kind: Job.Kind) -> Bool { running.keys.contains { $0.name == kind.name } }

  /// Takes news of a job.
  mutating func update(_ report: JobReport) -> [Effect] {
    // Late news of a job that was replaced says nothing about the present.
    guard let job = running[report.kind], job.generation == report.generation else { return [] }
    if let change = report.change { return change(&self) }
    running[report.kind] = nil
    return job.ended(&self)
  }

  /// The jobs under way: those that were asked for first, of these the newest.
  private var runningInOrder: [Job] {
    running.values.sorted {
      ($0.urgency.rawValue, $1.generation) < ($1.urgency.rawValue, $0.generation)
    }
  }

  /// The share of the running work that is done, and what it is; nil when all is done.
  var progress: (fraction: Double, label: String)? {
    for job in runningInOrder {
      if let progress = job.progress, let fraction = progress.fraction(self) {
        return (fraction, progress.label)
      }
    }
    return nil
  }

  /// Stops what Esc stops here, with all that does the same; nil if nothing does.
  mutating func stopWork() -> [Effect]? {
    let stopped = runningInOrder.filter { $0.escape?.stops(self) ?? false }
    guard let first = stopped.first else { return nil }
    let same = stopped.filter { $0.kind.name == first.kind.name }
    let effects = same.flatMap { stop($0.kind) }
    first.escape?.stopped(&self)
    return effects
  }
}
