import NNRAnalysis
import NNRModel
import WeightFiles

/// The parameters of a model against the tensors they were made from.
public struct AgainstReport: Sendable {
  /// A parameter with its errors.
  public struct Row: Sendable {
    /// The name; not safe to print.
    public let name: String
    /// The dimensions.
    public let shape: [Int]
    /// The weights against the reference.
    public let errors: ValueComparison

    /// A place in C order as indices.
    public func indices(of element: Int) -> [Int] { Shape.indices(of: element, in: shape) }
  }

  /// A tensor that could not be compared, and why.
  public struct Refused: Sendable, Hashable {
    /// The name; not safe to print.
    public let name: String
    /// Why, as a sentence that is safe to print.
    public let reason: String
  }

  /// What the reference file is called; not safe to print.
  public let file: String
  /// What of an update chain was compared.
  public let scope: AgainstScope
  /// The parameters that were compared, in the order of the model.
  public private(set) var rows: [Row] = []
  /// Parameters that the reference file does not have.
  public private(set) var missing: [String] = []
  /// Tensors of the reference file that the model does not have.
  public private(set) var extra: [String] = []
  /// Tensors of another shape, and those that are damaged or could not be decoded.
  public private(set) var refused: [Refused] = []
  /// Which names of the file stand for which of the model.
  public let mapping: NameMapping
  /// What a person should know about the reading of the file, as sentences; not safe to print.
  public let remarks: [String]
  private let names: [String]
  private var places: [String: Int] = [:]

  /// Compares the parameters that `visit` visits with `references`, by their names or those that `mapping` gives them; it returns those that it could not visit.
  ///
  /// The one tensor of an npy file is compared with the parameter of its name, or with the only one.
  public init(
    file: String, _ references: WeightFile, mapping: NameMapping = .same,
    scope: AgainstScope = .alone(file: 1, of: 1), worst: Int = 10,
    visit: ((ModelParameter) -> Bool) throws -> [Refused]
  ) rethrows {
    self.file = file
    self.scope = scope
    self.mapping = mapping
    remarks = references.remarks
    names = references.names
    var rows: [Row] = []
    var missing: [String] = []
    var refused: [Refused] = []
    var seen: Set<String> = []
    var pending: [ModelParameter] = []
    let original = Original(references, mapping: mapping)
    func compare(_ parameter: ModelParameter, as name: String) {
      switch original.compare(parameter, as: name, worst: worst) {
      case .missing:
        missing.append(parameter.name)
        return
      case .refused(let reason): refused.append(Refused(name: parameter.name, reason: reason))
      case .compared(let errors):
        rows.append(Row(name: parameter.name, shape: parameter.dimensions, errors: errors))
      }
      seen.insert(name)
    }
    let single = references.isSingle ? references.names.first : nil
    var visited = 0
    let undecoded = try visit { parameter in
      visited += 1
      // Whether it is the only one is known at the end.
      if let single, parameter.name != single {
        if visited == 1 { pending = [parameter] } else { missing.append(parameter.name) }
      } else {
        compare(parameter, as: mapping.name(of: parameter.name))
      }
      return true
    }
    if let only = pending.first {
      if visited == 1, undecoded.isEmpty, let single {
        compare(only, as: single)
      } else {
        missing.insert(only.name, at: 0)
      }
    }
    self.rows = rows
    self.missing = missing
    self.refused = refused + undecoded
    let known = seen.union(undecoded.map { mapping.name(of: $0.name) })
    extra = references.names.filter { !known.contains($0) }
    places = Dictionary(
      rows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Why nothing was compared, as a sentence; nil if something was.
  ///
  /// Not safe to print.
  public var emptiness: String? {
    guard rows.isEmpty else { return nil }
    func list(_ names: [String]) -> String {
      guard !names.isEmpty else { return "nothing" }
      let first = names.prefix(3).map { String($0.prefix(60)) }.joined(separator: ", ")
      return first + (names.count > 3 ? ", …" : "")
    }
    var text = "nothing was compared with \(file): the stream has "
    text += "\(list(missing + refused.map(\.name))), the file has \(list(names))"
    if let first = refused.first { return text + "; \(first.name.prefix(60)): \(first.reason)" }
    return missing.isEmpty || names.isEmpty ? text : text + "; --map FILE says which is which"
  }

  /// The errors of the parameter that a coded tensor becomes; nil if it was not compared.
  public func row(for tensor: CodedTensor) -> Row? {
    places[tensor.parameterName].map { rows[$0] }
  }
}
