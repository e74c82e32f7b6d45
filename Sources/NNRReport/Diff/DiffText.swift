import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// `diff` as text: what is the same is collapsed.
public enum DiffText {
  /// More units than these are folded to a line each, unless all of them are asked for.
  public static let unfolded = 12

  /// The whole report: a summary and the budgets, then units, costs and weights.
  ///
  /// Where many units differ each has a line; `unfolds` gives their elements and levels all the same.
  public static func text(
    _ diff: SessionDiff, budgets: [DiffBudget] = [], unfolds: Bool = false, width: Int? = nil
  ) -> String {
    if diff.isEmpty {
      let units = diff.streams.reduce(0) { $0 + $1.units.count }
      return "no differences: \(NumberFormat.count(units, "unit")) the same\n"
        + DiffSummary.budgets(budgets)
    }
    let differing = diff.streams.flatMap(\.units).count { !$0.isSame }
    let isFolded = !unfolds && differing > unfolded
    var text = CellText.wrapped(DiffSummary.line(diff), to: width).map { $0 + "\n" }.joined()
    text += DiffSummary.budgets(budgets) + "\n"
    for stream in diff.streams { text += self.text(stream, isFolded: isFolded) }
    if isFolded { text += "  (--unfold gives the elements and levels of each unit)\n" }
    for (place, costs) in diff.costs.enumerated() {
      let file = diff.costs.count > 1 ? ", file \(place + 1)" : ""
      text += "\n" + self.text(costs, of: file, width: width)
    }
    if let costs = diff.chainCosts {
      text += "\n" + table(costs.classes, "class", ", all files", costs.total, width: width)
    }
    if !diff.costs.isEmpty {
      text += "\n" + weights(diff, width: width)
    }
    return text
  }

  /// The units of a pair of streams.
  private static func text(_ stream: StreamDiff, isFolded: Bool) -> String {
    var text = "--- \(stream.a.map { SafeText.line($0) } ?? "(no file)")\n"
    text += "+++ \(stream.b.map { SafeText.line($0) } ?? "(no file)")\n"
    var same: [UnitDiff] = []
    func flush() {
      guard let first = same.first?.a, let last = same.last?.a else { return }
      let range = same.count == 1 ? "unit \(first)" : "units \(first)–\(last)"
      text += "  \(range): the same\n"
      same = []
    }
    for unit in stream.units {
      if unit.isSame {
        same.append(unit)
      } else {
        flush()
        text += self.text(unit, isFolded: isFolded)
      }
    }
    flush()
    return text
  }

  private static func text(_ unit: UnitDiff, isFolded: Bool) -> String {
    let title = ([unit.title] + (unit.titleB.map { [$0] } ?? [])).map { title in
      ([title.type] + title.names.map { SafeText.line($0, limit: SafeText.usualLimit) })
        .joined(separator: " ")
    }.joined(separator: " → ")
    guard let a = unit.a else { return "+ unit \(unit.b ?? 0) added: \(title)\n" }
    guard let b = unit.b else { return "- unit \(a) removed: \(title)\n" }
    let numbers = a == b ? "unit \(a)" : "unit \(a) → \(b)"
    var text = "~ \(numbers)\(unit.isMoved ? ", moved" : ""): \(title)\n"
    if isFolded { return text.dropLast() + folded(unit) + "\n" }
    if let bit = unit.firstBit { text += "    first differing bit \(bit) of the unit\n" }
    for element in unit.elements { text += "    \(self.text(element))\n" }
    if let payload = unit.payload { text += self.text(payload, of: unit) }
    return text
  }

  /// What differs within a unit, in a clause.
  private static func folded(_ unit: UnitDiff) -> String {
    var parts: [String] = []
    if !unit.elements.isEmpty {
      parts.append(NumberFormat.count(unit.elements.count, "element"))
    }
    if let bit = unit.firstBit { parts.append("from bit \(bit)") }
    if let payload = unit.payload, !payload.hasSameLevels {
      let equal = payload.tensors.reduce(0) { $0 + $1.equal }
      let all = payload.tensors.reduce(0) { $0 + $1.compared }
      let isBroken = payload.failureA != nil || payload.failureB != nil
      parts.append(
        isBroken
          ? "a payload fails"
          : "\(NumberFormat.grouped(equal)) of \(NumberFormat.grouped(all)) levels the same")
    }
    return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
  }

