import Foundation
import TestSupport
import Testing

/// The commands of debugging, run as programs: what they print and how they end.
@Suite struct DiffCommandTests {
  private func path(_ name: String) -> String { Fixture(name).path }

  @Test func diffEndsWithFour() throws {
    let same = try ProgramRun("diff", path("names"), path("names"))
    #expect(same.status == 0 && same.output.hasPrefix("no differences: "))
    let other = try ProgramRun("diff", path("bitdepth_4"), path("bitdepth_8"))
    #expect(other.status == 4 && other.output.contains("first differing level"))
    let ignored = try ProgramRun(
      "diff", path("bitdepth_4"), path("bitdepth_8"), "--ignore", "nnr_unit_size", "--ignore",
      "nnr_compressed_data_unit_payload")
    #expect(ignored.status == 0)
    #expect(try ProgramRun("diff", path("names")).status == 2)
    let chain = try ProgramRun(
      "diff", path("tca_base"), path("tca_update1"), "--with", path("tca_base"),
      path("tca_update1"), "--json")
    #expect(chain.status == 0 && chain.output.hasPrefix("{\"equal\":true,"))
  }

  @Test func traceListsBins() throws {
    let run = try ProgramRun("trace", path("int_tensors"), "--tensor", "nope")
    #expect(run.status == 2 && run.output.isEmpty && run.complaint.contains("no tensor nope"))
    let names = try ProgramRun("tensors", path("bitdepth_1"), "--columns", "name", "--csv")
    #expect(names.output.contains("pos\r\n"))
    let bins = try ProgramRun(
      "trace", path("bitdepth_1"), "--tensor", "pos", "--from", "3", "--count", "4", "--csv")
    #expect(bins.status == 0)
    #expect(
      bins.output.split(separator: "\r\n").dropFirst().map { $0.prefix(2) } == [
        "3,", "4,", "5,", "6,",
      ])
    let lps = try ProgramRun("trace", path("bitdepth_1"), "--tensor", "pos", "--until-lps", "--csv")
    let last = try #require(lps.output.split(separator: "\r\n").last).split(separator: ",")
    #expect(last.count > 14 && last[2] == "context" && last[12] != last[13])
  }

  @Test func againstAnExport() throws {
    let folder = NSTemporaryDirectory() + "nnrscope-against-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/model.safetensors"
    #expect(try ProgramRun("export", path("bitdepth_8"), "-o", file).status == 0)
    let same = try ProgramRun(
      "tensors", path("bitdepth_8"), "--against", file, "--columns", "name,max_error,rmse", "--csv")
    #expect(same.status == 0 && same.output.contains("pos,0,0\r\n"))
    let sorted = try ProgramRun(
      "tensors", path("bitdepth_4"), "--against", file, "--sort=-max_error", "--columns",
      "name,max_error", "--csv")
    #expect(sorted.status == 0)
    let rows = sorted.output.split(separator: "\r\n").dropFirst().map { $0.split(separator: ",") }
    let errors = rows.compactMap { $0.count > 1 ? Double($0[1]) : nil }
    #expect(errors.count == 3 && errors == errors.sorted(by: >) && errors[0] > 0)
    #expect(try ProgramRun("tensors", path("bitdepth_4"), "--against", path("names")).status == 3)
    #expect(try ProgramRun("tensors", path("bitdepth_4"), "--accumulate").status == 2)
  }

  @Test func diagnoseNamesTheUnit() throws {
    let fine = try ProgramRun("diagnose", path("bitdepth_4"))
    #expect(fine.status == 0 && fine.output == "all payloads end well\n")
    let broken = try ProgramRun("diagnose", path("tca_update2"), "--unit", "3")
    #expect(broken.status == 1 && broken.output.contains("needs the base stream"))
    #expect(try ProgramRun("diagnose", path("tca_update2"), "--unit", "0").status == 2)
  }
}
