import NNRBits

/// What a file is by its first bytes, where it is something that people take for a stream or for weights.
public enum FileKind: Hashable, Sendable, CaseIterable {
  /// Compressed by gzip.
  case gzip
  /// Compressed by Zstandard.
  case zstandard
  /// Compressed by xz.
  case xz
  /// Compressed by bzip2.
  case bzip2
  /// A zip archive of whatever.
  case zip
  /// A zip archive of `torch.save` or `torch.jit.save`.
  case torch
  /// What `torch.save` wrote before PyTorch 1.6.
  case torchLegacy
  /// A zip archive of Keras 3.
  case keras
  /// A zip archive of numpy.
  case npz
  /// An array of numpy.
  case npy
  /// Tensors and a JSON header.
  case safetensors
  /// An index of tensors in several files.
  case shardIndex
  /// A model of ONNX.
  case onnx
  /// Weights of llama.cpp.
  case gguf
  /// Hierarchical data, such as weights of Keras.
  case hdf5
  /// A model of TensorFlow Lite.
  case tflite
  /// FlatBuffers without a name, such as models of MNN (`.mnn`, `.nnr`).
  case flatBuffers
  /// A pickle of Python that is none of PyTorch.
  case pickle
  /// A tar archive.
  case tar
  /// Boxes of ISO base media: MP4.
  case mp4
  /// The same of images: HEIF.
  case heif
  /// A Matroska or WebM video.
  case matroska
  /// Video as a byte stream of NAL units.
  case annexB
  /// A PNG image.
  case png
  /// A JPEG image.
  case jpeg
  /// A PDF document.
  case pdf
  /// A program.
  case elf
  /// JSON that is no index of tensors.
  case json
  /// Other text.
  case text
  /// No bytes at all.
  case empty

  /// What it is called, with an article.
  public var name: String {
    switch self {
    case .gzip: "a file compressed by gzip"
    case .zstandard: "a file compressed by Zstandard"
    case .xz: "a file compressed by xz"
    case .bzip2: "a file compressed by bzip2"
    case .zip: "a zip archive"
    case .torch, .torchLegacy: "a PyTorch file"
    case .keras: "a Keras file"
    case .npz: "an npz file of numpy"
    case .npy: "an npy file of numpy"
    case .safetensors: "a safetensors file"
    case .shardIndex: "an index of tensors in several files"
    case .onnx: "an ONNX model"
    case .gguf: "a GGUF file"
    case .hdf5: "an HDF5 file"
    case .tflite: "a TensorFlow Lite model"
    case .flatBuffers: "a FlatBuffers file, such as a model of MNN"
    case .pickle: "a pickle of Python"
    case .tar: "a tar archive"
    case .mp4: "an MP4 file"
    case .heif: "a HEIF image"
    case .matroska: "a Matroska video"
    case .annexB: "a video of NAL units"
    case .png: "a PNG image"
    case .jpeg: "a JPEG image"
    case .pdf: "a PDF document"
    case .elf: "a program"
    case .json: "a JSON document"
    case .text: "a text"
    case .empty: "an empty file"
    }
  }

  /// Whether few bytes mark it, which other files may have as well.
  public var isGuess: Bool {
    switch self {
    case .onnx, .pickle, .flatBuffers, .annexB: true
    default: false
    }
  }

  /// What to do to compare with the weights in it; nil if nothing is known.
  public var conversion: String? {
    switch self {
    case .gzip: "unpack it first: gunzip FILE"
    case .zstandard: "unpack it first: unzstd FILE"
    case .xz: "unpack it first: unxz FILE"
    case .bzip2: "unpack it first: bunzip2 FILE"
    case .zip, .tar: "unpack it first"
    case .hdf5:
      "convert it to npz: python3 -c \"import h5py,numpy,sys;d={};h5py.File(sys.argv[1]).visititems("
        + "lambda n,o:d.update({n:o[()]}) if isinstance(o,h5py.Dataset) else None);"
        + "numpy.savez(sys.argv[2],**d)\" FILE OUT.npz"
    case .keras:
      "unpack model.weights.h5 from it, and convert that to npz with h5py and numpy"
    case .gguf:
      "convert it to npz: python3 -c \"import gguf,numpy,sys;r=gguf.GGUFReader(sys.argv[1]);numpy.savez("
        + "sys.argv[2],**{t.name:gguf.quants.dequantize(t.data,t.tensor_type) for t in r.tensors})\" FILE OUT.npz"
    case .pickle:
      "save its arrays with numpy.savez or torch.save"
    default: nil
    }
  }
}

