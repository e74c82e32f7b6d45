import NNRModel
import NNRRecode
import PlainText

/// What became of a file that was coded anew.
public struct RecodedFile: Sendable {
  /// The path of the stream.
  public let file: String
  /// The path that was written; nil if nothing was.
  public let out: String?
  /// What was found.
  public let recoding: StreamRecoding
  /// The bytes that the output has.
  public let outSize: Int
  /// The tensors that were compared, and how many of them are equal.
  public let comparison: RecodeProof.Comparison

  /// What became of a file.
  public init(
    file: String, out: String?, _ recoding: StreamRecoding, outSize: Int,
    _ comparison: RecodeProof.Comparison
  ) {
    self.file = file
    self.out = out
    self.recoding = recoding
    self.outSize = outSize
    self.comparison = comparison
  }

  /// A line: `resnet56.nnc 403,729 → 397,112 B, −1.64 %, 292 of 292 tensors equal`.
  public var line: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let equal =
      "\(NumberFormat.grouped(comparison.equal)) of \(NumberFormat.count(comparison.tensors, "tensor")) equal"
    return "\(SafeText.line(name)) \(RecodeText.sizes(recoding.size, outSize)), \(equal)"
  }
}

/// `recode --json`.
public enum RecodeDocument {
  /// Writes the document of all files; `names` gives the names of the tensors of a unit of a file.
  public static func write(
    _ files: [RecodedFile], names: (Int, Int) -> String, to json: inout JSONWriter
  ) {
    json.object { json in
      json.key("files")
      json.array { json in
        for (number, file) in files.enumerated() {
          json.object { json in
            json.member("file", file.file)
            json.member("out", file.out)
            json.member("size", file.recoding.size)
            json.member("out_size", file.outSize)
            json.member("tensors", file.comparison.tensors)
            json.member("equal", file.comparison.equal)
            json.key("units")
            json.array { json in
              for unit in file.recoding.units {
                write(unit, name: names(number, unit.unit), to: &json)
              }
            }
          }
        }
      }
      json.member("size", files.reduce(0) { $0 + $1.recoding.size })
      json.member("out_size", files.reduce(0) { $0 + $1.outSize })
    }
  }

  private static func write(_ unit: UnitRecoding, name: String, to json: inout JSONWriter) {
    json.object { json in
      json.member("unit", unit.unit)
      json.member("name", name)
      json.member("bytes", unit.size)
      json.member("out_bytes", unit.bestSize)
      json.key("changes")
      json.object { json in
        guard unit.bytes != nil, let last = unit.tensors.last else { return }
        for change in RecodeText.differences(last) {
          json.member(change.knob, [change.old, change.new])
        }
      }
      if let refusal = unit.refusal { json.member("error", "\(refusal)") }
    }
  }
}
