import Foundation

/// The programs that the package builds, as tests find them.
public enum BuiltProgram {
  /// The path of `nnrscope`, which is built next to the test bundle.
  public static let nnrscope: String = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let places = [
      bundle.bundleURL, bundle.bundleURL.deletingLastPathComponent(), executable,
    ]
    let paths = places.map { $0.appending(path: "nnrscope").path }
    return paths.first { FileManager.default.isExecutableFile(atPath: $0) } ?? paths[0]
  }()

  private static var executable: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }
}
