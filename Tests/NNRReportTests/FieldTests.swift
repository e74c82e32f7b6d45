import Foundation
import NNRAnalysis
import NNRBits
import NNRModel
import NNRRecode
import NNRReport
import NNRSyntax
import TestSupport
import Testing

/// What is promised of every table: one description gives text, CSV, JSON, NDJSON and filters that agree.
@Suite struct FieldTests {
  /// A table with its rows, whatever they are.
  struct Listed: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let columns: [Column]
    let rows: [[CellValue]]
    let text: String
    let csv: String
    let json: String
    let ndjson: String
    /// The places of the rows that a filter accepts.
    let accepted: @Sendable (String) throws -> [Int]

    init<Row: Sendable>(_ name: String, _ fields: [Field<Row>], _ rows: some Collection<Row>) {
      testDescription = name
      let rows = Array(rows)
      let table = Table(fields, rows)
      columns = table.columns
      self.rows = table.rows
      text = TextTable(table).text
      var (csv, ndjson) = ("", "")
      _ = RowText.csv.write(table) { csv += $0 }
      _ = RowText.ndjson(file: "a file").write(table) { ndjson += $0 }
      (self.csv, self.ndjson) = (csv, ndjson)
      var writer = JSONWriter()
      writer.value(table)
      json = writer.takeText()
      accepted = { filter in
        let selection = try TableSelection(fields, filter: filter)
        return rows.indices.filter { selection.accepts(rows[$0]) }
      }
    }
  }

  private static func session(_ names: String...) throws -> Session {
    Session(try names.map { (MemorySource(try Fixture($0).bytes()), "\($0).nnc") })
  }

  /// Every table there is, of streams that have something to say in it.
  static let all: [Listed] = {
    do { return try listed() } catch { return [] }
  }()

  /// Columns for some tensors: numbers, text, gaps, a title that is no key.
  private static let joined = Array(
    "name,sensitivity,My note!,bits\nconv1.weight,0.25,\"a, b\",x\nconv2.weight,,,y\nno,7,z,\n".utf8
  )

  private static func listed() throws -> [Listed] {
    let one = try session("cnn_sparse")
    let check = StreamCheck(one, stream: 0, options: .syntax)
    let stream = one.streams[0]
    var figures = FiguresOptions()
    figures.accounting = true
    let tensors = TensorRow.decoded(one, stream: 0, options: figures, threads: 2)
    let headers = TensorRow.headers(try session("raw_float_special"), stream: 0)
    let ledger = BitLedger.decoded(one, stream: 0, rowBits: true, threads: 2)
    let large = ledger.tensors.max { $0.costs.total < $1.costs.total }
    let spread = try large.flatMap { try CostSpread(one, stream: 0, $0.tensor) }
    let chain = try session("tca_base", "tca_update1", "tca_update2")
    let tree = UpdateTree(chain)
    let diff = SessionDiff(
      try session("tca_update1"), try session("tca_update2"), options: DiffOptions(), threads: 2)
    let broken = Session([(MemorySource(Array(try Fixture("mlp_iris").bytes().dropLast())), "cut")])
    var trace = BinTrace(one, stream: 0, unit: large?.tensor.unit ?? 0)
    let curves = trace.flatMap { trace in
      var trace = trace
      return ContextCurves(&trace, tensor: 0)?.contexts
    }
    let bins = (0..<400).compactMap { trace?.bin($0) }
    let taken = TensorTable.fields.columns().flatMap { [$0.key] + $0.aliases }
    let joined = try JoinedTable(Self.joined, beside: taken)
    let recoding = StreamRecoding(one, stream: 0)
    let uniform = try session("mlp_ec2t_uniform")
    let plain = try SweepRuns.source("plain_qp-16").opened()
    let rates = RateErrorEstimate(
      plain.0, stream: plain.1, against: try SweepRuns.original(), steps: -2...2, threads: 2)
    let sweep = try SweepRuns.comparison("plain_qp-16", "dq_qp-24", "dq_qp-16")
    return [
      Listed(
        "units", UnitTable.fields,
        (0..<stream.unitCount).map { UnitRow(stream, check, unit: $0) }),
      Listed(
        "syntax", SyntaxTable.fields,
        (0..<6).flatMap { SyntaxRow.rows(stream, unit: $0, check) }),
      Listed("catalogue", CatalogTable.fields, CatalogTable.rows()),
      Listed("tensors", TensorTable.fields + TensorTable.errors, tensors + headers),
      Listed("updates", UpdateTable.fields, UpdateRow.rows(tree, chain)),
      Listed("rounds", UpdateRoundTable.fields, UpdateRound.rows(tree, chain)),
      Listed(
        "cost by prefix", CostPrefixTable.fields,
        CostPrefixRow.rows(CostTree(ledger), sort: nil, indented: false)),
      Listed("cost by tensor", CostTensorTable.fields, CostTensorRow.rows(ledger)),
      Listed("cost by unit", CostUnitTable.fields, CostUnitRow.rows(ledger)),
      Listed("cost by class", CostClassTable.fields, CostClassRow.rows(ledger)),
      Listed(
        "cost by rows", CostPartTable.rowFields, large.map { CostPartTable.rows($0) } ?? []),
      Listed(
        "cost by blocks", CostPartTable.blockFields,
        spread.map { CostPartTable.parts(.blocks, $0) } ?? []),
      Listed(
        "cost by contexts", CostPartTable.contextFields,
        spread.map { CostPartTable.parts(.contexts, $0) } ?? []),
      Listed(
        "check", CheckDocument.fields,
        CheckDocument(file: "cut", StreamCheck(broken, stream: 0, options: .init())).rows),
      Listed("rules", RuleTable.fields, Rule.allCases),
      Listed("diff", DiffTable.fields, DiffRow.rows(diff)),
      Listed("diff by tensor", DiffTensorTable.fields, DiffTensor.rows(diff)),
      Listed("trace", TraceTable.fields, bins),
      Listed("contexts", ContextTable.fields, curves ?? []),
      Listed("compare", CompareTable.fields(runs: 3, against: true), sweep.tensors),
      Listed(
        "compare by class", CompareTable.fields(runs: 3, against: false), sweep.classes),
      Listed(
        "tensors by group", TensorGroupTable.fields(against: true),
        TensorGroup.groups(tensors, NameGroups(rule: .role))),
      Listed(
        "cost by group", CostGroupTable.fields,
        CostGroupTable.rows(ledger, NameGroups(rule: .depth(1)))),
      Listed(
        "tensors and columns of a file",
        TensorTable.fields
          + joined.fields { (row: TensorRow) in row.tensor.name },
        tensors),
      Listed(
        "advice", AdviceTable.fields,
        AdviceTable.rows(.searched(try session("mlp_ec2t_uniform"), stream: 0, threads: 2))),
      Listed(
        "whatif", WhatifTable.fields,
        recoding.map { WhatifRow.rows($0, one.directory(0)) } ?? []),
      Listed(
        "whatif of a tensor", AlternativeTable.fields,
        try TensorAlternatives.all(uniform, stream: 0, unit: 3).flatMap(AlternativeRow.rows)),
      Listed(
        "whatif by group", WhatifGroupTable.fields,
        recoding.map {
          WhatifGroup.groups(
            WhatifRow.rows($0, one.directory(0)), NameGroups(rule: .role))
        } ?? []),
      Listed("rate and error", RateErrorTable.fields, RateErrorTable.rows(rates)),
      Listed(
        "rate and error by step", RateErrorStepTable.fields, RateErrorStep.rows(rates.curves)),
      Listed(
        "tensors with what they could save", TensorTable.fields + [TensorSavings.field()],
        recoding.map { TensorSavings($0).added(to: tensors) } ?? []),
      Listed("compare by run", RunTable.fields(against: true), RunRow.rows(sweep)),
      Listed(
        "compare by cell", CompareCellTable.fields(against: true),
        CompareCell.cells(sweep.tensors, sweep.runs)),
    ]
  }

  @Test func everyTableHasRows() {
    #expect(Self.all.count == 33)
    for table in Self.all { #expect(!table.rows.isEmpty, "\(table.testDescription)") }
  }

  @Test(arguments: all) func columnsAreNamed(_ table: Listed) {
    let names = table.columns.flatMap { [$0.key] + $0.aliases }
    #expect(Set(names).count == names.count)
    for column in table.columns {
      #expect(!column.summary.isEmpty, "\(column.key)")
      #expect(
        column.key.utf8.allSatisfy {
          $0 == UInt8(ascii: "_") || Character(.init($0)).isLetter
            || Character(.init($0)).isNumber
        }, "\(column.key)")
      #expect(
        column.values.isEmpty || Set(column.values).isSuperset(of: column.examples),
        "\(column.key)")
    }
  }

  /// Where a column has only a few values, rows have no others.
  @Test(arguments: all) func valuesAreThoseOfTheColumn(_ table: Listed) {
    for (place, column) in table.columns.enumerated() where !column.values.isEmpty {
      for row in table.rows {
        guard case .text(let text) = row[place] else {
          #expect(row[place] == .missing, "\(column.key)")
          continue
        }
        #expect(column.values.contains(text), "\(column.key): \(text)")
      }
    }
  }

  @Test(arguments: all) func formsAgree(_ table: Listed) throws {
    let keys = table.columns.map(\.key)
    let csv = Self.parsed(table.csv)
    #expect(csv.first == keys)
    let array = try #require(
      try JSONSerialization.jsonObject(with: Data(table.json.utf8)) as? [[String: Any]])
    let lines = table.ndjson.split(separator: "\n")
    let text = table.text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    #expect(csv.count == table.rows.count + 1 && array.count == table.rows.count)
    #expect(lines.count == table.rows.count && text.count == table.rows.count + 1)
    for (number, row) in table.rows.enumerated() {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(lines[number].utf8)) as? [String: Any])
      #expect(object["file"] is String || object["file"] is NSNull && keys.contains("file"))
      let nonfinite = row.count { $0.number.map { !$0.isFinite } ?? false }
      #expect(object["nonfinite_cells"] as? Int ?? 0 == nonfinite)
      for (place, cell) in row.enumerated() {
        let column = table.columns[place]
        expectSame(cell, csv[number + 1][place], array[number][column.key], column)
        expectSame(cell, csv[number + 1][place], object[column.key], column)
        if case .text(let word) = cell, !word.isEmpty,
          word.utf8.allSatisfy({ (33..<92).contains($0) })
        {
          #expect(text[text.startIndex + number].contains(word), "\(column.key)")
        }
        if case .integer(let value) = cell, column.kind == .number, (0..<1000).contains(value) {
          #expect(text[text.startIndex + number].contains("\(value)"), "\(column.key)")
        }
      }
    }
  }

  private func expectSame(_ cell: CellValue, _ csv: String, _ json: Any?, _ column: Column) {
    switch cell {
    case .integer(let value):
      #expect(csv == "\(value)" && json as? Int == value, "\(column.key)")
    case .number(let value) where value.isFinite:
      #expect(Double(csv) == value, "\(column.key)")
      // Foundation reads numbers to the last but one digit.
      let found = json as? Double ?? .nan
      #expect((found - value).magnitude <= 1e-12 * max(1, value.magnitude), "\(column.key)")
    case .number:
      #expect(["nan", "inf", "-inf"].contains(csv) && json is NSNull, "\(column.key)")
    case .flag(let value):
      #expect(csv == (value ? "1" : "0") && json as? Bool == value, "\(column.key)")
    case .text(let text):
      // What spreadsheets would take for a formula has an apostrophe in front.
      let isFormula = "=+-@".contains(text.first ?? " ")
      #expect(csv == (isFormula ? "'" + text : text), "\(column.key)")
      #expect(json as? String == text, "\(column.key)")
    case .shape(let sides):
      #expect(Shape.dimensions(csv) == sides && json as? [Int] == sides, "\(column.key)")
    case .curve(let shares):
      let found = csv.split(separator: " ").map { Double($0) ?? .nan }
      #expect(found == shares && (json as? [Double])?.count == shares.count, "\(column.key)")
    case .missing: #expect(csv.isEmpty && json is NSNull, "\(column.key)")
    }
  }

  /// Every field can be filtered by each value that stands in it, and by having none.
  @Test(arguments: all) func filtersUseEveryField(_ table: Listed) throws {
    for (place, column) in table.columns.enumerated() {
      let cells = table.rows.map { $0[place] }
      let missing = cells.indices.filter { cells[$0] == .missing }
      #expect(try table.accepted("\(column.key) == none") == missing, "\(column.key)")
      for name in column.aliases {
        #expect(try table.accepted("\(name) == none") == missing, "\(name)")
      }
      for cell in Set(cells).prefix(20) {
        guard let value = Self.typed(cell) else { continue }
        let same = cells.indices.filter { CellValue.compare(cells[$0], cell) == 0 }
        #expect(try table.accepted("\(column.key) == \(value)") == same, "\(column.key) \(value)")
      }
    }
  }

  /// A value as it is typed in a filter; nil if there is no way.
  private static func typed(_ cell: CellValue) -> String? {
    switch cell {
    case .integer(let value): "\(value)"
    case .number(let value): NSNumber(value: value).doubleValue.isNaN ? "nan" : "\(value)"
    case .flag(let value): "\(value)"
    case .text(let text):
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    case .shape(let sides): "\"" + sides.map { "\($0)" }.joined(separator: "x") + "\""
    case .curve, .missing: nil
    }
  }

  /// The fields of CSV.
  private static func parsed(_ text: String) -> [[String]] {
    var (rows, row, field) = ([[String]](), [String](), "")
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(field)
        field = ""
      case "\r" where !isQuoted: break
      case "\n" where !isQuoted:
        rows.append(row + [field])
        (row, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    return rows
  }
}