  private static func text(_ element: ElementDiff) -> String {
    func side(_ side: ElementDiff.Side) -> String {
      let name = side.valueName.map { " \($0)" } ?? ""
      return DiffValue.text(side) + name
    }
    let name = SafeText.line(element.name)
    let differs = element.differingBit.map { ", differs from its bit \($0)" } ?? ""
    switch (element.a, element.b) {
    case (let a?, let b?):
      let places = a.bit == b.bit ? "bit \(a.bit)" : "bit \(a.bit) / \(b.bit)"
      return "\(name): \(side(a)) → \(side(b))  (\(places)\(differs))"
    case (let a?, nil): return "- \(name): \(side(a))  (bit \(a.bit)\(differs))"
    case (nil, let b?): return "+ \(name): \(side(b))  (bit \(b.bit)\(differs))"
    case (nil, nil): return name
    }
  }

  private static func text(_ payload: PayloadDiff, of unit: UnitDiff) -> String {
    var text = ""
    for (side, failure) in [("first", payload.failureA), ("second", payload.failureB)] {
      if let failure {
        text += "    the \(side) payload fails: \(SafeText.line(failure.description))\n"
      }
    }
    if payload.hasSameLevels {
      return text + "    all levels are the same"
        + (unit.hasSamePayload ? "\n" : ": the payloads differ in how they are coded\n")
    }
    for tensor in payload.tensors { text += self.text(tensor) }
    return text
  }

  private static func text(_ tensor: LevelDiff) -> String {
    let name = SafeText.line(tensor.name, limit: SafeText.usualLimit)
    guard tensor.shapeA == tensor.shapeB else {
      return "    \(name): shape \(Shape.text(tensor.shapeA)) → \(Shape.text(tensor.shapeB))\n"
    }
    var text =
      "    \(name): \(NumberFormat.grouped(tensor.equal)) of "
      + "\(NumberFormat.grouped(tensor.compared)) \(tensor.isRaw ? "weights" : "levels") the same "
      + "(\(NumberFormat.percent(tensor.equalShare)))\n"
    guard let first = tensor.first else { return text }
    text +=
      "      first differing \(first.isRaw ? "weight" : "level") at row \(first.row), "
      + "column \(first.column): \(DiffValue.text(first))\n"
    for (sign, side) in [("-", first.a), ("+", first.b)] {
      guard let scan = side.scanIndex else { continue }
      text += "      \(sign) scan position \(scan)"
      if let bin = side.bin {
        text += ", bin \(bin.index) \(bin.element), payload bit \(bin.payloadBit)"
      }
      text += "\n"
    }
    return text
  }

  private static func text(_ costs: CostDiff, of file: String, width: Int?) -> String {
    var text = table(costs.classes, "class", file, costs.total, width: width)
    if costs.tensors.contains(where: { !$0.isSame }) {
      text += "\n" + table(costs.tensors, "tensor", file, width: width)
    }
    return text
  }

  /// Rows that differ, and their total.
  private static func table(
    _ rows: [CostDiff.Row], _ name: String, _ file: String, _ total: CostDiff.Row? = nil,
    width: Int?
  ) -> String {
    let fields: [Field<CostDiff.Row>] = [
      Field(name, title: name + file, kind: .name, "what pays") { $0.name },
      Field("a", title: "bits A", "bits of the first side") { $0.a },
      Field("b", title: "bits B", "bits of the second side") { $0.b },
      Field("change", title: "Δ bits", kind: .number, "by how many they differ") { row in
        row.change.map { .number($0) } ?? CellValue.text("not decoded")
      },
      Field("share", title: "Δ %", "by how many percent of A") { row in
        row.share.map { $0 * 100 }
      },
      Field("why", kind: .message, "the classes that make up most of it") {
        CompareRow.why($0.changes)
      },
    ]
    let sorted = rows.filter { !$0.isSame }.enumerated().sorted { left, right in
      let changes = [left, right].map { $0.element.change?.magnitude ?? .infinity }
      return (changes[1], left.offset) < (changes[0], right.offset)
    }
    let shown = sorted.map(\.element) + (total.map { [$0] } ?? [])
    // Classes are their own reason.
    let columns = shown.contains { !$0.changes.isEmpty } ? fields : fields.dropLast()
    return TextTable(Table(columns, shown), width: width).text
  }

