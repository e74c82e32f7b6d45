import Foundation
import Locking
import NNRBits
import NNRModel
import NNRSyntax

/// A stream of the corpus with its ground truth.
public struct Fixture: Sendable, CustomStringConvertible {
  /// The name without ending.
  public let name: String

  /// The folder of the fixtures.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// Every fixture, in the order of their names.
  public static let all: [Fixture] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".nnc") }.sorted().map { Fixture(String($0.dropLast(4))) }
  }()

  /// All but `large_10m`, whose ten million weights are for the tests of levels and of the ledger.
  public static let quick = all.filter { $0.name != "large_10m" }

  /// Files that once showed a fault; they have no ground truth beside them.
  public static func caseFile(_ name: String) -> String {
    folder.appending(path: "Cases/\(name)").path
  }

  /// A session of such streams, the base first.
  public static func caseSession(_ names: String...) throws -> Session {
    Session(
      try names.map { name in
        let data = try Data(contentsOf: URL(filePath: caseFile("\(name).nnc")))
        return (source: MemorySource([UInt8](data)) as any ByteSource, name: "\(name).nnc")
      })
  }

  /// The fixture called `name`.
  public init(_ name: String) { self.name = name }

  /// The path of the stream.
  public var path: String { Self.folder.appending(path: "\(name).nnc").path }

  /// The bytes of the stream.
  public func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

  /// The ground truth; read once, as it is up to 4 MB of JSON.
  public func manifest() throws -> Manifest {
    if let known = Self.manifests.withLock({ $0[name] }) { return known }
    let data = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
    let manifest = try JSONDecoder().decode(Manifest.self, from: data)
    Self.manifests.withLock { $0[name] = manifest }
    return manifest
  }

  private static let manifests = Locked<[String: Manifest]>([:])

  /// The stream, opened from memory.
  public func stream() throws -> NNRStream {
    NNRStream(source: MemorySource(try bytes()), name: name)
  }

  /// The stream behind those that must be decoded before it, with the dimensions that it leaves out.
  public func session() throws -> Session {
    let manifest = try manifest()
    var options = Session.Options()
    for tensor in manifest.coded_tensors {
      options.outOfBand[tensor.name] = OutOfBand(
        dimensions: tensor.shape, unaryLength: tensor.cabac_unary_length)
    }
    let names = manifest.after.map { String($0.dropLast(4)) } + [name]
    let sources = try names.map { name in
      (source: MemorySource(try Fixture(name).bytes()) as any ByteSource, name: name)
    }
    return Session(sources, options: options)
  }

  /// The name.
  public var description: String { name }
}
