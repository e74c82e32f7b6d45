import NNRAnalysis
import NNRReport

/// What `compare` found: runs, series, and what is wrong with them.
struct CompareResult {
  /// The runs.
  let comparison: RunComparison
  private let series: [RateSeries]
  private var differences: [SeriesDifference] = []
  /// Why files could not be read.
  private var unreadable: [String]
  private let named: Int

  /// The runs that could be opened; says which could not.
  init(_ decoded: [Result<RunFigures, any Error>], _ files: RunFiles, isAgainst: Bool) {
    var runs: [RunFigures] = []
    var places: [Int: Int] = [:]
    unreadable = files.problems
    for (number, result) in decoded.enumerated() {
      switch result {
      case .success(let run):
        places[number] = runs.count
        runs.append(run)
        if let fault = run.readFault { unreadable.append("\(run.file): \(fault)") }
      case .failure(let error): unreadable.append("\(error)")
      }
    }
    unreadable.dropFirst(files.problems.count).forEach { Output.complain($0) }
    named = decoded.count + files.problems.count
    comparison = RunComparison(runs, isAgainst: isAgainst)
    series = files.series.map { RateSeries($0.name, runs: $0.runs.compactMap { places[$0] }) }
  }

  /// Compares the series.
  mutating func differ(_ options: RateOptions) {
    guard comparison.isAgainst else { return }
    differences = SeriesDifference.all(series, comparison, options)
  }

  /// Writes the JSON document with some rows.
  func write(rows: [CompareRow], to json: inout JSONWriter) {
    CompareDocument.write(
      comparison, rows: rows, series: series, differences: differences, to: &json)
  }

  /// The plot and the differences, as text.
  func rates(width: Int?) -> String {
    CompareText.rates(comparison, series, differences, width: width)
  }

  /// Writes the drawing; says so where there is nothing to draw.
  func draw(_ path: String) throws {
    guard let drawing = RateDrawing.svg(comparison, series) else {
      return Output.complain("\(path) is not written: no run has errors to draw")
    }
    do {
      let file = try AtomicFile(path: path)
      try file.write(drawing.utf8)
      try file.commit()
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
  }

  /// Says what is wrong, and ends with the status of it; what the text says already only where there was none.
  func leave(isText: Bool) throws {
    for note in CompareText.notes(comparison) { Output.complain(note) }
    if series.count > 1, !comparison.isAgainst {
      Output.complain("series differ by rate and error: --against names the original")
    }
    for run in comparison.runs where run.isBroken {
      Output.complain("\(run.file): \(RunRow.error(of: run) ?? "broken")")
    }
    let failed = differences.filter { (try? $0.whole.get()) == nil }
    for difference in differences where !isText {
      let names = "\(difference.second.name) against \(difference.first.name)"
      if case .failure(let problem) = difference.whole { Output.complain("\(names): \(problem)") }
      for line in difference.warnings(comparison) { Output.complain("\(names): \(line)") }
    }
    guard unreadable.isEmpty else {
      throw ExitStatus.unusable("\(unreadable.count) of \(named) files could not be read")
    }
    if let emptiness = comparison.emptiness {
      Output.complain(emptiness)
      throw ExitStatus.streamHasErrors
    }
    if comparison.runs.contains(where: \.isBroken) || !failed.isEmpty {
      throw ExitStatus.streamHasErrors
    }
  }
}