extension FileKind {
  /// The first bytes that are looked at.
  public static let headSize = 4096

  /// What `source` is; nil if nothing is known of it.
  ///
  /// Throws `TensorFileError` if it cannot be read.
  public static func of(_ source: any ByteSource) throws(TensorFileError) -> FileKind? {
    let head = try source.bytes(0..<min(headSize, source.count))
    guard !head.isEmpty else { return .empty }
    if let marked = Mark.all.first(where: { $0.fits(head) })?.kind {
      return marked == .zip ? archive(source) : marked
    }
    if TorchLegacyFile.recognises(head) { return .torchLegacy }
    if isSafetensors(head, source.count) { return .safetensors }
    if OnnxFile.recognises(head) { return .onnx }
    if head.starts(with: [0x80]), head.count > 1, (2...5).contains(head[1]) { return .pickle }
    if isFlatBuffers(head) { return .flatBuffers }
    guard isText(head) else { return nil }
    guard ShardIndex.recognises(head) else { return .text }
    return String(decoding: head, as: UTF8.self).contains("\"weight_map\"") ? .shardIndex : .json
  }

  /// What a zip archive holds, by the names of its members.
  private static func archive(_ source: any ByteSource) -> FileKind {
    guard let archive = try? ZipArchive(source) else { return .zip }
    if TorchFile.root(of: archive) != nil { return .torch }
    if archive["model.weights.h5"] != nil { return .keras }
    return archive.members.contains { $0.name.hasSuffix(".npy") } ? .npz : .zip
  }

  private static func isSafetensors(_ head: [UInt8], _ count: Int) -> Bool {
    guard let announced = ByteCursor(head).integer(UInt64.self, at: 0), head.count > 8 else {
      return false
    }
    return head[8] == UInt8(ascii: "{") && announced >= 2
      && announced <= UInt64(SafetensorsFile.headerLimit)
  }

  /// A root offset, and at the root a table that says how far its description is, which says its length.
  private static func isFlatBuffers(_ head: [UInt8]) -> Bool {
    let reader = ByteCursor(head)
    guard let root = reader.integer(UInt32.self, at: 0).map({ Int($0) }), (8...256).contains(root),
      root % 4 == 0,
      let back = reader.integer(UInt32.self, at: root).map({ Int(Int32(bitPattern: $0)) }),
      let length = reader.integer(UInt16.self, at: root - back)
    else { return false }
    return back > 0 && (4...512).contains(length) && length % 2 == 0
  }

  /// Text as people write it: no control characters but those of lines, and mostly UTF-8.
  private static func isText(_ head: [UInt8]) -> Bool {
    let isPlain = head.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
    // Where there is more behind, the last character may be cut.
    let cuts = head.count < headSize ? 0..<1 : 0..<4
    return isPlain
      && cuts.contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
  }
}

/// Bytes that mark a kind of file.
private struct Mark {
  let kind: FileKind
  let offset: Int
  let bytes: [UInt8]

  init(_ kind: FileKind, _ bytes: [UInt8], at offset: Int = 0) {
    self.kind = kind
    self.offset = offset
    self.bytes = bytes
  }

  init(_ kind: FileKind, _ text: String, at offset: Int = 0) {
    self.init(kind, Array(text.utf8), at: offset)
  }

  func fits(_ head: [UInt8]) -> Bool { head.dropFirst(offset).starts(with: bytes) }

  static let all = [
    Mark(.gzip, [0x1F, 0x8B, 0x08]), Mark(.zstandard, [0x28, 0xB5, 0x2F, 0xFD]),
    Mark(.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), Mark(.bzip2, "BZh"),
    Mark(.zip, "PK\u{3}\u{4}"), Mark(.zip, "PK\u{5}\u{6}"),
    Mark(.npy, [0x93] + Array("NUMPY".utf8)), Mark(.gguf, "GGUF"),
    Mark(.hdf5, [0x89] + Array("HDF\r\n\u{1A}\n".utf8)), Mark(.tflite, "TFL3", at: 4),
    Mark(.tar, "ustar", at: 257), Mark(.heif, "ftypheic", at: 4), Mark(.heif, "ftypmif1", at: 4),
    Mark(.heif, "ftypheix", at: 4), Mark(.mp4, "ftyp", at: 4),
    Mark(.matroska, [0x1A, 0x45, 0xDF, 0xA3]), Mark(.annexB, [0, 0, 0, 1]),
    Mark(.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)), Mark(.jpeg, [0xFF, 0xD8, 0xFF]),
    Mark(.pdf, "%PDF-"), Mark(.elf, [0x7F] + Array("ELF".utf8)),
  ]
}
