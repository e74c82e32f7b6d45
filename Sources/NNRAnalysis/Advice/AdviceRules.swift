import NNRModel
import NNRSyntax

/// What is advised for a unit, from its headers and from what decoding it found.
struct AdviceRules {
  /// A unit of which this share is header and name is worth a word.
  static let headerShare = 0.25

  let ledger: BitLedger
  let unit: UnitCost
  let header: CompressedDataUnit
  let figures: UnitFigures?

  /// All that there is to say of the unit.
  var advice: [Advice] {
    guard figures?.failure == nil else { return headers.map { [$0] } ?? [] }
    let tensors = unit.tensors.enumerated().flatMap { place, number in
      self.tensor(ledger.tensors[number], figures?.tensors[safe: place])
    }
    return tensors + [headers, entryPoints].compactMap(\.self)
  }

  /// The number of tensors of the unit.
  private var count: Int { unit.tensors.count }
  private var size: Double { Double(unit.size) * 8 }

  private func tensor(_ cost: TensorCost, _ figures: TensorFigures?) -> [Advice] {
    // A tensor that is alone could be left out with its unit.
    if let figures, figures.end != nil, let one = same(cost, figures) { return [one] }
    return [floats(cost), rowSkip(cost, figures)].compactMap(\.self)
      + codebook(cost, figures)
  }

  private func make(
    _ kind: Advice.Kind, _ bits: Double, _ certainty: Advice.Certainty, _ tensor: String?,
    _ what: String, _ change: String
  ) -> Advice? {
    // Less than a byte makes no file smaller.
    guard bits >= 8 else { return nil }
    return Advice(
      kind: kind, bits: bits, certainty: certainty, unit: unit.number, tensor: tensor, what: what,
      change: change)
  }

  /// Weights that are all the same: zeros say nothing, and another constant little.
  private func same(_ cost: TensorCost, _ figures: TensorFigures) -> Advice? {
    guard figures.count > 1, figures.values.isFinite, let least = figures.values.min,
      least == figures.values.max, header.parent == nil || least == 0
    else { return nil }
    let bits = count == 1 ? size : figures.bits ?? 0
    let certainty: Advice.Certainty = count == 1 ? .exact : .about
    if least == 0 {
      let qp = figures.start.dequantizer.qp.map { " at QP \($0)" } ?? ""
      return make(
        .allZero, bits, certainty, cost.name, "all \(figures.count) weights are 0\(qp)",
        "leave the tensor out; or if it should not be 0, lower its QP: the step is too coarse")
    }
    return make(
      .constant, bits, certainty, cost.name, "all \(figures.count) weights are \(least)",
      "leave the tensor out, and have the decoder's model begin with the constant")
  }

  /// What takes more than 32 bits for each weight, where its payload could be raw floats.
  private func floats(_ cost: TensorCost) -> Advice? {
    guard let bits = cost.bits, let weights = cost.weights, weights > 0,
      cost.tensor.quantizer != .raw, bits > 32 * Double(weights), header.parent == nil
    else { return nil }
    let what =
      "\(rounded(bits / Double(weights))) bits a weight for \(weights) weights: floats take 32"
    // Alone, its codeword is all of the payload, to the byte.
    let raw = 32 * Double(weights)
    return make(
      .dearerThanFloats, (count == 1 ? Double(unit.codewordBits) : bits) - raw,
      count == 1 ? .atLeast : .about, cost.name, what,
      "write it as raw floats (NNR_PT_RAW_FLOAT), without loss; or raise its QP"
        + (count == 1 ? "" : ", in a unit of its own"))
  }

  private func rowSkip(_ cost: TensorCost, _ figures: TensorFigures?) -> Advice? {
    guard let figures, figures.end != nil, !figures.start.rowMask.isEmpty,
      figures.start.rowMask.allSatisfy({ $0 == 0 })
    else { return nil }
    // The flag that says whether there are such flags stays.
    return make(
      .rowSkip, cost.costs[.payload(.rowSkip)] - 1, .about, cost.name,
      "none of its \(figures.start.rowMask.count) rows is skipped", "row_skip_enabled_flag 0")
  }

  private func codebook(_ cost: TensorCost, _ figures: TensorFigures?) -> [Advice] {
    guard let codebook = cost.tensor.codebook, codebook.isWritable else { return [] }
    var found: [Advice?] = []
    if let counts = figures?.levels.counts, figures?.end != nil, counts.isExact {
      let used = codebook.values.indices.filter { entry in
        entry == codebook.zeroOffset
          || Int32(exactly: entry - codebook.zeroOffset).map { counts.count(of: $0) > 0 } ?? false
      }
      let unused = codebook.values.count - used.count
      if unused > 0 {
        found.append(
          make(
            .unusedEntries, Double(codebook.bits - codebook.keeping(used).bits), .about, cost.name,
            "\(unused) of \(codebook.values.count) entries of the codebook give no weight",
            "leave them out: indices then are nearer to 0, too"))
      }
    }
    let best = codebook.shortest
    if best.egk != codebook.egk {
      found.append(
        make(
          .codebookOrder, Double(codebook.bits - best.bits), .exact, cost.name,
          "the distances of the codebook are written with codes of order \(codebook.egk)",
          "codebook_egk \(best.egk)"))
    }
    return found.compactMap(\.self)
  }

  private var headers: Advice? {
    let costs = unit.headers
    let spent =
      costs[.header(.unitSize)] + costs[.header(.unitHeader)] + costs[.header(.identifiers)]
      + costs[.header(.nodeIds)] + costs[.header(.otherHeader)]
    guard size > 0, spent / size > Self.headerShare, !header.names.isEmpty else { return nil }
    // Names end with a zero byte; one letter is the least.
    let letters = header.names.reduce(0) { $0 + max(0, $1.count - 1) }
    let name =
      header.names.count == 1
      ? "its name has \(header.names[0].count) bytes"
      : "its \(header.names.count) names have \(letters + header.names.count) bytes"
    return make(
      .header, 8 * Double(letters), .exact, nil,
      "\(Int((spent / size * 100).rounded())) % of the unit are header and name; \(name)",
      "short names; or, for vectors of a batch norm, one unit with their weight (NNR_PT_BLOCK)")
  }

  private var entryPoints: Advice? {
    let bits = unit.headers[.header(.entryPoints)]
    return make(
      .entryPoints, bits, .about, nil, "it lists places to begin decoding at",
      "leave entry points out where one thread decodes, or the tensor is small")
  }

  private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

extension Array {
  fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
