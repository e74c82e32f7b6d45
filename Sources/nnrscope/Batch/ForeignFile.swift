import NNRBits
import NNRModel
import WeightFiles

/// Files that are no NNR streams: told apart by their first bytes, so that they are not reported on as broken streams.
enum ForeignFile {
  /// What `source` is if it is no stream, with what to do about it, as a sentence; nil for a stream, and for what is not known.
  static func reason(_ source: any ByteSource, _ path: String) -> String? {
    // What cannot be read is told by those who read all of it.
    guard let kind = try? FileKind.of(source) else { return nil }
    // Few bytes mark these, and a stream could begin with them.
    if kind.isGuess, UnitIndex(source, limit: 2).entries.first?.type != nil { return nil }
    let advice =
      kind.isWeights ? "compare a stream with it by --against" : kind.unpacking
    return "\(path) is \(kind.name), no NNR stream" + (advice.map { "; \($0)" } ?? "")
  }

  /// What a path names that is no file, as a sentence.
  static func reason(noFile path: String) -> String {
    guard FileNames.isFolder(path) else { return "\(path) is a device or a socket, no file" }
    let names = FileNames.all(in: path) ?? []
    let streams = names.filter { $0.hasSuffix(".nnc") || $0.hasSuffix(".nnr") }
    guard let first = streams.first else { return "\(path) is a folder, without a stream in it" }
    let others = streams.count == 1 ? "" : " and \(streams.count - 1) more"
    return "\(path) is a folder; name a file in it: \(first)\(others)"
  }
}

extension FileKind {
  /// How to have what is in it; nil if nothing is.
  fileprivate var unpacking: String? {
    switch self {
    case .gzip, .zstandard, .xz, .bzip2, .zip, .tar: conversion
    case .hdf5, .keras, .gguf, .pickle:
      "its weights must be converted to compare a stream with them"
    default: nil
    }
  }
}
