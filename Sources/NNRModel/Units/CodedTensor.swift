import NNRSyntax

/// A tensor as a data unit codes it, told from the headers (format reference 3.1 and 3.2).
public struct CodedTensor: Sendable {
  /// What a tensor is within its block.
  public enum Role: String, Sendable, CaseIterable {
    case weight
    case g = "G"
    case h = "H"
    case localScaling = "local scaling"
    case bias
    case beta
    case gamma
    case mean
    case variance
  }

  /// How integers become weights.
  public enum Quantizer: String, Sendable, CaseIterable {
    /// Step size times integer.
    case uniform
    /// Step size times an entry of the codebook.
    case codebook
    /// The integers are the parameters.
    case skip
    /// No integers: floats as they are.
    case raw
  }

  /// The name with invalid UTF-8 replaced; not safe to print.
  public let name: String
  /// The name as coded.
  public let nameBytes: [UInt8]
  /// The number of the unit.
  public let unit: Int
  /// The place among the tensors of the unit, in decoding order.
  public let place: Int
  /// What it is within its block.
  public let role: Role
  /// Its dimensions; nil if they are not known.
  public let dimensions: [Int]?
  /// The payload type of its unit.
  public let payloadType: PayloadType
  /// How integers become weights.
  public let quantizer: Quantizer
  /// dq_flag of its unit.
  public let dqFlag: Bool
  /// scan_order of its unit; the reference codes the vectors of a block without blocks.
  public let scanOrder: Int
  /// cabac_unary_length_minus1 + 1.
  public let unaryLength: Int
  /// Its codebook.
  public let codebook: CompressedDataUnit.Codebook?
  /// The entry points that belong to it.
  public let entryPoints: [CompressedDataUnit.ListedEntryPoint]

  /// The number of weights, saturated; nil if the dimensions are not known.
  public var count: Int? { dimensions?.reduce(1) { $0.saturatingMultiply($1) } }

  /// The number of rows: the first dimension.
  public var rows: Int { dimensions?.first ?? 0 }

  /// The name of the parameter that the tensor becomes, or that it is a factor of.
  public var parameterName: String { role == .g ? Factor.weight(of: name) ?? name : name }

  /// The scan that is used: row-major for vectors and for one row or column (format reference 4.4).
  public var effectiveScanOrder: Int {
    guard let dimensions, dimensions.count > 1, let first = dimensions.first, let count, first > 1,
      count / max(first, 1) > 1
    else { return 0 }
    return scanOrder
  }
}

extension CompressedDataUnit {
  /// The tensors of the unit in decoding order.
  public var codedTensors: [CodedTensor] {
    guard payloadType == .block else {
      return [tensor(singleRole, name: 0, place: 0, singleDimensions, codebook, entryPoints)]
    }
    let d = isDecomposed ? 1 : 0
    let l = hasLocalScaling ? 1 : 0
    let b = hasBatchNorm ? 1 : 0
    let rows = dimensions.map { [$0.first ?? 0] }
    var tensors: [CodedTensor] = []
    func add(_ role: CodedTensor.Role, name: Int) {
      tensors.append(tensor(role, name: name, place: tensors.count, rows, nil, []))
    }
    if hasLocalScaling { add(.localScaling, name: 1 + d) }
    if hasBias { add(.bias, name: 1 + d + l + 4 * b) }
    if hasBatchNorm {
      for (step, role) in [CodedTensor.Role.beta, .gamma, .mean, .variance].enumerated() {
        add(role, name: 1 + d + l + step)
      }
    }
    guard isDecomposed else {
      tensors.append(
        tensor(.weight, name: 0, place: tensors.count, dimensions, codebook, entryPoints))
      return tensors
    }
    let split = min(entryPoints.count, gEntryPoints)
    tensors.append(
      tensor(
        .g, name: 0, place: tensors.count, gDimensions, codebook, Array(entryPoints[..<split])))
    tensors.append(
      tensor(
        .h, name: 1, place: tensors.count, hDimensions, codebookForH,
        Array(entryPoints[split...])))
    return tensors
  }

  /// The dimensions of G: rows, rank.
  public var gDimensions: [Int]? {
    guard let gRows, let decompositionRank else { return nil }
    return [gRows, decompositionRank]
  }

  /// The dimensions of H: rank, columns.
  public var hDimensions: [Int]? {
    guard let gRows, gRows > 0, let decompositionRank, let dimensions else { return nil }
    return [decompositionRank, dimensions.reduce(1) { $0.saturatingMultiply($1) } / gRows]
  }

  private var gEntryPoints: Int {
    scanOrder > 0 ? max(0, ((gRows ?? 1) - 1) / (4 << min(scanOrder, 15))) : 0
  }

  /// A decomposed weight coded apart is told by its name, as in the reference.
  private var singleRole: CodedTensor.Role {
    guard isDecomposed, let name = nameTexts.first else { return .weight }
    return switch Factor(endOf: name.utf8) {
    case .g: .g
    case .h: .h
    case nil: .weight
    }
  }

  private var singleDimensions: [Int]? {
    switch singleRole {
    case .g: gDimensions
    case .h: hDimensions
    default: dimensions
    }
  }

  private func tensor(
    _ role: CodedTensor.Role, name: Int, place: Int, _ dimensions: [Int]?, _ codebook: Codebook?,
    _ entryPoints: [ListedEntryPoint]
  ) -> CodedTensor {
    let quantizer: CodedTensor.Quantizer =
      switch payloadType {
      case .int: .skip
      case .rawFloat: .raw
      case .float, .block: codebook == nil ? .uniform : .codebook
      }
    let isVector = dimensions.map { $0.count < 2 } ?? false
    return CodedTensor(
      name: nameTexts.indices.contains(name) ? nameTexts[name] : "\(role.rawValue) of unit \(unit)",
      nameBytes: names.indices.contains(name) ? names[name] : [], unit: unit, place: place,
      role: role, dimensions: dimensions, payloadType: payloadType, quantizer: quantizer,
      dqFlag: dqFlag, scanOrder: payloadType == .block && isVector ? 0 : scanOrder,
      unaryLength: unaryLength, codebook: codebook, entryPoints: entryPoints)
  }
}