  private static let weightFields: [Field<WeightDiff.Row>] = [
    Field("weights", kind: .name, "the parameter") { $0.name },
    Field("shape", "its dimensions") { $0.shapeA ?? $0.shapeB },
    Field("max", title: "max |Δ|", "the greatest difference") { $0.comparison?.greatest },
    Field("mean", title: "mean |Δ|", "the mean difference") { $0.comparison?.meanError },
    Field("rmse", title: "RMSE", "the root of the mean squared difference") {
      $0.comparison?.rmse
    },
    Field("snr", title: "SNR dB", "the first side over the difference") { $0.comparison?.snr },
    Field("equal", kind: .percent, "weights that are the same") { $0.comparison?.equalShare },
    Field("note", "why they were not compared") { row in
      row.isUndecoded
        ? "not decoded"
        : row.shapeA == nil
          ? "added" : row.shapeB == nil ? "removed" : row.comparison == nil ? "other shape" : nil
    },
  ]

  private static func weights(_ diff: SessionDiff, width: Int?) -> String {
    if let reason = diff.weightsSkipped {
      return "weights not compared: \(SafeText.line(reason)); raise --max-memory\n"
    }
    let same = "\(NumberFormat.count(diff.sameWeights, "parameter")) with the same weights\n"
    guard !diff.weights.isEmpty else { return same }
    let fields = weightFields.map { field in
      RestMark.keys.contains(field.column.key)
        ? Field<WeightDiff.Row>(field.column) { row in
          RestMark.cell(field.value(row).number, row.comparison)
        } : field
    }
    return TextTable(Table(fields, diff.weights), width: width).text + strange(diff.weights) + same
  }

  /// The weights that are not finite, tensor by tensor; nothing if all are.
  private static func strange(_ rows: [WeightDiff.Row]) -> String {
    var text = rows.contains { $0.comparison?.isOfRest == true } ? RestMark.legend + "\n" : ""
    for row in rows {
      guard let found = row.comparison,
        let counts = RestMark.counts(found, "on the second side", "on the first")
      else { continue }
      text += "  \(SafeText.line(row.name, limit: SafeText.usualLimit)): \(counts)"
      if let first = found.strange.first {
        let place = Shape.indices(of: first.element, in: row.shapeA ?? [])
        let values = ValueText.weights(first.reference, first.value)
        text += "; at \(place): \(values.0) → \(values.1)"
      }
      text += "\n"
    }
    return text
  }
}

/// Values of elements in diffs.
enum DiffValue {
  /// A level on both sides; of raw floats the weights.
  static func text(_ first: LevelDiff.First) -> String {
    first.isRaw
      ? "\(NumberFormat.shortest(first.a.weight)) → \(NumberFormat.shortest(first.b.weight))"
      : "\(first.a.level) → \(first.b.level)"
  }

  /// The value as printable text; its length where it has none.
  static func text(_ side: ElementDiff.Side) -> String {
    switch side.value {
    case .none: "\(NumberFormat.grouped(side.length)) bit"
    case .number(let number): "\(number)"
    case .float(let bits): "\(Float(bitPattern: bits))"
    case .text(let bytes, _): "\"" + SafeText.line(bytes: bytes, limit: 60) + "\""
    case .bytes(let bytes, let total):
      HexText.bytes(Array(bytes.prefix(16)))
        + (total > 16 ? "… (\(NumberFormat.bytes(total)))" : "")
    }
  }
}
