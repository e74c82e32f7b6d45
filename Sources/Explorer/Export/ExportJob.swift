import NNRModel
import NNRReport
import PlainText

extension Job {
  /// Writes a tensor, or all of the model, to a file or folder.
  static func export(
    _ session: Session, _ request: ExportRequest, as format: ExportFormat, to path: String,
    generation: Int
  ) -> Job {
    Job(kind: .export, generation: generation) { context in
      do throws(ExportError) {
        let outcome: ExportOutcome
        if request.tensor != nil {
          outcome = try TensorExport.one(session, request, as: format, to: path)
        } else if format == .safetensors {
          outcome = try TensorExport.safetensors(
            session, request, to: path, budget: session.options.maxMemory / 4)
        } else {
          outcome = try TensorExport.folder(session, request, as: format, to: path)
        }
        context.post(summary(outcome, path))
      } catch {
        context.post(.told("\(error)", failed: true))
      }
      context.post(.finished)
    }
  }

  private static func summary(_ outcome: ExportOutcome, _ path: String) -> JobReport.Content {
    let name = ShownText.line(path)
    if let failure = outcome.failures.first {
      let more = outcome.failures.count > 1 ? " and \(outcome.failures.count - 1) more" : ""
      return .told(
        "unit \(failure.unit)\(more) not exported: \(ShownText.line("\(failure.reason)"))",
        failed: true)
    }
    if outcome.written.isEmpty {
      let raw = outcome.withoutLevels.first.map { "\(ShownText.line($0)) has no levels" }
      return .told(raw ?? "nothing to export", failed: true)
    }
    guard outcome.written.count == 1, let only = outcome.written.first else {
      return .told(
        "\(NumberText.count(outcome.written.count, "tensor")) written to \(name)", failed: false)
    }
    let shape = only.shape.map { "\($0)" }.joined(separator: "×")
    return .told("\(shape) \(only.element.name) written to \(name)", failed: false)
  }
}
