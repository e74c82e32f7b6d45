import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// Makes lines of what a comparison found.
struct DiffRows {
  /// The most elements of a unit that are listed.
  private static let listedElements = 200

  private let a: NNRStream?
  private let b: NNRStream?
  private let filesBefore: (a: Int, b: Int)
  private(set) var rows: [DiffRow] = []

  /// Lines for two streams, so many files before those that are compared; nil for a side without one.
  init(_ a: NNRStream?, _ b: NNRStream?, filesBefore: (a: Int, b: Int) = (0, 0)) {
    self.a = a
    self.b = b
    self.filesBefore = filesBefore
  }

  /// Adds a line.
  mutating func append(_ row: DiffRow) {
    rows.append(row)
    rows[rows.count - 1].filesBeforeA = filesBefore.a
    rows[rows.count - 1].filesBeforeB = filesBefore.b
  }

  /// Adds the units; runs of equal ones become one line.
  mutating func add(_ diff: StreamDiff) {
    var equal = 0
    var first: UnitDiff?
    func flush() {
      guard equal > 0, let first else { return }
      append(
        DiffRow(
          kind: .equal(equal), mark: "=",
          text: "\(NumberText.count(equal, "unit")) the same", a: first.a.map { "u\($0)…" } ?? "",
          b: first.b.map { "u\($0)…" } ?? "", placeA: first.a.map { Location(unit: $0) },
          placeB: first.b.map { Location(unit: $0) }))
      equal = 0
    }
    for unit in diff.units {
      // Payloads that code the same levels otherwise are worth a line too.
      if unit.isSame, unit.firstBit == nil {
        if equal == 0 { first = unit }
        equal += 1
        continue
      }
      flush()
      add(unit)
    }
    flush()
  }

  private mutating func add(_ unit: UnitDiff) {
    let mark = unit.a == nil ? "+" : unit.b == nil ? "-" : unit.isMoved ? ">" : "~"
    let title = ([unit.title] + (unit.titleB.map { [$0] } ?? [])).map { title in
      title.type + (title.names.isEmpty ? "" : " ")
        + title.names.map(ShownText.line).joined(separator: ", ")
    }.joined(separator: " → ")
    let sizes = (
      unit.a.flatMap { a?.index.entries[$0].size }, unit.b.flatMap { b?.index.entries[$0].size }
    )
    let change = (sizes.1 ?? 0) - (sizes.0 ?? 0)
    var note = "Δ " + Self.signed(change * 8) + " bit"
    if let bit = unit.firstBit { note += ", first bit \(bit)" }
    if unit.isMoved { note = "moved; " + note }
    append(
      DiffRow(
        kind: .unit, mark: mark, text: title,
        name: unit.title.names.isEmpty ? "" : String(title.dropFirst(unit.title.type.count + 1)),
        a: Self.side(unit.a, sizes.0), b: Self.side(unit.b, sizes.1), note: note,
        placeA: unit.a.map { place(a, $0, unit.firstBit) },
        placeB: unit.b.map { place(b, $0, unit.firstBit) }))
    for element in unit.elements.prefix(Self.listedElements) { add(element, unit) }
    if unit.elements.count > Self.listedElements {
      append(
        DiffRow(
          kind: .payload, mark: " ",
          text: "  … \(unit.elements.count - Self.listedElements) more elements"))
    }
    if let payload = unit.payload { add(payload, unit) }
  }

  private static func side(_ unit: Int?, _ size: Int?) -> String {
    guard let unit, let size else { return "-" }
    return "u\(unit) \(NumberText.grouped(size)) B"
  }

  private func place(_ stream: NNRStream?, _ unit: Int, _ bit: Int?) -> Location {
    guard let bit else { return Location(unit: unit) }
    return Location(unit: unit, node: stream?.tree(unit)?.leaf(atBit: bit), bit: bit)
  }

  private mutating func add(_ element: ElementDiff, _ unit: UnitDiff) {
    func value(_ side: ElementDiff.Side?) -> String {
      guard let side else { return "-" }
      let text = Self.text(side.value, length: side.length)
      return text + (side.valueName.map { " \($0)" } ?? "")
    }
    let mark = element.a == nil ? "+" : element.b == nil ? "-" : "~"
    var note = element.differingBit.map { "bit \($0) of the code" } ?? ""
    if let a = element.a, let b = element.b, a.length != b.length {
      note += ", Δ \(Self.signed(b.length - a.length)) bit"
    }
    append(
      DiffRow(
        kind: .element, mark: mark, text: "  " + element.name, a: value(element.a),
        b: value(element.b), note: note,
        placeA: unit.a.flatMap { number in
          element.a.map { place(a, number, $0.bit + (element.differingBit ?? 0)) }
        },
        placeB: unit.b.flatMap { number in
          element.b.map { place(b, number, $0.bit + (element.differingBit ?? 0)) }
        }))
  }

