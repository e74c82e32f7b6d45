import ArgumentParser
import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport
import WeightFiles

/// The original that other steps are measured against, and which steps.
struct RateErrorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Estimate bits and error with other QPs against the original: a PyTorch, safetensors, ONNX, npz or npy file; several are one.",
      valueName: "file"), completion: .file())
  var against: [String] = []
  @Option(help: AgainstOptions.mapHelp, completion: .file())
  var map: String?
  @Option(
    parsing: .unconditional,
    help: "The QPs to estimate, as differences from the stream's: -3..+3 unless told otherwise.")
  var qp: String?

  /// Whether they are asked for.
  var isAsked: Bool { !against.isEmpty }

  /// Refuses what makes no sense.
  func check() throws {
    guard !isAsked else { return }
    for (option, isGiven) in [("--qp", qp != nil), ("--map", map != nil)] where isGiven {
      throw ExitStatus.usage("\(option) goes with --against")
    }
  }

  /// The steps.
  func steps() throws -> ClosedRange<Int> {
    guard let qp else { return -3...3 }
    let parts = qp.split(separator: ".", omittingEmptySubsequences: true)
    let ends = parts.compactMap { Int($0) }
    guard ends.count == parts.count, let first = ends.first, let last = ends.last, ends.count <= 2,
      first <= last, ends.allSatisfy((-64...64).contains), qp.contains("..") == (ends.count == 2)
    else { throw ExitStatus.usage("--qp is a range such as -3..+3, from -64 to 64, not \(qp)") }
    return first...last
  }

  /// The estimate of a stream.
  func estimate(_ session: Session, _ stream: Int, threads: Int) throws -> RateErrorEstimate {
    let steps = try steps()
    let references = WeightFile.joined(try against.map(AgainstOptions.open))
    defer { Output.progress("") }
    return RateErrorEstimate(
      session, stream: stream, against: references, mapping: try map.map(AgainstOptions.mapping),
      steps: steps, threads: threads,
      done: Output.searched(units: session.directory(stream).byUnit.count))
  }
}

extension WhatifCommand {
  /// Lists what the last stream would take with other steps, and how far it would be from the original.
  func listRateAndError() throws {
    let showsSteps = (tensor != nil || all) && !form.json
    let curves = showsSteps ? nil : try form.selection(RateErrorTable.fields)
    let steps = showsSteps ? try form.selection(RateErrorStepTable.fields) : nil
    let threads = try work.count()
    let session = try streams.session(json: form.json)
    let last = session.streams.count - 1
    if let tensor { try requireName(tensor, among: session.directory(last).tensors.map(\.name)) }
    let estimate = try rateAndError.estimate(session, last, threads: threads)
    let rows = RateErrorTable.rows(estimate).filter { tensor == nil || $0.tensor.name == tensor }
    var count = 0
    if form.json {
      let chosen = curves?.rows(rows) ?? rows
      count = chosen.count
      writeJSON { json in
        RateErrorText.write(
          estimate, against: rateAndError.against.joined(separator: ", "), chosen, to: &json)
      }
    } else {
      if !form.isForPrograms { Output.write(RateErrorText.heading(estimate)) }
      if let curves { count = form.write(curves.table(rows), file: estimate.file) }
      if let steps {
        count = form.write(steps.table(RateErrorStep.rows(rows)), file: estimate.file)
      }
    }
    form.tell(rows: count)
    for (unit, refusal) in estimate.refused where refusal.isFault {
      Output.complain("\(estimate.file): unit \(unit): \(refusal)")
    }
    if form.isForPrograms, let rule = estimate.mapping.rule {
      Output.complain("names matched \(rule)")
    }
    guard !estimate.estimated.isEmpty else {
      let first = estimate.curves.first { $0.refusal != nil }
      Output.complain(
        "nothing was estimated"
          + (first.map { ": \($0.tensor.name): \($0.refusal ?? "")" } ?? ""))
      throw ExitStatus.streamHasErrors
    }
    if estimate.refused.contains(where: { $0.refusal.isFault }) {
      throw ExitStatus.streamHasErrors
    }
    try leaveIfBroken(session)
  }
}
