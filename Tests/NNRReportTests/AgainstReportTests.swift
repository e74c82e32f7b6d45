import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import Testing
import WeightFiles

/// Weights against the tensors they were made from.
@Suite struct AgainstReportTests {
  /// Vector V8 of the format reference: integers of 0.37 · (r − 6) · (c − 5), rounded, step 1.
  private static let stream = bytes(
    hex: """
      00040200 0008068100400080 00060e000000 0057160961003048c8c0a08000d789206b1b2851fb06700e77936ef94a05
      5c8643c54ec1c1ffa1ea1c0c819e80de951c02fe7c47ebcb4a3b56f8301c7e4593a92af78bf5cc1cebb237afbc86ed66
      0777068e74e4c6ef44
      """)
  private static let source: [Float] = (0..<144).map { (place: Int) -> Float in
    let (row, column) = (Double(place / 12 - 6), Double(place % 12 - 5))
    return Float(0.37 * row * column)
  }

  private static func session() -> Session { Session([(MemorySource(stream), "v8")]) }

  /// A safetensors file of tensors of 32-bit floats.
  private static func safetensors(_ tensors: [(name: String, shape: [Int], values: [Float])])
    throws -> [UInt8]
  {
    let folder = try TemporaryFolder()
    let entries = tensors.map {
      SafetensorsEntry(name: $0.name, shape: $0.shape, element: .float32)
    }
    let writer = try SafetensorsWriter(path: folder.file("t"), entries: entries)
    for tensor in tensors { try writer.append(tensor.values[...]) }
    try writer.finish()
    return try folder.bytes("t")
  }

  private static func report(_ file: [UInt8], path: String = "file") throws -> AgainstReport {
    let session = session()
    return try session.report(
      against: WeightFile.read(MemorySource(file), path: path), file: path,
      scope: .alone(file: 1, of: 1), stream: 0)
  }

