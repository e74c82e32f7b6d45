import NNRModel

extension TensorExport {
  /// Writes all tensors to one safetensors file, or to standard output for `-`.
  ///
  /// The header of the format tells all shapes first. Tensors are kept for the writing where they fit `budget` bytes,
  /// otherwise they are decoded twice. A name that comes again gets a number behind it.
  public static func safetensors(
    _ session: Session, _ request: ExportRequest, to path: String, budget: Int
  ) throws(ExportError) -> ExportOutcome {
    var outcome = ExportOutcome()
    var names = ExportNames(reserved: ["__metadata__"])
    var entries: [SafetensorsEntry] = []
    var notes: [(name: String, notes: [(key: String, text: String)])] = []
    var kept: [ExportTensor]? = []
    var room = budget
    outcome.failures = request.visit(session) { tensor in
      guard request.content != .levels || tensor.hasLevels else {
        outcome.withoutLevels.append(tensor.name)
        return true
      }
      let name = names.unique(tensor.name)
      entries.append(
        SafetensorsEntry(name: name, shape: tensor.shape, element: tensor.values.element))
      notes.append((name, tensor.notes))
      outcome.add(tensor, target: name)
      room -= tensor.values.count * tensor.values.element.size
      if room < 0 { kept = nil }
      kept?.append(tensor)
      return true
    }
    let writer = try SafetensorsWriter(path: path, entries: entries, metadata: metadata(notes))
    var failed: ExportError?
    func append(_ tensor: ExportTensor) -> Bool {
      guard request.content != .levels || tensor.hasLevels else { return true }
      do throws(ExportError) {
        switch tensor.values {
        case .float32(let values): try writer.append(values[...])
        case .float64(let values): try writer.append(values[...])
        case .int32(let values): try writer.append(values[...])
        }
        return true
      } catch {
        failed = error
        return false
      }
    }
    if let kept {
      for tensor in kept where failed == nil { _ = append(tensor) }
    } else {
      _ = request.visit(session, append)
    }
    if let failed { throw failed }
    try writer.finish()
    return outcome
  }
}
