import NNRBits
import NNRModel
import NNRSyntax

/// All rules over one stream: which are broken, and which could not be looked at.
public struct StreamCheck: Sendable {
  /// How much is looked at.
  public struct Options: Sendable {
    /// Whether the streams opened before are compared (rules U).
    public var comparesStreams = true
    /// Whether payloads are decoded.
    public var decodes = false
    /// The number of threads that decode.
    public var threads = 1
    /// Asked now and then, from any thread: whether the result is no longer wanted.
    public var shouldStop: @Sendable () -> Bool = { false }
    /// Takes the figures of each unit that is decoded, from any thread, so that nobody needs to decode it again.
    public var figures: (options: FiguresOptions, take: @Sendable (UnitFigures) -> Void)?

    /// What a search for shorter units found; nil where there was none.
    public var savings: [UnitSaving]?

    /// Whether the facts of the units are kept.
    public var keepsFacts = false

    /// Syntax and the streams before.
    public init() {}

    /// The syntax of the stream alone.
    public static var syntax: Options {
      var options = Options()
      options.comparesStreams = false
      return options
    }
  }

  /// The breaches: errors before warnings before infos, by unit, then bit.
  public let breaches: [Breach]
  /// The facts of the units that were looked at, if they were to be kept.
  public let facts: [UnitFacts]
  /// The rules that were not looked at, because they need more than was asked for.
  public let notRun: [Rule]
  private let places: [Int: [Int]]

  /// Looks at the stream number `stream` of `session`.
  ///
  /// `done` is told the number of units decoded, from any thread.
  public init(
    _ session: Session, stream number: Int, options: Options = Options(),
    done: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    let stream = session.streams[number]
    var list = BreachList()
    var groups: [any StreamRules] = [
      OrderRules(), UnitRules(), ParameterRules(),
      TopologyRules(inflationLimit: session.options.inflationLimit),
      NameRules(), WriterRules(),
      TensorRules(maxMemory: session.options.maxMemory) { [session] unit in
        session.directory(number).freeWeights(before: unit)
      },
    ]
    if options.comparesStreams { groups.append(UpdateRules(session, stream: number)) }
    var index = stream.index.diagnostics[...]
    var facts: [UnitFacts] = []
    if options.keepsFacts { facts.reserveCapacity(stream.unitCount) }
    for place in 0..<stream.unitCount {
      if options.shouldStop() { break }
      let unit = CheckedUnit(stream, place)
      if options.keepsFacts { facts.append(UnitFacts(unit)) }
      let start = unit.entry.offset * 8
      while let next = index.first, next.range.start < start + unit.entry.size * 8 {
        index.removeFirst()
        list.note(
          next.rule, unit: place, next.range.shifted(by: -start), next.message,
          severity: next.severity)
      }
      for diagnostic in unit.tree?.diagnostics ?? [] {
        var diagnostic = diagnostic
        if diagnostic.rule == .s09 { diagnostic.message += OrderRules.guess(stream) }
        list.add(Breach(unit: place, diagnostic))
      }
      for group in groups.indices { groups[group].look(at: unit, &list) }
    }
    for group in groups.indices { groups[group].finish(stream, &list) }
    if options.decodes {
      DecodingCheck(
        session, stream: number, threads: options.threads, figures: options.figures,
        shouldStop: options.shouldStop
      ).run(&list, done: done)
    }
    WasteRule.note(options.savings ?? [], stream, &list)
    self.facts = facts
    breaches = list.breaches.sorted(by: Breach.isBefore)
    notRun = Rule.allCases.filter { rule in
      rule.needsDecoding && !options.decodes || rule.needsOtherStreams && !options.comparesStreams
        || rule.needsSearch && options.savings == nil
    }
    places = Dictionary(grouping: breaches.indices, by: { [breaches] in breaches[$0].unit })
  }

  /// The breaches of a unit, errors first.
  public func breaches(of unit: Int) -> [Breach] { (places[unit] ?? []).map { breaches[$0] } }

  /// How many breaches have a severity.
  public func count(_ severity: Severity) -> Int { breaches.count { $0.severity == severity } }

  /// Whether there is an error.
  public var hasErrors: Bool { breaches.contains { $0.severity == .error } }
}

extension Rule {
  /// Whether the streams opened before must be compared.
  var needsOtherStreams: Bool {
    [Rule.u02, .u03, .u05, .u06, .u08, .u09, .u10].contains(self)
  }
}
