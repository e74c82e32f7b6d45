/// Which tensor of a file is which of a model, where their names differ.
public struct NameMapping: Sendable {
  /// A tensor of the model: its name, and its sides where they are known.
  public struct Wanted: Sendable {
    /// The name; not safe to print.
    public let name: String
    /// The sides; nil if they are not known before it is decoded.
    public let shape: [Int]?

    /// A tensor that is looked for.
    public init(_ name: String, shape: [Int]?) {
      self.name = name
      self.shape = shape
    }
  }

  /// How the sides of a file's tensors stand to those of the model.
  enum Order: Sendable, Hashable {
    /// The same.
    case same
    /// The last side of the file is the first of the model, and the one before it the second: H×W×I×O and I×O of Keras against
    /// O×I×H×W and O×I.
    case reversedChannels
  }

  /// The names of the file by those of the model, where they differ.
  public let names: [String: String]
  /// What was done to the names, as a clause; nil if they agree as they are.
  ///
  /// Not safe to print.
  public let rule: String?
  private let order: Order

  /// Names as they are.
  public static let same = NameMapping(names: [:], rule: nil, order: .same)

  init(names: [String: String], rule: String?, order: Order) {
    self.names = names
    self.rule = rule
    self.order = order
  }

  /// The name in the file of a tensor of the model.
  public func name(of name: String) -> String { names[name] ?? name }

  /// A tensor of the file with its sides in the order of the model.
  public func arranged(_ tensor: WeightTensor) -> WeightTensor {
    guard order == .reversedChannels, tensor.shape.count >= 2 else { return tensor }
    return tensor.permuted(Self.permutation(tensor.shape.count))
  }

  /// Values in the order of the model's sides as those of a tensor of the file, whose sides are `shape`.
  public func backArranged(_ values: [Double], shape: [Int]) -> [Double] {
    guard order == .reversedChannels, shape.count >= 2, ElementCount.of(shape) == values.count
    else { return values }
    let permutation = Self.permutation(shape.count)
    // How far neighbours along each side of the file are apart in the model.
    var strides = [Int](repeating: 0, count: shape.count)
    var stride = 1
    for side in permutation.reversed() {
      strides[side] = stride
      stride *= shape[side]
    }
    var result: [Double] = []
    result.reserveCapacity(values.count)
    var place = [Int](repeating: 0, count: shape.count)
    var offset = 0
    while result.count < values.count {
      result.append(values[offset])
      var side = shape.count - 1
      while side >= 0 {
        place[side] += 1
        offset += strides[side]
        if place[side] < shape[side] { break }
        offset -= strides[side] * shape[side]
        place[side] = 0
        side -= 1
      }
    }
    return result
  }

  /// Where each side of the model stands in the file.
  static func permutation(_ sides: Int) -> [Int] {
    sides < 2 ? Array(0..<sides) : [sides - 1, sides - 2] + Array(0..<sides - 2)
  }
}

extension NameMapping {
  /// The mapping that makes names agree by a rule, if they do not as they are.
  ///
  /// A rule counts only if it finds all names of the model in the file, or all of the file in the model, and their shapes agree.
  public static func proposed(for model: [Wanted], in file: WeightFile) -> NameMapping {
    guard !model.isEmpty, !file.isSingle else { return .same }
    if isComplete(model, file, { $0 }, .same) { return .same }
    // What agrees in part by its own names is not renamed: the rest is missing, and that is said.
    for order in [Order.same, .reversedChannels] {
      for rule in NameRule.candidates(model.map(\.name), file.names) {
        if let found = mapping(model, file, rule, order) { return found }
      }
    }
    return .same
  }

  private static func mapping(
    _ model: [Wanted], _ file: WeightFile, _ rule: NameRule, _ order: Order
  ) -> NameMapping? {
    // The rule brings names of both sides to a common form.
    var forms: [String: String] = [:]
    for name in file.names {
      let form = rule.file(name)
      // Two names of one form are no answer.
      guard forms.updateValue(name, forKey: form) == nil else { return nil }
    }
    var names: [String: String] = [:]
    var seen: Set<String> = []
    for wanted in model {
      let form = rule.model(wanted.name)
      guard seen.insert(form).inserted else { return nil }
      if let name = forms[form] { names[wanted.name] = name }
    }
    guard isComplete(model, file, { names[$0] }, order) else { return nil }
    let clauses = [rule.clause, order == .same ? nil : transposition].compactMap { $0 }
    return NameMapping(
      names: names.filter { $0.key != $0.value },
      rule: clauses.isEmpty ? nil : clauses.joined(separator: ", "), order: order)
  }

  private static let transposition = "sides in the order of Keras (H×W×I×O) turned to O×I×H×W"

  /// Whether all names of one side are found on the other, with shapes that agree.
  private static func isComplete(
    _ model: [Wanted], _ file: WeightFile, _ name: (String) -> String?, _ order: Order
  ) -> Bool {
    var pairs = 0
    for wanted in model {
      guard let tensor = name(wanted.name).flatMap({ file[$0] }) else { continue }
      pairs += 1
      guard let shape = wanted.shape, tensor.problem == nil else { continue }
      let sides =
        order == .same
        ? tensor.shape : permutation(tensor.shape.count).map { tensor.shape[$0] }
      guard shape == sides || (Self.isScalar(shape) && Self.isScalar(sides)) else { return false }
    }
    return pairs > 0 && (pairs == model.count || pairs == file.tensors.count)
  }

  private static func isScalar(_ shape: [Int]) -> Bool { shape.allSatisfy { $0 == 1 } }
}
