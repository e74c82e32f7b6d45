// codebook(): format reference 3.4. A unit may hold two, told apart by a suffix of their elements.

/// The elements of one codebook of a data unit.
public struct CodebookElements: Sendable {
  /// The order of the delta codes.
  public let egk: Element
  /// The number of entries.
  public let size: Element
  /// The entry that the coded integer 0 stands for.
  public let zeroOffset: Element
  /// The entries.
  public let entries: Element

  /// The codebook of the weight, or of G.
  public static let weight = CodebookElements(
    suffix: "__", of: "the weight (G if it is decomposed)")
  /// The codebook of H.
  public static let h = CodebookElements(suffix: "__dc", of: "H")

  private init(suffix: String, of owner: String) {
    egk = Element(
      "codebook_egk\(suffix)", .u(4),
      "The order of the exp-Golomb codes for the distances between the entries.", section: "3.4")
    size = Element(
      "codebook_size\(suffix)", .ue(2), "The number of entries of the codebook of \(owner).",
      .range(1...Int.max), section: "3.4", rule: .n21)
    zeroOffset = Element(
      "CbZeroOffset\(suffix)", .ie(2),
      "The index of the entry that the coded integer 0 stands for.", section: "3.4")
    entries = Element(
      "codebook\(suffix)", .ie(7), "An entry: an integer that is multiplied with the step size.",
      .range(Int(Int32.min)...Int(Int32.max)), section: "3.4", rule: .n22)
  }
}

extension Structure {
  /// codebook().
  public static let codebook = codebook(.weight)
  /// codebook() for H.
  public static let codebookForH = codebook(.h)

  private static func codebook(_ elements: CodebookElements) -> Structure {
    let (size, offset, entries) = (elements.size, elements.zeroOffset, elements.entries)
    let centred = ValueRule(text: "(\(size.name) >> 1) + coded") { scope, coded, _ in
      coded.saturatingAdd((scope.value(of: size) ?? 0) >> 1)
    }
    // Entries are read from the zero entry outwards: first leftwards, then, from it again, rightwards.
    let leftwards = ValueRule(text: "\(entries.name)[j + 1] - coded - 1") { scope, coded, _ in
      (scope.value(of: entries) ?? 0).saturatingAdd(-coded).saturatingAdd(-1)
    }
    let rightwards = ValueRule(text: "\(entries.name)[j - 1] + coded + 1") { scope, coded, index in
      let before =
        index == (scope.value(of: offset) ?? 0) + 1
        ? scope.values(of: entries).first : scope.value(of: entries)
      return (before ?? 0).saturatingAdd(coded).saturatingAdd(1)
    }
    return Structure("codebook", section: "3.4", headerClass: .codebook) {
      elements.egk
      elements.size
      read(offset, value: centred)
      constraint(.n21, offset >= 0 && .element(offset) < .element(size), fatal: true)
      loop("j", 1, from: .element(offset)) { entries }
      loop("j", .element(offset), from: offset - 1, step: -1) {
        read(entries, as: .ue(.element(elements.egk)), value: leftwards)
      }
      loop("j", size - .element(offset) - 1, from: offset + 1) {
        read(entries, as: .ue(.element(elements.egk)), value: rightwards)
      }
    }
  }
}
