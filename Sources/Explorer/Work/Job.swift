import NNRAnalysis

/// Work for the background: it reads streams and posts reports, and never touches the model.
public struct Job: Sendable {
  /// What a job is for; a new one of a kind replaces the one before.
  public enum Kind: Hashable, Sendable {
    /// Names, sizes and diagnostics of all units of a stream.
    case survey(document: Int)
    /// The places that fit a search.
    case search
    /// The units that fit a filter.
    case filter
    /// The weights of a tensor.
    case decode
    /// The bins that the stepper shows.
    case bins
    /// The contexts of the tensor that is stepped through.
    case contexts
    /// Why a payload does not decode.
    case diagnose
    /// The rounds of updates.
    case updates
    /// The comparison of two streams.
    case diff
    /// The weights against the original.
    case against(document: Int)
    /// Figures and costs of all tensors of a stream.
    case figures(document: Int)
    /// The bits of a tensor's parts.
    case parts
    /// The cells of the heat map.
    case heat
    /// All rules over a stream.
    case check(document: Int)
    /// Tensors on their way to a file.
    case export
  }

  /// What it is for.
  public let kind: Kind
  /// The number that its reports carry; older ones are dropped.
  public let generation: Int
  /// The work; asks `Context.isCancelled` often and posts as often as there is something to see.
  public let work: @Sendable (Context) -> Void

  /// What a job is given.
  public struct Context: Sendable {
    /// Whether the result is no longer wanted.
    public let isCancelled: @Sendable () -> Bool
    /// Sends a finding to the model.
    public let post: @Sendable (JobReport.Content) -> Void

    /// A context with its two ways out.
    public init(
      isCancelled: @escaping @Sendable () -> Bool,
      post: @escaping @Sendable (JobReport.Content) -> Void
    ) {
      self.isCancelled = isCancelled
      self.post = post
    }
  }
}

/// News from a job.
public struct JobReport: Sendable {
  /// The news.
  public enum Content: Sendable {
    /// Units that were looked at, and the share that is done.
    case surveyed([UnitSummary], fraction: Double)
    /// Matches found since the last report, and the share that is done.
    case found([SearchMatch], fraction: Double)
    /// Units that fit the filter, and the share that is done.
    case filtered([Int], fraction: Double)
    /// What is known of a tensor by now.
    case decoded(TensorView)
    /// Bins of a payload.
    case traced(BinsReport)
    /// The contexts of a tensor.
    case contexts(ContextsReport)
    /// Why a payload does not decode.
    case diagnosed(DiagnosisReport)
    /// Parameters of rounds of updates, and the share that is done.
    case updated([ParameterUpdate], fraction: Double)
    /// What differs between two streams.
    case compared(DiffReport)
    /// The weights against the original.
    case against(AgainstOutcome)
    /// Rows of the tensors table, and the share of the payloads that is decoded.
    case tensors([TensorLine], fraction: Double)
    /// Who paid which bits by now.
    case costs(CostSheet)
    /// The bits of a tensor's parts.
    case parts(TensorParts)
    /// Cells of the heat map.
    case heat(HeatImage)
    /// The share of the units whose payloads were checked.
    case checking(fraction: Double)
    /// The rules that a stream breaks, and whether payloads were decoded for it.
    case checked([Breach], decoded: Bool)
    /// A sentence for the status line, and whether something failed.
    case told(String, failed: Bool)
    /// Nothing more will come.
    case finished
  }

  /// The job's purpose.
  public let kind: Job.Kind
  /// The job's number.
  public let generation: Int
  /// The news.
  public let content: Content

  /// A report of `job`.
  public init(_ job: Job, _ content: Content) {
    kind = job.kind
    generation = job.generation
    self.content = content
  }
}
