import DeepCABAC
import NNRModel
import NNRSyntax

extension LoadedUnit {
  /// The unit with the codebooks that the knobs allow, each of which is searched; the one nearest to the stream's comes first.
  func forms(_ knobs: RecodeKnobs) -> [LoadedUnit] {
    var forms = [reordered(knobs.codebookOrder)]
    if knobs.trimsCodebooks, let trimmed = trimmed {
      forms.append(trimmed.reordered(knobs.codebookOrder))
    }
    if knobs.makesCodebooks { forms += withMadeCodebook(knobs.codebookOrder) }
    return forms
  }

  /// With the order of the codes of entries that is chosen.
  private func reordered(_ choice: RecodeKnobs.Choice) -> LoadedUnit {
    var other = self
    for place in tensors.indices {
      guard let codebook = tensors[place].codebook, codebook.isWritable else { continue }
      other.tensors[place].codebook = codebook.reordered(choice)
    }
    return other
  }

  /// Without the entries at the ends of codebooks that no weight has; nil if there are none.
  private var trimmed: LoadedUnit? {
    var other = self
    var isTrimmed = false
    for place in tensors.indices {
      guard let shorter = tensors[place].trimmed else { continue }
      other.tensors[place] = shorter
      isTrimmed = true
    }
    return isTrimmed ? other : nil
  }

  /// With a codebook for the weight, once with 0 and once with the most frequent level in the place of the integer 0; none where
  /// the weights have too many values, or integers of others depend on these.
  ///
  /// Dependent quantization is off beside a codebook: the other tensors of the unit are coded without it, too, their integers stay.
  private func withMadeCodebook(_ choice: RecodeKnobs.Choice) -> [LoadedUnit] {
    guard let place = tensors.indices.last, decoding.unit.parent == nil else { return [] }
    return tensors[place].madeCodebooks.map { tensor in
      var other = self
      for place in tensors.indices {
        other.tensors[place].walked.parameters.dependentQuantization = false
      }
      other.tensors[place] = tensor
      return other.reordered(choice)
    }
  }

  /// Whether the integers belong to the path of one scan.
  var isDependent: Bool { tensors.contains { $0.walked.parameters.dependentQuantization } }

  /// The elements of codebooks that are not those of the stream.
  var codebookChanges: [Element: Rewriting] {
    var changes: [Element: Rewriting] = [:]
    for tensor in tensors {
      guard let codebook = tensor.codebook, codebook != tensor.coded.codebook else { continue }
      if tensor.coded.codebook == nil {
        changes[.codebookPresentFlag] = .numbers([1])
        changes[.dqFlag] = .numbers([0])
      }
      let isSecond = decoding.unit.payloadType == .block && tensor.coded.role == .h
      changes.merge(codebook.numbers(isSecond ? .h : .weight)) { $1 }
    }
    return changes
  }
}

extension LoadedTensor {
  /// The codebook without the entries at its ends that no weight has; nil if there are none.
  var trimmed: LoadedTensor? {
    guard let codebook, codebook.isWritable else { return nil }
    let zero = codebook.zeroOffset
    let least = zero + min(0, walked.integers.min().map(Int.init) ?? 0)
    let most = zero + max(0, walked.integers.max().map(Int.init) ?? 0)
    guard least >= 0, most < codebook.values.count,
      most - least + 1 < codebook.values.count
    else { return nil }
    return with(codebook.keeping(Array(least...most)))
  }

  /// The tensor, uniformly quantized to few values, with a codebook of them; empty where that cannot be.
  ///
  /// The integers become others, the weights as 32-bit floats stay.
  var madeCodebooks: [LoadedTensor] {
    guard coded.quantizer == .uniform, coded.role == .weight, walked.base == nil,
      let step = start.dequantizer.stepSize,
      let counts = LevelCounts.few(walked.integers, atMost: 256)
    else { return [] }
    let levels = counts.keys.sorted()
    let staysEqual = levels.allSatisfy {
      start.dequantizer.value($0).map { Float($0) } == Float(Double($0) * step)
    }
    guard staysEqual else { return [] }
    let frequent = levels.indices.max {
      counts[levels[$0], default: 0] < counts[levels[$1], default: 0]
    }
    return Set([frequent, levels.firstIndex(of: 0)].compactMap(\.self)).sorted().compactMap {
      zero in
      let codebook = CompressedDataUnit.Codebook(
        egk: 0, zeroOffset: zero, values: levels.map { Int($0) })
      guard codebook.isWritable, var other = with(codebook) else { return nil }
      other.walked.parameters.dependentQuantization = false
      let places = Dictionary(
        uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0 - zero)) })
      other.walked.integers = walked.integers.map { places[$0] ?? 0 }
      return other
    }
  }

  private func with(_ codebook: CompressedDataUnit.Codebook) -> LoadedTensor? {
    var other = self
    other.codebook = codebook
    other.walked.parameters.codebook = CodebookLimits(
      size: codebook.values.count, zeroOffset: codebook.zeroOffset)
    guard let geometry = try? TensorGeometry(other.walked.parameters) else { return nil }
    other.geometry = geometry
    return other
  }
}

extension CompressedDataUnit.Codebook {
  /// With the order of codes that is chosen.
  func reordered(_ choice: RecodeKnobs.Choice) -> Self {
    switch choice {
    case .keep: self
    case .fixed(let order): ordered(order)
    case .best: shortest
    }
  }

  /// The coded numbers of its elements (format reference 3.4).
  func numbers(_ elements: CodebookElements) -> [Element: Rewriting] {
    let left = (0..<zeroOffset).reversed().map { values[$0 + 1] - values[$0] - 1 }
    let right = (zeroOffset + 1..<values.count).map { values[$0] - values[$0 - 1] - 1 }
    return [
      elements.egk: .numbers([egk]), elements.size: .numbers([values.count]),
      elements.zeroOffset: .numbers([zeroOffset - values.count >> 1]),
      elements.entries: .numbers([values[zeroOffset]] + left + right),
    ]
  }
}

/// How often each of a few levels occurs.
private enum LevelCounts {
  /// The counts; nil if there are more than `most` levels, or none.
  static func few(_ integers: [Int32], atMost most: Int) -> [Int32: Int]? {
    var counts: [Int32: Int] = [:]
    for level in integers {
      counts[level, default: 0] += 1
      if counts.count > most { return nil }
    }
    return counts.isEmpty ? nil : counts
  }
}