  @Test func errorsOfARebuiltSource() throws {
    let file = try Self.safetensors([
      ("a", [12, 12], Self.source), ("other", [1], [1]),
    ])
    let report = try Self.report(file)
    #expect(report.extra == ["other"] && report.missing.isEmpty && report.refused.isEmpty)
    let row = try #require(report.rows.first)
    // Independent of the program: the error of rounding, half to even.
    let errors: [Double] = Self.source.map { Double($0).rounded(.toNearestOrEven) - Double($0) }
    let squares: Double = errors.reduce(0) { $0 + $1 * $1 }
    let signal: Double = Self.source.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(row.errors.count == 144 && row.shape == [12, 12])
    #expect(row.errors.maxError == errors.map(\.magnitude).max())
    #expect((try #require(row.errors.rmse) - (squares / 144).squareRoot()).magnitude < 1e-12)
    #expect(
      (try #require(row.errors.relativeL2) - (squares / signal).squareRoot()).magnitude < 1e-12)
    let decibel = 10 * 0.30102999566398120 * log2(signal / squares)
    #expect((try #require(row.errors.snr) - decibel).magnitude < 1e-9)
    #expect(row.errors.histogram.bins.reduce(0, +) == 144)
    let worst = try #require(row.errors.worst.first)
    let place = row.indices(of: worst.element)
    #expect(place == [worst.element / 12, worst.element % 12])
    #expect(worst.reference == Double(Self.source[worst.element]))
    #expect(worst.error == row.errors.maxError && row.errors.worst.count == 10)
  }

  /// The exponent and a series: not the program's own logarithm.
  private func log2(_ x: Double) -> Double {
    var (value, result, half) = (x.significand, Double(x.exponent), 0.5)
    for _ in 0..<52 {
      value *= value
      if value >= 2 {
        value /= 2
        result += half
      }
      half /= 2
    }
    return result
  }

  @Test func missingAndOtherShapes() throws {
    let missing = try Self.report(try Self.safetensors([("b", [2], [1, 2])]))
    #expect(missing.missing == ["a"] && missing.extra == ["b"] && missing.rows.isEmpty)
    let shape = try Self.report(try Self.safetensors([("a", [144], Self.source)]))
    #expect(shape.refused.map(\.name) == ["a"] && shape.rows.isEmpty && shape.extra.isEmpty)
    #expect(shape.refused.first?.reason == "shape 12×12, reference 144")
    let text = AgainstText.text(missing, width: nil)
    #expect(text.contains("not in the reference file: a"))
    #expect(text.contains("only in the reference file: b"))
  }

  @Test func aSingleArrayNeedsNoName() throws {
    let folder = try TemporaryFolder()
    let writer = try ElementWriter<Float>(
      path: folder.file("x.npy"), shape: [12, 12], asNumpy: true)
    try writer.append(Self.source[...])
    try writer.finish()
    let file = try folder.bytes("x.npy")
    for path in ["/somewhere/x.npy", "/somewhere/a.npy"] {
      let report = try Self.report(file, path: path)
      #expect(report.rows.map(\.name) == ["a"] && report.extra.isEmpty && report.missing.isEmpty)
    }
    for (text, kind) in [
      ("", FileKind.empty), ("ab", .text), ("import sys\nprint(sys.argv)\n", .text),
      ("{\"a\": 1}", .json), ("12345678[1]", .text),
    ] {
      #expect(throws: TensorFileError.foreign(kind)) {
        try WeightFile.read(MemorySource(Array(text.utf8)), path: "ag.py")
      }
    }
    #expect(
      "\(TensorFileError.foreign(.text))"
        == "a text, none of PyTorch, safetensors, ONNX, npz and npy")
  }

  @Test func weightsThatAreNoNumbersAreTold() throws {
    var values = Self.source
    values[3] = .nan
    values[100] = .infinity
    let report = try Self.report(try Self.safetensors([("a", [12, 12], values)]))
    #expect(report.rows.first?.errors.nonfinite == 2)
    for width in [nil, 40] {
      let text = AgainstText.text(report, width: width)
      #expect(text.contains("* of the weights that are finite on both sides"))
      #expect(text.contains("  a: not finite: 0 weights here, 2 in the reference"))
      #expect(text.contains("[0, 3]") && text.contains("[8, 4]"))
    }
    let fine = try Self.report(try Self.safetensors([("a", [12, 12], Self.source)]))
    #expect(!AgainstText.text(fine, width: nil).contains("not finite"))
  }

  @Test func columnsOfTheTensorTable() throws {
    let report = try Self.report(try Self.safetensors([("a", [12, 12], Self.source)]))
    var rows = TensorRow.headers(Self.session(), stream: 0)
    rows[0].compare(with: report)
    let table = Table(TensorTable.fields + TensorTable.errors, rows)
    #expect(table.cell(row: 0, "max_error").number == report.rows.first?.errors.maxError)
    #expect(table.cell(row: 0, "snr").number == report.rows.first?.errors.snr)
    var json = JSONWriter()
    AgainstText.write(report, to: &json)
    let text = json.takeText()
    #expect(text.hasPrefix("{\"file\":\"file\",\"missing\":[],\"extra\":[],\"refused\":[],"))
    #expect(text.contains("\"place\":["))
  }

  /// The chain added up has no error against itself; its base alone has.
  @Test func chainsAreAddedUp() throws {
    let names = ["tca_base", "tca_update1", "tca_update2"]
    let session = Session(
      try names.map { (source: MemorySource(try Fixture($0).bytes()) as any ByteSource, name: $0) })
    var sum: [(name: String, shape: [Int], values: [Float])] = []
    try session.accumulatedParameters { parameter in
      sum.append((parameter.name, parameter.dimensions, parameter.floats))
      return true
    }
    let references = try WeightFile.read(MemorySource(try Self.safetensors(sum)), path: "sum")
    let whole = try session.report(
      against: references, file: "sum", scope: .sum(files: 3), stream: 2)
    #expect(whole.rows.count == sum.count && whole.rows.allSatisfy { $0.errors.isSame })
    #expect(whole.refused.isEmpty && whole.extra.isEmpty)
    let base = try session.report(
      against: references, file: "sum", scope: .alone(file: 1, of: 3), stream: 0)
    #expect(base.rows.contains { !$0.errors.isSame })
    // An update without its base: every tensor is named with the reason, none as a stranger.
    let update = Session([(MemorySource(try Fixture("tca_update2").bytes()), "update")])
    let alone = try update.report(
      against: references, file: "sum", scope: .alone(file: 1, of: 1), stream: 0)
    #expect(alone.rows.isEmpty && alone.missing.isEmpty && !alone.refused.isEmpty)
    #expect(alone.extra == ["layers.1.weight"])
    #expect(Set(alone.refused.map(\.name) + alone.extra) == Set(sum.map(\.name)))
    #expect(alone.refused.allSatisfy { $0.reason.contains("U02") })
  }
}
