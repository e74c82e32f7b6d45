import Explorer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder for what is kept between runs: `$XDG_STATE_HOME/nnrscope`, or `~/.local/state/nnrscope`.
///
/// Nothing is ever written beside a stream. What cannot be read or written is passed over: it is only a comfort.
enum StateFolder {
  /// The folder of what is kept of files; nil without a home.
  private static var places: String? {
    UserFolder.path("XDG_STATE_HOME", home: ".local/state").map { $0 + "/places" }
  }

  /// What was kept of the files of an explorer.
  static func restore(_ model: inout ExplorerModel) {
    guard let folder = places else { return }
    for (path, _) in model.savedPlaces {
      guard let text = read(folder + "/" + name(of: path)), let places = SavedPlaces(text) else {
        continue
      }
      model.restore(places, path: path)
    }
  }

  /// Keeps marks, notes, places and looks of the files of an explorer.
  static func keep(_ model: ExplorerModel) {
    guard let folder = places else { return }
    UserFolder.make(folder)
    for (path, places) in model.savedPlaces {
      let file = folder + "/" + name(of: path)
      let draft = file + ".\(getpid())"
      guard TextFile.write(draft, places.text) == nil else { continue }
      if rename(draft, file) != 0 { unlink(draft) }
    }
  }

  /// A name for a file that stays the same: FNV-1a of its full path.
  private static func name(of path: String) -> String {
    var full = path
    if let resolved = realpath(path, nil) {
      full = String(cString: resolved)
      free(resolved)
    }
    let hash = full.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { sum, byte in
      (sum ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    // Some hundred notes take no more.
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count < 4 << 20 {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { break }
      bytes += block.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
