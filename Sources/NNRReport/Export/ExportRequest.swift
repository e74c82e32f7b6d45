import NNRModel
import NNRSyntax
import WeightFiles

/// The formats of exported tensors.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// numpy, one tensor a file.
  case npy
  /// numpy, all tensors in one archive.
  case npz
  /// safetensors, all tensors in one file.
  case safetensors
  /// Numbers as text, one tensor a file.
  case csv
  /// The bytes of the elements, little-endian, one tensor a file.
  case raw

  /// What file names end in.
  public var ending: String { self == .raw ? ".bin" : "." + rawValue }
}

/// What of a session is exported.
public struct ExportRequest: Sendable {
  /// Which view of the tensors.
  public enum Content: Sendable {
    /// The parameters of the model, after local scaling and G · H.
    case model
    /// The coded tensors, before them.
    case coded
    /// The integers of the coded tensors.
    case levels
  }

  /// Which view of the tensors.
  public var content = Content.model
  /// Whether the updates of a chain are added up; otherwise the last stream counts.
  ///
  /// Only for parameters of the model.
  public var accumulates = false
  /// The name of the only tensor; nil for all.
  public var tensor: String?

  /// All parameters of the model that the last stream gives.
  public init() {}

  /// The names that `tensor` may have, told from headers.
  public func names(in session: Session) -> [String] {
    let streams = accumulates ? Array(session.streams.indices) : [session.streams.count - 1]
    var seen: Set<String> = []
    var names: [String] = []
    func add(_ name: String) { if seen.insert(name).inserted { names.append(name) } }
    for stream in streams where session.streams.indices.contains(stream) {
      for tensor in session.directory(stream).tensors {
        if content == .model, tensor.role == .localScaling { continue }
        add(tensor.name)
        if content == .model { add(tensor.parameterName) }
      }
    }
    return names
  }

  /// Visits the tensors in their order; `visit` says whether to go on.
  ///
  /// Returns the units that could not be decoded.
  func visit(_ session: Session, _ visit: (ExportTensor) -> Bool) -> [ExportOutcome.Failure] {
    let last = session.streams.count - 1
    guard session.streams.indices.contains(last) else { return [] }
    let file = session.streams[last].name
    var only: [Int]?
    if let tensor { only = units(of: tensor, session, last) }
    switch content {
    case .levels, .coded:
      let asLevels = content == .levels
      let failures = session.codedTensors(stream: last, units: only) { start, levels -> Bool in
        guard tensor == nil || tensor == start.tensor.name else { return true }
        return visit(ExportTensor(start, levels: levels, asLevels: asLevels, file: file))
      }
      return failures.map { ExportOutcome.Failure(stream: last, unit: $0.unit, reason: $0.failure) }
    case .model:
      func pass(_ parameter: ModelParameter) -> Bool {
        guard tensor == nil || tensor == parameter.name else { return true }
        return visit(ExportTensor(parameter, file: file))
      }
      guard accumulates else {
        let failures = session.parameters(stream: last, units: only, visit: pass)
        return failures.map {
          ExportOutcome.Failure(stream: last, unit: $0.unit, reason: $0.failure)
        }
      }
      // The closure does not throw, so nothing does.
      let failures = (try? session.accumulatedParameters(visit: pass)) ?? []
      return failures.map {
        ExportOutcome.Failure(stream: $0.stream, unit: $0.unit, reason: $0.failure)
      }
    }
  }

  /// The units that a tensor or parameter called `name` may come from.
  private func units(of name: String, _ session: Session, _ stream: Int) -> [Int] {
    let directory = session.directory(stream)
    let factors = [Factor.g, .h].map { $0.name(of: name) }
    let names = content == .model ? [name] + factors : [name]
    let found = directory.tensors.filter { tensor in
      names.contains(tensor.name) || tensor.parameterName == name
    }
    return Set(found.map(\.unit)).sorted()
  }
}

/// What was exported, and what was not.
public struct ExportOutcome: Sendable {
  /// A file or a tensor of the one file that was written.
  public struct Written: Sendable {
    /// The name of the tensor in the stream; not safe to print.
    public let name: String
    /// The file, or the name within the file where that differs.
    public let target: String
    /// The sides.
    public let shape: [Int]
    /// The type of the elements.
    public let element: ElementType
  }

  /// A unit that could not be decoded.
  public struct Failure: Sendable {
    /// The number of the stream.
    public let stream: Int
    /// The number of the unit.
    public let unit: Int
    /// Why.
    public let reason: DecodeFailure
  }

  /// What was written, in order.
  public internal(set) var written: [Written] = []
  /// The units that could not be decoded; their tensors are missing.
  public internal(set) var failures: [Failure] = []
  /// The names of tensors that were taken from the file that the result was to be like; not safe to print.
  public internal(set) var taken: [String] = []
  /// What differs from the file that the result was to be like, as sentences; not safe to print.
  public internal(set) var remarks: [String] = []
  /// The names of tensors that have no integers, where integers were asked for.
  public internal(set) var withoutLevels: [String] = []
}
