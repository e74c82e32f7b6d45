import NNRAnalysis

/// Which versions of NNCodec may have written a stream, in words and as JSON.
public enum WriterText {
  /// A line: `writer: NNCodec 2.1.1 or later fits (nnr_pre_flag 1; …)`.
  public static func line(_ writer: WriterFit) -> String {
    "writer: \(writer.summary) fits (\(writer.because.joined(separator: "; ")))"
  }

  /// The object with `fits` and `because`.
  public static func write(_ writer: WriterFit, to json: inout JSONWriter) {
    json.object { json in
      json.member("fits", writer.fits.map(\.rawValue))
      json.member("because", writer.because)
    }
  }
}
