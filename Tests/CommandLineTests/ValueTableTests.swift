import Foundation
import TestSupport
import Testing

/// Every output × every value that is easily shown wrongly: each cell states what is right.
@Suite struct ValueTableTests {
  /// A tensor "x" with one such value, beside what outputs have to say.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let plan: UnitPlan
    /// The bytes of the weights, least significant first.
    var weights: [UInt8] = []
    /// Columns nonfinite, first_nonfinite, min_value, max_value, sparsity of CSV.
    let csv: String
    /// What the text table contains.
    let text: String
    /// What the `values` of the JSON document contain.
    let json: String
    /// What a line of NDJSON contains.
    let ndjson: String
    /// The first row of an export as CSV; empty for none.
    let export: String
    /// What the report says of the values.
    let report: String
    /// What diff, tensors --against and compare --against say beside the tensor of 0.25 or, for −0, of 0.
    let diff: String
    let against: String
    let compare: String
    /// What trace says, and its exit status.
    let trace: String
    let status: Int32
  }

  private static func raw(_ floats: [Float], _ dimensions: Int...) -> (UnitPlan, [UInt8]) {
    let bytes = floats.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
    }
    let plan = UnitPlan(.compressedData).set(.independentlyDecodableFlag, 1).set(.payloadType, 2)
      .set(.inputParametersPresentFlag, 1).set(.topologyElemId, texts: "x")
      .set(.tensorDimensionsFlag, 1).set(.countTensorDimensions, dimensions.count)
      .with(.tensorDimensions, dimensions.map { .number($0) })
      .set(.rawFloat32Parameter, bytes: bytes)
    return (plan, bytes)
  }

  private static func file(_ plan: UnitPlan) throws -> TemporaryFile {
    try TemporaryFile(StreamWriter(.start(), .modelParameters, .emptyTopology, plan).bytes)
  }

  private static let noBins = "x is stored as raw floats: there are no bins"

  private static func strange(_ value: Float, _ word: String, _ kind: String, _ key: String) -> Row
  {
    let (plan, weights) = raw([0.25, 0.25, value, 0.25], 2, 2)
    return Row(
      testDescription: word, plan: plan, weights: weights, csv: "1,\"[1, 0] \(word)\",0.25,0.25,0",
      text: "x: 1 weight not finite (1 \(kind)), the first at [1, 0]; mean, σ, least and greatest "
        + "are of the other 3",
      json: "\"nonfinite\":1,\"nan\":\(word == "nan" ? 1 : 0)", ndjson: "[1, 0] \(word)",
      export: "0.25,0.25", report: "not drawn: 1 \(kind)", diff: "at [1, 0]: 0.25 → \(word)",
      against: "x: not finite: 1 weight here, 0 in the reference",
      compare: "1 pair of weights not finite: errors are of the others", trace: noBins, status: 2)
  }

  private static var minusZero: Row {
    let (plan, weights) = raw([0.25, -0.0, 0.25, 0.25], 2, 2)
    return Row(
      testDescription: "−0", plan: plan, weights: weights, csv: "0,,-0.0,0.25,0.25",
      text: "-0.0", json: "\"min\":-0.0,\"max\":0.25", ndjson: "\"min_value\":-0.0",
      export: "0.25,-0.0", report: ">-0.0<",
      diff: "all weights equal, 1 raw float with other bits", against: "100.0 %", compare: "inf",
      trace: noBins, status: 2)
  }

  /// Diff has the shortest text that reads back as a Float32.
  private static var large: Row {
    let (plan, weights) = raw([0.25, 0.25, -2_147_483_648, 0.25], 2, 2)
    return Row(
      testDescription: "−2^31", plan: plan, weights: weights, csv: "0,,-2147483648,0.25,0",
      text: "-2,147,483,648", json: "\"min\":-2147483648.0", ndjson: "\"min_value\":-2147483648",
      export: "0.25,0.25", report: ">-2,147,483,648<", diff: "0.25 → -2147483600",
      against: "[1, 0]  -2,147,483,648       0.25  2,147,483,648", compare: "2,147,483,648",
      trace: noBins, status: 2)
  }

  private static var empty: Row {
    let (plan, weights) = raw([], 0, 8)
    return Row(
      testDescription: "empty", plan: plan, weights: weights, csv: "0,,,,", text: "0×8",
      json: "\"min\":null,\"max\":null,\"mean\":null,\"std\":null,\"zero_fraction\":null",
      ndjson: "\"sparsity\":null", export: "", report: "no weights", diff: "x: shape 2×2 → 0×8",
      against: "not compared: x, shape 0×8, reference 2×2",
      compare: "not compared: x, shape 0×8, reference 2×2", trace: noBins, status: 2)
  }

  static var rows: [Row] {
    [
      strange(.nan, "nan", "NaN", "nan"), strange(.infinity, "inf", "+∞", "positive_infinity"),
      strange(-.infinity, "-inf", "−∞", "negative_infinity"), minusZero, large, empty,
    ]
  }

  /// The file that a row is compared with.
  private static func other(_ row: Row) throws -> TemporaryFile {
    try file(raw([0.25, row.testDescription == "−0" ? 0 : 0.25, 0.25, 0.25], 2, 2).0)
  }

  @Test(arguments: rows) func tables(_ row: Row) throws {
    let path = try Self.file(row.plan)
    let text = try Nnrscope.run("tensors", path.path)
    #expect(text.ending == .exit(0) && text.text.contains(row.text), "\(text.text)")
    let columns = "nonfinite,first_nonfinite,min_value,max_value,sparsity"
    let csv = try Nnrscope.run("tensors", path.path, "--csv", "--columns", columns)
    #expect(csv.lines == [columns, row.csv])
    let json = try Nnrscope.run("tensors", path.path, "--json")
    #expect(json.text.contains(row.json), "\(json.text)")
    let lines = try Nnrscope.run("tensors", path.path, "--ndjson")
    #expect(lines.text.contains(row.ndjson), "\(lines.text)")
    let page = try TemporaryFile([], named: "page.html")
    #expect(try Nnrscope.run("report", path.path, "-o", page.path).ending == .exit(0))
    let html = try String(contentsOf: page.url, encoding: .utf8)
    #expect(html.contains(row.report))
    let trace = try Nnrscope.run("trace", path.path, "--tensor", "x")
    #expect(trace.ending == .exit(row.status) && trace.complaint.contains(row.trace))
  }

  @Test(arguments: rows) func exports(_ row: Row) throws {
    let path = try Self.file(row.plan)
    func exported(_ format: String) throws -> [UInt8] {
      let run = try Nnrscope.run(
        "export", path.path, "--tensor", "x", "--format", format, "-o", "-")
      #expect(run.ending == .exit(0), "\(run.complaint)")
      return run.output
    }
    // Whole weights end these two files; an archive has its list of files behind them.
    for format in ["npy", "safetensors"] {
      #expect(try exported(format).suffix(row.weights.count) == row.weights[...], "\(format)")
    }
    let archive = try exported("npz")
    let places = 0...(archive.count - row.weights.count)
    #expect(places.contains { archive[$0...].starts(with: row.weights) })
    let csv = String(decoding: try exported("csv"), as: UTF8.self)
    #expect(csv.split(whereSeparator: \.isNewline).first ?? "" == row.export[...])
  }

  @Test(arguments: rows) func comparisons(_ row: Row) throws {
    let (path, other) = (try Self.file(row.plan), try Self.other(row))
    let diff = try Nnrscope.run("diff", other.path, path.path)
    #expect(diff.ending == .exit(4) && diff.text.contains(row.diff), "\(diff.text)")
    let original = try TemporaryFile([], named: "x.npz")
    _ = try Nnrscope.run("export", other.path, "-o", original.path)
    // Nothing compared is an error.
    let ending = ProgramRun.Ending.exit(row.weights.isEmpty ? 1 : 0)
    let against = try Nnrscope.run("tensors", path.path, "--against", original.path)
    #expect(against.ending == ending && against.text.contains(row.against), "\(against.text)")
    let compare = try Nnrscope.run("compare", path.path, "--against", original.path)
    #expect(
      compare.ending == ending && (compare.text + compare.complaint).contains(row.compare),
      "\(compare.text)")
  }

  @Test func noWeightIsFinite() throws {
    let file = try Self.file(Self.raw([.nan, .infinity], 2).0)
    let text = try Nnrscope.run("tensors", file.path).text
    #expect(
      text.contains("x: 2 weights not finite (1 NaN, 1 +∞), the first at [0]; none is finite"))
  }

  /// The integer 2^31 is none of 32 bits, and −2^31 is one.
  @Test func theEndsOf32Bits() throws {
    for (level, message) in [
      (-1 << 31, nil), (1 << 31, "the level of weight 1 exceeds 32 bits"),
    ] as [(Int, String?)] {
      let payload = PayloadTensor(2, levels: [5, level]).with(\.quantizationDelta, nil)
      let bytes = try codedPayload(payload).bytes
      let file = try Self.file(.tensor("x", 2, payload: bytes).set(.payloadType, 0))
      let csv = try Nnrscope.run("tensors", file.path, "--csv", "--columns", "min_level,error")
      let export = try Nnrscope.run(
        "export", file.path, "--tensor", "x", "--format", "csv", "-o", "-")
      if let message {
        #expect(csv.text.contains(message) && csv.ending == .exit(1), "\(csv.text)")
        #expect(export.ending != .exit(0) && export.complaint.contains(message))
      } else {
        #expect(csv.lines.last == "-2147483648," && csv.ending == .exit(0), "\(csv.text)")
        #expect(export.lines == ["5,-2147483648"])
      }
    }
  }
}
