import Foundation
import TestSupport
import Testing

/// The figures of `compare` over a sweep of twelve runs, against what other software says of them.
@Suite struct CompareCommandTests {
  /// What numpy and the package bjontegaard 1.3.0 say of the sweep.
  struct Truth: Decodable {
    struct Run: Decodable {
      struct Tensor: Decodable { let rmse: Double }
      let file: String
      let bytes: Int
      let snr_db: Double
      let rmse: Double
      let tensors: [String: Tensor]
    }
    struct Difference: Decodable {
      let first: String
      let second: String
      let method: String
      let rate_percent: Double
      let snr_db: Double
    }
    let runs: [Run]
    let series: [String: [String]]
    let bd: [Difference]
  }

  /// What `compare --json` says.
  struct Document: Decodable {
    struct Run: Decodable {
      let file: String
      let size: Int
      let bits: Int
      let snr: Double?
      let rmse: Double?
    }
    struct Row: Decodable {
      struct Cell: Decodable {
        let bits: Double?
        let bits_per_weight: Double?
        let qp: Int?
        let zero_fraction: Double?
        let snr: Double?
        let rmse: Double?
      }
      let name: String
      let change: Double?
      let classes: [String: Double]
      let cells: [Cell]
    }
    struct Series: Decodable {
      struct Point: Decodable {
        let file: String
        let bits: Int
        let snr: Double?
      }
      let name: String
      let points: [Point]
    }
    struct Difference: Decodable {
      let first: String
      let second: String
      let rate_percent: Double?
      let snr_db: Double?
      let overlap: Double?
      let method: String?
      let problem: String?
    }
    let runs: [Run]
    let rows: [Row]
    let series: [Series]
    let bd: [Difference]
  }

  /// A row of `tensors --ndjson`.
  struct Tensor: Decodable {
    let name: String
    let bits: Double?
    let bits_per_weight: Double?
    let qp: Int?
    let sparsity: Double?
    let snr: Double?
    let rmse: Double?
  }

  static let folder = Fixture.folder.appending(path: "Sweep").path
  static func path(_ file: String) -> String { "\(folder)/\(file)" }

  static func truth() throws -> Truth {
    try JSONDecoder().decode(
      Truth.self, from: Data(contentsOf: URL(filePath: path("truth.json"))))
  }

  static func document(_ run: ProgramRun) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(run.output))
  }

  private static func isNear(_ found: Double?, _ wanted: Double) -> Bool {
    found.map { ($0 - wanted).magnitude <= 1e-12 * max(1, wanted.magnitude) } ?? false
  }

  @Test(arguments: ["pchip", "akima"]) func theSweepAsItsTruthSays(_ method: String) throws {
    let truth = try Self.truth()
    var arguments = [
      "compare", "--json", "--method", method, "--against", Self.path("original.npz"),
    ]
    for name in ["plain", "dq"] {
      let files = try #require(truth.series[name]).map(Self.path).joined(separator: ",")
      arguments += ["--series", "\(name)=\(files)"]
    }
    let run = try Nnrscope.run(arguments)
    #expect(run.ending == .exit(0), "\(run.complaint)")
    let found = try Self.document(run)
    #expect(found.runs.map(\.file) == truth.runs.map { Self.path($0.file) })
    #expect(Set(found.rows.map(\.name)) == Set(truth.runs.flatMap(\.tensors.keys)))
    for (place, wanted) in truth.runs.enumerated() {
      let run = found.runs[place]
      #expect(run.size == wanted.bytes && run.bits == 8 * wanted.bytes)
      #expect(Self.isNear(run.snr, wanted.snr_db) && Self.isNear(run.rmse, wanted.rmse))
      for row in found.rows {
        #expect(Self.isNear(row.cells[place].rmse, try #require(wanted.tensors[row.name]).rmse))
      }
    }
    let wanted = try #require(truth.bd.first { $0.method == method })
    let difference = try #require(found.bd.first)
    #expect(found.bd.count == 1 && difference.method == method)
    #expect(difference.first == wanted.first && difference.second == wanted.second)
    #expect(Self.isNear(difference.rate_percent, wanted.rate_percent))
    #expect(Self.isNear(difference.snr_db, wanted.snr_db))
    #expect(found.series.map(\.name) == ["plain", "dq"])
    #expect(found.series.flatMap(\.points).map(\.bits) == truth.runs.map { 8 * $0.bytes })
  }

  /// The same runs, whether series name files or patterns, of runs that are named or of files.
  @Test func seriesAreFilesOrPatterns() throws {
    let original = Self.path("original.npz")
    let named = try Nnrscope.run(
      "compare", "--json", "--against", original, "--series", "a=\(Self.folder)/plain_*.nnc",
      "--series", "b=\(Self.folder)/dq_*.nnc")
    let fitting = try Nnrscope.run(
      ["compare", "--json", "--against", original, "--series", "a=plain*", "--series", "b=dq_qp*"]
        + (try Self.truth().runs.map { Self.path($0.file) }))
    let found = try [named, fitting].map(Self.document)
    #expect(found[0].bd.first?.rate_percent == found[1].bd.first?.rate_percent)
    #expect(found.allSatisfy { $0.bd.first?.rate_percent != nil && $0.runs.count == 12 })
    let swapped = try Self.document(
      try Nnrscope.run(
        "compare", "--json", "--against", original, "--series", "b=\(Self.folder)/dq_*.nnc",
        "--series", "a=\(Self.folder)/plain_*.nnc"))
    #expect(try #require(swapped.bd.first?.rate_percent) > 0, "what saves bits is negative")
  }

  /// Cells are those of `tensors` and `cost` for each run, changes those of `diff` for each pair.
  @Test func figuresAreThoseOfOtherCommands() throws {
    let files = ["plain_qp-16", "dq_qp-24", "plain_qp-36"].map { Self.path("\($0).nnc") }
    let original = Self.path("original.npz")
    let found = try Self.document(
      try Nnrscope.run(["compare", "--json", "--against", original] + files))
    for (number, file) in files.enumerated() {
      let tensors = try Nnrscope.run("tensors", "--ndjson", "--against", original, file).lines
      #expect(tensors.count == found.rows.count)
      for (row, line) in zip(found.rows, tensors) {
        let tensor = try JSONDecoder().decode(Tensor.self, from: Data(line.utf8))
        let cell = row.cells[number]
        #expect(tensor.name == row.name)
        #expect(tensor.bits == cell.bits && cell.bits != nil)
        #expect(tensor.bits_per_weight == cell.bits_per_weight)
        #expect(tensor.qp == cell.qp && cell.qp != nil)
        #expect(tensor.sparsity == cell.zero_fraction)
        #expect(tensor.snr == cell.snr && cell.snr != nil)
        #expect(tensor.rmse == cell.rmse)
      }
      guard number > 0 else { continue }
      let diff = try Nnrscope.run("diff", "--json", files[0], file).document()
      let costs = try #require((diff["costs"] as? [[String: Any]])?.first)
      let changed = try #require(costs["tensors"] as? [[String: Any]])
      #expect(!changed.isEmpty)
      for tensor in changed {
        let row = try #require(found.rows.first { $0.name == tensor["name"] as? String })
        let change = try #require(row.cells[number].bits) - (row.cells[0].bits ?? 0)
        #expect(tensor["change"] as? Double == change)
      }
    }
    for row in found.rows {
      #expect((row.classes.values.reduce(0, +) - (row.change ?? 0)).magnitude < 1e-6, "\(row.name)")
    }
  }
}
