import NNRBits
import NNRModel
import NNRReport
import NNRSamples

/// The lessons and samples within the program.
public enum LessonLibrary {
  /// The lessons in the order in which they are best taken; one that cannot be read is a defect that the tests find.
  public static func lessons() -> [Lesson] {
    BundledSamples.lessons.compactMap { try? Lesson($0.bytes, name: $0.name) }
  }

  /// The text of a lesson; nil if there is none of the name.
  public static func text(_ name: String) -> [UInt8]? {
    BundledSamples.lessons.first { $0.name == name }?.bytes
  }

  /// The bytes of a sample by its name, with or without `.nnc`; nil if there is none.
  public static func sample(_ name: String) -> [UInt8]? {
    let bare = name.hasSuffix(".nnc") ? String(name.dropLast(4)) : name
    return BundledSamples.streams.first { $0.name == bare }?.bytes
  }

  /// The names of the samples.
  public static var samples: [String] { BundledSamples.streams.map(\.name) }

  /// The name of the file of a sample: its own, with `.nnc` where that says nothing else.
  public static func fileName(_ name: String) -> String {
    name.contains(".") ? name : name + ".nnc"
  }

  /// What to open of a stream of a lesson, behind those named before.
  public static func openings(_ source: any ByteSource, _ name: String) throws(SourceError)
    -> [Session.Opening]
  {
    try Session.Opening.all(of: source, fileName(name))
  }
}