  private static func text(_ value: ElementValue, length: Int) -> String {
    switch value {
    case .none: return NumberText.length(bits: length)
    case .number(let number): return "\(number)"
    case .float: return value.float.map { "\($0)" } ?? ""
    case .text(let bytes, _): return "\"" + ShownText.line(bytes: bytes.prefix(64)) + "\""
    case .bytes(let bytes, let total):
      return HexText.bytes(bytes.prefix(8), separator: " ")
        + (total > 8 ? " … \(NumberText.grouped(total)) B" : "")
    }
  }

  private mutating func add(_ payload: PayloadDiff, _ unit: UnitDiff) {
    let start = (unit.a.map { payloadStart(a, $0) }, unit.b.map { payloadStart(b, $0) })
    if payload.hasSameLevels {
      append(
        DiffRow(
          kind: .payload, mark: "~",
          text: "  the levels are the same" + (unit.hasSamePayload ? "" : ", coded otherwise")))
    }
    for tensor in payload.tensors {
      let share = NumberText.fixed(tensor.equalShare * 100, 2)
      let name = ShownText.line(tensor.name)
      var row = DiffRow(
        kind: .payload, mark: "~", text: "  levels of \(name)", name: name,
        note: "\(share) % the same" + (tensor.shapeA == tensor.shapeB ? "" : ", shapes differ"))
      row.a = tensor.shapeA.map { "\($0)" }.joined(separator: "×")
      row.b = tensor.shapeB.map { "\($0)" }.joined(separator: "×")
      append(row)
      guard let first = tensor.first else { continue }
      func text(_ side: LevelDiff.Side) -> String {
        "\(side.level)" + (side.bin.map { ", bin \($0.index)" } ?? "")
      }
      func at(_ side: LevelDiff.Side, _ stream: NNRStream?, _ number: Int?, _ start: Int?)
        -> Location?
      {
        guard let number else { return nil }
        guard let bin = side.bin, let start else { return Location(unit: number) }
        return place(stream, number, start + bin.payloadBit)
      }
      append(
        DiffRow(
          kind: .payload, mark: "~",
          text: "    first at row \(first.row), column \(first.column)", a: text(first.a),
          b: text(first.b), note: first.a.bin?.element ?? "",
          placeA: at(first.a, a, unit.a, start.0), placeB: at(first.b, b, unit.b, start.1),
          binA: first.a.bin?.index, binB: first.b.bin?.index))
    }
    for (mark, failure) in [("-", payload.failureA), ("+", payload.failureB)] {
      guard let failure else { continue }
      append(
        DiffRow(
          kind: .payload, mark: mark, text: "  E payload of \(mark == "-" ? "A" : "B")",
          note: ShownText.line("\(failure)"),
          placeA: mark == "-" ? unit.a.map { Location(unit: $0) } : nil,
          placeB: mark == "+" ? unit.b.map { Location(unit: $0) } : nil))
    }
  }

  private func payloadStart(_ stream: NNRStream?, _ unit: Int) -> Int {
    stream?.tree(unit)?.payloadStart ?? 0
  }

  /// Adds bits by class and tensor, of a file of several.
  mutating func add(_ costs: CostDiff, of file: String?) {
    let name = file.map { ", " + ShownText.line($0) } ?? ""
    add([costs.total] + costs.classes, under: "Bits by class and tensor" + name)
    for row in costs.tensors where !row.isSame { add(row, name: ShownText.line(row.name)) }
  }

  /// Adds bits by class over all files.
  mutating func add(_ costs: CostSum) {
    add([costs.total] + costs.classes, under: "Bits by class, all files")
  }

  private mutating func add(_ rows: [CostDiff.Row], under heading: String) {
    append(DiffRow(kind: .heading, mark: " ", text: heading))
    for row in rows where !row.isSame { add(row) }
  }

  private mutating func add(_ row: CostDiff.Row, name: String = "") {
    func text(_ bits: Double?) -> String {
      bits.map { NumberText.grouped(Int($0.rounded())) } ?? "-"
    }
    var note = row.change.map { "Δ \(Self.signed(Int($0.rounded()))) bit" } ?? "not decoded"
    if let share = row.share { note += " (\(NumberText.fixed(share * 100, 1)) %)" }
    append(
      DiffRow(
        kind: .cost, mark: " ", text: "  " + ShownText.line(row.name), name: name, a: text(row.a),
        b: text(row.b), note: note))
  }

  /// A number with its sign.
  static func signed(_ number: Int) -> String {
    number > 0
      ? "+" + NumberText.grouped(number)
      : number < 0 ? "−" + NumberText.grouped(-number) : "0"
  }
}
