import Foundation
import TestSupport
import Testing

/// The modules import one another as the architecture says: a graph without a cycle.
@Suite struct ModuleImportsTests {
  /// What each module may import of the package.
  static let allowed: [String: Set<String>] = [
    "Locking": [], "Ordering": [], "PlainText": ["Ordering"],
    "NNRBits": ["Locking"],
    "NNRSyntax": ["Locking", "NNRBits", "CZlib"],
    "DeepCABAC": ["NNRBits"],
    "NNRModel": ["Locking", "Ordering", "NNRBits", "NNRSyntax", "DeepCABAC"],
    "NNRCarriage": ["NNRBits", "NNRSyntax", "Ordering"],
    "NNRRecode": ["Locking", "NNRBits", "NNRSyntax", "DeepCABAC", "NNRModel"],
    "NNRAnalysis": [
      "Locking", "Ordering", "NNRBits", "NNRSyntax", "DeepCABAC", "NNRModel", "PlainText",
    ],
    "WeightFiles": ["Locking", "NNRBits", "PlainText", "CZlib"],
    "NNRReport": [
      "Locking", "NNRBits", "NNRSyntax", "DeepCABAC", "NNRModel", "NNRAnalysis", "PlainText",
      "WeightFiles", "YAML", "CZlib", "NNRCarriage", "NNRRecode",
    ],
    "YAML": ["CYAML"],
    "TerminalScreen": ["PlainText"],
    "TerminalCurses": ["TerminalScreen", "CNcurses", "CTerminal"],
    "Explorer": [
      "Locking", "Ordering", "NNRBits", "NNRSyntax", "DeepCABAC", "NNRModel", "NNRAnalysis",
      "NNRCarriage", "NNRReport", "NNRRecode",
      "NNRSamples", "PlainText", "TerminalScreen", "WeightFiles",
    ],
    "nnrscope": [
      "Locking", "Ordering", "NNRBits", "NNRSyntax", "NNRModel", "NNRAnalysis", "NNRReport",
      "Explorer",
      "PlainText", "TerminalScreen", "TerminalCurses", "CTerminal", "WeightFiles", "YAML",
      "NNRCarriage", "NNRRecode",
    ],
    "CNcurses": [], "CYAML": [], "CZlib": [], "CTerminal": [], "NNRSamples": [],
  ]

  private static let sources = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  /// The samples are a module that stands where people look for samples.
  private static func folder(_ module: String) -> URL {
    module == "NNRSamples"
      ? sources.deletingLastPathComponent().appending(path: "Samples")
      : sources.appending(path: module)
  }

  /// The modules of the package that the files of `module` import.
  private func imports(of module: String) throws -> Set<String> {
    let folder = Self.folder(module)
    let files = try #require(FileManager.default.subpaths(atPath: folder.path))
    var found: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in text.matches(
        of:
          /(?m)^\s*(?:@\w+ |public |package |internal )*import (?:struct |class |enum |func )?(\w+)/
      ) {
        found.insert(String(match.output.1))
      }
    }
    return found.intersection(Self.allowed.keys)
  }

  @Test func everyModuleHasARule() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    let known = Set(modules.filter { !$0.hasPrefix(".") }).union(["NNRSamples"])
    #expect(known == Set(Self.allowed.keys))
  }

  @Test(arguments: allowed.keys.sorted()) func importsAreAllowed(_ module: String) throws {
    let allowed = try #require(Self.allowed[module])
    let surplus = try imports(of: module).subtracting(allowed)
    #expect(surplus.isEmpty, "\(module) imports \(surplus.sorted())")
  }

  @Test func importsAreFound() throws {
    #expect(try imports(of: "NNRSyntax").contains("NNRBits"))
  }

  @Test func theRulesHaveNoCycle() {
    var left = Self.allowed
    while !left.isEmpty {
      let free = left.filter { $0.value.allSatisfy { left[$0] == nil } }.keys
      #expect(!free.isEmpty, "a cycle among \(left.keys.sorted())")
      if free.isEmpty { break }
      for module in free { left[module] = nil }
    }
  }

  @Test func onlyOneModuleKnowsTheTerminal() throws {
    for module in Self.allowed.keys where module != "TerminalCurses" {
      #expect(try !imports(of: module).contains("CNcurses"), "\(module)")
    }
  }
}
