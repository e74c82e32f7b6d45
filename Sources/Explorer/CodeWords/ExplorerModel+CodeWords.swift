import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen

/// The way from bits to value, for the detail pane.
extension ExplorerModel {
  /// The most bits of a code word that are spelled out.
  private static let spelledBits = 96

  /// How the code word of an element is read; empty where there is nothing to explain.
  func codeWordLines(_ tree: SyntaxTree, _ place: Int, _ width: Int) -> [StyledText] {
    let node = tree.nodes[place]
    guard let descriptor = node.descriptor, node.end == place + 1 else { return [] }
    let context = document.stream.parameters(before: location.unit).context
    let scope = TreeScope(tree, before: place, context: context)
    var order = 0
    switch descriptor {
    case .ue(let expression), .ie(let expression): order = expression.evaluate(in: scope)
    case .ae: return dequantizationLines(width)
    default: break
    }
    var length = node.range.length
    if case .flt32Tensor = descriptor { length = min(32, length) }
    guard length > 0, length <= Self.spelledBits, let bits = bits(node.range, length) else {
      return []
    }
    var lines = CodeWord.steps(descriptor, bits: bits, order: order)
    if let rule = RuleText.rule(tree, at: place), let coded = Self.coded(descriptor, bits, order) {
      lines += RuleText.lines(rule, tree, at: place, coded: coded, context: context)
    }
    return Self.labelled("code word", lines, width)
  }

  /// The number as it is coded, before a rule makes the value of it.
  private static func coded(_ descriptor: Descriptor, _ bits: String, _ order: Int) -> Int? {
    switch descriptor {
    case .ue: return CodeWord.exponentialGolomb(bits, order: order).number
    case .ie:
      return CodeWord.exponentialGolomb(bits, order: order).number.map {
        $0 % 2 == 1 ? ($0 + 1) / 2 : -$0 / 2
      }
    case .u: return Int(bits, radix: 2)
    default: return nil
    }
  }

  /// The first bits of a range of a unit, the selected one if none is named, as characters 0 and 1.
  func bits(_ range: BitRange, _ length: Int, unit: Int? = nil) -> String? {
    let entries = document.stream.index.entries
    let unit = unit ?? location.unit
    guard length > 0, entries.indices.contains(unit) else { return nil }
    let entry = entries[unit]
    let first = entry.offset + range.start / 8
    let last = entry.offset + (range.start + length + 7) / 8
    guard let bytes = try? document.stream.source.read(first..<last) else { return nil }
    let text = bytes.map { byte in
      let digits = String(byte, radix: 2)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
    let lead = range.start % 8
    guard text.count >= lead + length else { return nil }
    return String(text.dropFirst(lead).prefix(length))
  }

  /// From levels to weights with the numbers that are known (format reference 5.1 to 5.3).
  private func dequantizationLines(_ width: Int) -> [StyledText] {
    guard let unit = document.stream.compressedDataUnit(location.unit),
      let tensor = unit.codedTensors.last
    else { return [] }
    let parameters = document.stream.parameters(before: location.unit)
    let density = parameters.qpDensity ?? 0
    let base = parameters.quantizationParameter ?? 0
    if let shown = shownTensor, let integer = shown.grid?[cellElement],
      document.tensorView?.key.unit == location.unit, shown.start.tensor.quantizer != .raw
    {
      let lines =
        ["of row \(document.cell.row), column \(document.cell.column):"]
        + DequantizationText.lines(
          shown.start, base: parameters.quantizationParameter, integer: integer)
      return Self.labelled("weights", lines, width)
    }
    var lines: [String] = []
    switch tensor.quantizer {
    case .skip: lines.append("the integers are the parameters")
    case .raw: return []
    case .uniform, .codebook:
      lines.append("QP = base + qp_delta = \(base) + i(\(6 + density)) at the payload's start")
      lines.append("step = (2^d + (QP mod 2^d)) · 2^((QP >> d) − d)")
      lines.append(
        "  with d = \(density): (\(1 << density) + (QP mod \(1 << density))) · 2^((QP >> \(density)) − \(density))"
      )
      if tensor.dqFlag { lines.append("dq: integer = 2 · level − sgn(level) · (state & 1)") }
      lines.append(
        tensor.quantizer == .codebook
          ? "weight = step · codebook[integer + \(tensor.codebook?.zeroOffset ?? 0)]"
          : "weight = step · integer")
    }
    return Self.labelled("weights", lines, width)
  }

  private static func labelled(_ label: String, _ lines: [String], _ width: Int) -> [StyledText] {
    lines.enumerated().flatMap { place, line in
      DetailText.fact(place == 0 ? label : "", line, .derived, width)
    }
  }
}
