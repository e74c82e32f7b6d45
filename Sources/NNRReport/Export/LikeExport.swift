import NNRModel
import WeightFiles

extension TensorExport {
  /// Writes the parameters of the model as `original` has its tensors: their names, order, types, sides and metadata, as one
  /// safetensors file, or without metadata as one npz file.
  ///
  /// Whole numbers that the stream does not code, such as counters of batches, are taken from the original. All else that one of
  /// them has and the other has not is left out; the remarks of the outcome say so. Tensors are kept for the writing where they
  /// fit `budget` bytes, otherwise they are decoded twice. Without a tensor in common nothing is written.
  public static func like(
    _ original: WeightFile, _ session: Session, _ request: ExportRequest,
    mapping: NameMapping? = nil, as format: ExportFormat = .safetensors, to path: String,
    budget: Int
  ) throws(ExportError) -> ExportOutcome {
    let streams =
      request.accumulates ? Array(session.streams.indices) : [session.streams.count - 1]
    let mapping = mapping ?? .proposed(for: session.wanted(streams), in: original)
    var plan = LikePlan(original, mapping, format, budget: budget)
    var outcome = ExportOutcome()
    outcome.failures = request.visit(session) { tensor in
      plan.add(tensor, to: &outcome)
      return true
    }
    let entries = plan.entries(&outcome)
    guard !outcome.written.isEmpty else { return outcome }
    if format == .npz {
      if !original.metadata.isEmpty { outcome.remarks.append("metadata is left out: npz has none") }
      let writer = try NumpyArchiveWriter(path: path)
      for entry in entries {
        try writer.append(entry, encoded: plan.bytes(of: entry.name, session, request))
      }
      try writer.finish()
      return outcome
    }
    let writer = try SafetensorsWriter(
      path: path, entries: entries,
      metadata: Dictionary(
        original.metadata.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first }))
    for entry in entries {
      try writer.append(encoded: plan.bytes(of: entry.name, session, request))
    }
    try writer.finish()
    return outcome
  }
}

/// What of a model goes into a file that is to be like another one.
private struct LikePlan {
  private let original: WeightFile
  private let mapping: NameMapping
  private let format: ExportFormat
  /// The names in the model of the tensors that are written, by their names in the file.
  private var sources: [String: String] = [:]
  private var kept: [String: [UInt8]] = [:]
  /// The names in the file of tensors that both have, but not alike.
  private var refused: Set<String> = []
  private var room: Int

  init(_ original: WeightFile, _ mapping: NameMapping, _ format: ExportFormat, budget: Int) {
    self.format = format
    self.original = original
    self.mapping = mapping
    room = budget
  }

  /// Takes a parameter of the model, if the original has it as well.
  mutating func add(_ tensor: ExportTensor, to outcome: inout ExportOutcome) {
    let name = mapping.name(of: tensor.name)
    guard let wanted = original[name] else {
      outcome.remarks.append("\(tensor.name) is left out: the original does not have it")
      return
    }
    guard let element = wanted.element, isWritable(element), !wanted.isComplex else {
      refused.insert(name)
      outcome.remarks.append(
        "\(tensor.name) is left out: \(format.rawValue) has no \(wanted.type) here")
      return
    }
    let shape = mapping.arranged(wanted).shape
    guard shape == tensor.shape || (shape + tensor.shape).allSatisfy({ $0 == 1 }) else {
      refused.insert(name)
      outcome.remarks.append(
        "\(tensor.name) is left out: its shape is \(tensor.shape), that of the original \(shape)")
      return
    }
    var bytes: [UInt8] = []
    let values = mapping.backArranged(tensor.doubles, shape: wanted.shape)
    let lost = element.append(values, to: &bytes)
    if lost > 0 {
      outcome.remarks.append(
        "\(tensor.name): \(lost) of \(values.count) values are beyond \(element.name)")
    }
    // Where a stream codes a tensor twice the last one counts.
    if sources.updateValue(tensor.name, forKey: name) == nil {
      outcome.written.append(
        .init(name: tensor.name, target: name, shape: wanted.shape, element: element))
    }
    room -= bytes.count
    if room >= 0 || kept[name] != nil { kept[name] = bytes }
  }

  /// Whether the format has a type.
  private func isWritable(_ element: ElementType) -> Bool {
    format == .npz
      ? NumpyHeader.bytes(shape: [], element: element) != nil : element.safetensorsCode != nil
  }

  /// The entries of the file, in the order of the original.
  mutating func entries(_ outcome: inout ExportOutcome) -> [SafetensorsEntry] {
    var entries: [SafetensorsEntry] = []
    for tensor in original.tensors where tensor.twin == nil {
      if let element = tensor.element, sources[tensor.name] != nil {
        entries.append(
          SafetensorsEntry(name: tensor.name, shape: tensor.shape, element: element))
      } else if let element = tensor.element, element.isInteger, !element.isPacked,
        isWritable(element),
        !refused.contains(tensor.name), let data = try? tensor.data()
      {
        entries.append(SafetensorsEntry(name: tensor.name, shape: tensor.shape, element: element))
        kept[tensor.name] = data.bytes
        outcome.taken.append(tensor.name)
      } else if !refused.contains(tensor.name) {
        outcome.remarks.append("\(tensor.name) is left out: the stream does not have it")
      }
    }
    return entries
  }

  /// The elements of a tensor, decoded again if they were not kept.
  mutating func bytes(of name: String, _ session: Session, _ request: ExportRequest) -> [UInt8] {
    if let known = kept.removeValue(forKey: name) { return known }
    var only = request
    only.tensor = sources[name]
    var bytes: [UInt8] = []
    guard let wanted = original[name], let element = wanted.element else { return [] }
    _ = only.visit(session) { tensor in
      bytes.removeAll()
      _ = element.append(
        mapping.backArranged(tensor.doubles, shape: wanted.shape), to: &bytes)
      return true
    }
    return bytes
  }
}

extension ExportTensor {
  /// The elements as Float64.
  fileprivate var doubles: [Double] {
    switch values {
    case .float32(let values): values.map { Double($0) }
    case .float64(let values): values
    case .int32(let values): values.map { Double($0) }
    }
  }
}
