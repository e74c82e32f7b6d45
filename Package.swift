// swift-tools-version: 6.1

import Foundation
import PackageDescription

/// The files of a folder with an ending, but for one: what is carried along within the program is listed nowhere twice.
func files(in folder: String, _ ending: String, but left: String) -> [String] {
  let all = try? FileManager.default.contentsOfDirectory(
    atPath: "\(Context.packageDirectory)/\(folder)")
  return (all ?? []).filter { $0.hasSuffix(ending) && $0 != left }.sorted()
}

/// The articles of the format reference.
let articles = files(in: "Sources/NNRSyntax/NNRSyntax.docc", ".md", but: "NNRSyntax.md")
/// The samples, but for the one that is there for its size.
let samples =
  files(in: "Samples", ".nnc", but: "many-units.nnc") + files(in: "Samples", ".hevc", but: "")
  + files(in: "Samples", ".heif", but: "")

let package = Package(
  name: "nnrscope",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nnrscope", targets: ["nnrscope"]),
    .library(name: "NNRStream", targets: ["NNRBits", "NNRSyntax", "DeepCABAC", "NNRModel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // What all of it stands on.
    .target(name: "Locking"),
    .target(name: "Ordering"),
    .target(name: "PlainText", dependencies: ["Ordering"]),

    // From bytes to a parsed and decoded stream.
    .target(name: "NNRBits", dependencies: ["Locking"]),
    .target(
      name: "NNRSyntax", dependencies: ["NNRBits", "CZlib"],
      resources: articles.map { .embedInCode("NNRSyntax.docc/\($0)") }),
    .target(name: "DeepCABAC"),
    .target(name: "NNRModel", dependencies: ["NNRSyntax", "DeepCABAC", "Ordering"]),

    // What the same integers would have cost, and streams that hold them in fewer bits.
    .target(name: "NNRRecode", dependencies: ["NNRModel"]),

    // Streams within videos and images.
    .target(name: "NNRCarriage", dependencies: ["NNRSyntax", "Ordering"]),

    // From a stream to figures and text.
    .target(name: "NNRAnalysis", dependencies: ["NNRModel", "PlainText"]),
    .target(name: "WeightFiles", dependencies: ["NNRBits", "PlainText", "CZlib"]),
    .target(
      name: "NNRReport",
      dependencies: [
        "NNRAnalysis", "NNRCarriage", "NNRRecode", "PlainText", "WeightFiles", "YAML", "CZlib",
      ]),

    // Settings and conditions that people write.
    .target(name: "YAML", dependencies: ["CYAML"]),

    // From state to the terminal.
    .target(name: "TerminalScreen", dependencies: ["PlainText"]),
    .target(name: "TerminalCurses", dependencies: ["TerminalScreen", "CNcurses", "CTerminal"]),
    .target(
      name: "Explorer",
      dependencies: [
        "NNRCarriage", "NNRRecode", "NNRReport", "WeightFiles", "TerminalScreen", "NNRSamples",
      ]),
    .executableTarget(
      name: "nnrscope",
      dependencies: [
        "Explorer", "NNRCarriage", "NNRRecode", "NNRReport", "WeightFiles", "TerminalCurses",
        "YAML",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // The samples and lessons, within the program: it teaches without a file beside it.
    .target(
      name: "NNRSamples", path: "Samples",
      exclude: ["README.md", "LESSONS.md", "Requirements", "many-units.nnc"],
      sources: ["BundledSamples.swift"],
      resources: [.embedInCode("Lessons")] + samples.map { .embedInCode($0) }),

    // C that must be C.
    .systemLibrary(
      name: "CNcurses", providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "CTerminal"),

    // Tests mirror the sources.
    .target(name: "PseudoTerminal", path: "Tests/PseudoTerminal"),
    .target(
      name: "TestSupport",
      dependencies: ["DeepCABAC", "NNRAnalysis", "NNRModel", "TerminalScreen", "PseudoTerminal"],
      path: "Tests/Support"),
    .testTarget(name: "OrderingTests", dependencies: ["Ordering", "TestSupport"]),
    .testTarget(name: "PlainTextTests", dependencies: ["PlainText", "TestSupport"]),
    .testTarget(name: "NNRBitsTests", dependencies: ["NNRBits", "TestSupport"]),
    .testTarget(name: "NNRSyntaxTests", dependencies: ["NNRSyntax", "TestSupport"]),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
    .testTarget(name: "NNRCarriageTests", dependencies: ["NNRCarriage", "TestSupport"]),
    .testTarget(name: "DeepCABACTests", dependencies: ["DeepCABAC", "TestSupport"]),
    .testTarget(name: "NNRModelTests", dependencies: ["NNRModel", "TestSupport"]),
    .testTarget(name: "NNRRecodeTests", dependencies: ["NNRRecode", "TestSupport"]),
    .testTarget(name: "NNRAnalysisTests", dependencies: ["NNRAnalysis", "TestSupport"]),
    .testTarget(name: "WeightFilesTests", dependencies: ["WeightFiles", "TestSupport"]),
    .testTarget(
      name: "NNRReportTests",
      dependencies: ["NNRRecode", "NNRReport", "WeightFiles", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "TerminalScreenTests", dependencies: ["TerminalScreen", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "ExplorerTests",
      dependencies: ["Explorer", "NNRCarriage", "NNRSamples", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["NNRModel", "NNRSyntax", "TerminalScreen", "TestSupport", "nnrscope"]),
    .target(
      name: "FuzzInputs",
      dependencies: [
        "Explorer", "NNRCarriage", "NNRRecode", "NNRReport", "WeightFiles", "TestSupport",
      ],
      path: "Tests/Fuzz/Inputs"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzInputs"]),
  ],
  swiftLanguageModes: [.v6]
)

// Modules that work on every bit are optimised in debug builds too, where tests run them on 100,000 damaged streams; traps stay.
// SwiftPM takes no unsafe flags of a package that another one depends on, so that they are for our own builds only.
if !Context.packageDirectory.contains("/checkouts/") {
  let hot = [
    "NNRBits", "NNRSyntax", "DeepCABAC", "NNRModel", "NNRRecode", "NNRAnalysis", "TestSupport",
  ]
  for target in package.targets where hot.contains(target.name) {
    target.swiftSettings = [.unsafeFlags(["-O"], .when(configuration: .debug))]
  }
}

// The fuzzer has a main of its own, so the driver exists only where it is asked for (Tests/Fuzz/run).
if ProcessInfo.processInfo.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "FuzzDriver", dependencies: ["FuzzInputs"], path: "Tests/Fuzz/Driver",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
