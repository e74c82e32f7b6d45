import NNRModel
import NNRReport
import PlainText

extension Job.Kind {
  /// Tensors on their way to a file.
  public static let export = Self("export")
}

extension Job {
  /// Writes a tensor, or all of the model, to a file or folder.
  static func export(
    _ session: Session, _ request: ExportRequest, as format: ExportFormat, to path: String
  ) -> Job {
    Job(.export) { context in
      do throws(ExportError) {
        let outcome: ExportOutcome
        if request.tensor != nil {
          outcome = try TensorExport.one(session, request, as: format, to: path)
        } else if format == .safetensors {
          outcome = try TensorExport.safetensors(
            session, request, to: path, budget: session.options.maxMemory / 4)
        } else if format == .npz {
          outcome = try TensorExport.archive(session, request, to: path)
        } else {
          outcome = try TensorExport.folder(session, request, as: format, to: path)
        }
        let (text, failed) = summary(outcome, path)
        context.post { $0.tell(text, failed: failed) }
      } catch {
        let text = "\(error)"
        context.post { $0.tell(text, failed: true) }
      }
    }
  }

  private static func summary(_ outcome: ExportOutcome, _ path: String) -> (
    text: String, failed: Bool
  ) {
    let name = ShownText.line(path)
    if let failure = outcome.failures.first {
      let more = outcome.failures.count > 1 ? " and \(outcome.failures.count - 1) more" : ""
      return (
        "unit \(failure.unit)\(more) not exported: \(ShownText.line("\(failure.reason)"))",
        true
      )
    }
    if outcome.written.isEmpty {
      let raw = outcome.withoutLevels.first.map { "\(ShownText.line($0)) has no levels" }
      return (raw ?? "nothing to export", true)
    }
    guard outcome.written.count == 1, let only = outcome.written.first else {
      return (
        "\(NumberText.count(outcome.written.count, "tensor")) written to \(name)", false
      )
    }
    let shape = only.shape.map { "\($0)" }.joined(separator: "×")
    return ("\(shape) \(only.element.name) written to \(name)", false)
  }
}
