import NNRBits
import NNRSyntax

/// A video track: how its NAL units are delimited, and where its samples lie (format reference 13.6).
struct Track {
  /// track_ID.
  var id = 0
  /// The four characters of the sample entry.
  var entry = ""
  /// The codec.
  var codec: VideoCodec = .avc
  /// The bytes of a length field: 1, 2 or 4.
  var lengthSize = 4
  /// The NAL units in the decoder configuration record, as bytes of the file.
  var configured: [Range<Int>] = []
  /// The samples.
  var samples: [Range<Int>] = []

  /// The sample entries that are known.
  static let entries: [String: VideoCodec] = [
    "avc1": .avc, "avc3": .avc, "hvc1": .hevc, "hev1": .hevc, "vvc1": .vvc, "vvi1": .vvc,
  ]
  /// The configuration boxes.
  static let configurations: [String: VideoCodec] = ["avcC": .avc, "hvcC": .hevc, "vvcC": .vvc]
  /// The most samples of a track.
  static let sampleLimit = 4_000_000
}

/// Reads the tables of a track.
struct TrackReader {
  /// Reads `stbl` and the boxes around it; nil for a track that is no video of a known codec.
  static func track(_ walk: inout BoxWalk, _ trak: Box) throws(SourceError) -> Track? {
    var track = Track()
    for box in try walk.boxes(in: trak.body) {
      if box.type == "tkhd" {
        var bytes = try walk.body(box)
        let (version, _) = bytes.versionAndFlags()
        bytes.skip(version == 1 ? 16 : 8)
        track.id = bytes.number(4)
      }
    }
    guard let table = try path(&walk, trak, ["mdia", "minf", "stbl"]) else { return nil }
    let boxes = try walk.boxes(in: table.body)
    guard let stsd = boxes.first(where: { $0.type == "stsd" }),
      try readEntry(&walk, stsd, &track)
    else { return nil }
    try readSamples(&walk, boxes, &track)
    return track
  }

  /// The box that a path of types leads to.
  private static func path(_ walk: inout BoxWalk, _ box: Box, _ types: [String]) throws(SourceError)
    -> Box?
  {
    var box = box
    for type in types {
      guard let next = try walk.boxes(in: box.body).first(where: { $0.type == type }) else {
        return nil
      }
      box = next
    }
    return box
  }

  private static func readEntry(_ walk: inout BoxWalk, _ stsd: Box, _ track: inout Track)
    throws(SourceError) -> Bool
  {
    guard stsd.body.count >= 8 else { return false }
    for entry in try walk.boxes(in: stsd.body.lowerBound + 8..<stsd.body.upperBound) {
      guard let codec = Track.entries[entry.type], entry.body.count >= 78 else { continue }
      track.codec = codec
      track.entry = entry.type
      let inner = entry.body.lowerBound + 78..<entry.body.upperBound
      for box in try walk.boxes(in: inner) where Track.configurations[box.type] == codec {
        try readConfiguration(&walk, box, &track)
      }
      return true
    }
    return false
  }

  private static func readConfiguration(_ walk: inout BoxWalk, _ box: Box, _ track: inout Track)
    throws(SourceError)
  {
    var bytes = try walk.body(box)
    switch track.codec {
    case .avc:
      bytes.skip(4)
      track.lengthSize = bytes.number(1) & 3 + 1
      // Its sets are parameter sets only.
      return
    case .hevc:
      bytes.skip(21)
      track.lengthSize = bytes.number(1) & 3 + 1
    case .vvc:
      bytes.skip(4)
      let first = bytes.number(1)
      track.lengthSize = first >> 1 & 3 + 1
      if first & 1 == 1 { skipProfile(&bytes) }
    }
    for _ in 0..<bytes.number(1) {
      let type = bytes.number(1) & (track.codec == .hevc ? 0x3f : 0x1f)
      let isAlone = track.codec == .vvc && (type == 12 || type == 13)
      for _ in 0..<(isAlone ? 1 : bytes.number(2)) {
        let size = bytes.number(2)
        let start = box.body.lowerBound + bytes.place
        guard bytes.left >= size else {
          return walk.note(.c05, start, "a NAL unit runs past the end of the configuration record")
        }
        track.configured.append(start..<start + size)
        bytes.skip(size)
      }
      if bytes.isCut { return }
    }
  }

  /// Steps over VvcPTLRecord and the sizes in front of the arrays.
  private static func skipProfile(_ bytes: inout BoxBytes) {
    let packed = bytes.number(2)
    // ols_idx 9, num_sublayers 3, constant_frame_rate 2, chroma_format_idc 2; then bit_depth 3 and 5 reserved bits.
    let sublayers = packed >> 4 & 7
    bytes.skip(1)
    let constraintBytes = bytes.number(1) & 0x3f
    bytes.skip(2 + constraintBytes)
    if sublayers > 1 {
      let flags = bytes.number(1)
      for layer in 0..<sublayers - 1 where flags >> (7 - layer) & 1 == 1 { bytes.skip(1) }
    }
    bytes.skip(4 * bytes.number(1))
    bytes.skip(6)
  }

  private static func readSamples(_ walk: inout BoxWalk, _ boxes: [Box], _ track: inout Track)
    throws(SourceError)
  {
    guard let sizes = try sampleSizes(&walk, boxes), !sizes.isEmpty else { return }
    let chunks = try chunkOffsets(&walk, boxes)
    let runs = try chunkRuns(&walk, boxes)
    var sample = 0
    var run = 0
    for (chunk, offset) in chunks.enumerated() {
      while run + 1 < runs.count, runs[run + 1].first <= chunk + 1 { run += 1 }
      guard run < runs.count else { break }
      var place = offset
      for _ in 0..<runs[run].count {
        guard sample < sizes.count else { return }
        let (end, overflow) = place.addingReportingOverflow(sizes[sample])
        guard !overflow, end <= walk.file.count else {
          return walk.note(
            .c18, boxes.first?.bytes.lowerBound ?? 0,
            "sample \(sample + 1) lies outside of the file, from byte \(place) on")
        }
        track.samples.append(place..<end)
        place = end
        sample += 1
      }
    }
  }

  private static func sampleSizes(_ walk: inout BoxWalk, _ boxes: [Box]) throws(SourceError)
    -> [Int]?
  {
    guard let box = boxes.first(where: { $0.type == "stsz" || $0.type == "stz2" }) else {
      return nil
    }
    var bytes = try walk.body(box)
    bytes.skip(4)
    let field = bytes.number(4)
    let count = bytes.number(4)
    if box.type == "stsz", field > 0 {
      // One size for all: as many as the file can hold.
      return Array(
        repeating: field, count: min(count, walk.file.count / field, Track.sampleLimit))
    }
    let bits = box.type == "stsz" ? 32 : field & 0xff
    guard [4, 8, 16, 32].contains(bits), count <= bytes.left * 8 / bits,
      count <= Track.sampleLimit
    else {
      walk.note(
        .c06, box.bytes.lowerBound, "\(count) sample sizes do not fit the box \(box.type)")
      return nil
    }
    if bits == 4 {
      let packed = bytes.take((count + 1) / 2)
      return packed.flatMap { [Int($0 >> 4), Int($0 & 15)] }.prefix(count).map(\.self)
    }
    return (0..<count).map { _ in bytes.number(bits / 8) }
  }

  private static func chunkOffsets(_ walk: inout BoxWalk, _ boxes: [Box]) throws(SourceError)
    -> [Int]
  {
    guard let box = boxes.first(where: { $0.type == "stco" || $0.type == "co64" }) else {
      return []
    }
    let size = box.type == "stco" ? 4 : 8
    return try table(&walk, box, entry: size).map { bytes in bytes }
  }

  /// A table of numbers of one size behind their count.
  private static func table(_ walk: inout BoxWalk, _ box: Box, entry size: Int) throws(SourceError)
    -> [Int]
  {
    var bytes = try walk.body(box)
    bytes.skip(4)
    let count = bytes.number(4)
    guard bytes.holds(count, of: size) else {
      walk.note(.c06, box.bytes.lowerBound, "\(count) entries do not fit the box \(box.type)")
      return []
    }
    return (0..<count).map { _ in bytes.number(size) }
  }

  /// How many samples the chunks have: the first chunk of a run, from 1, and the samples of each.
  private static func chunkRuns(_ walk: inout BoxWalk, _ boxes: [Box]) throws(SourceError)
    -> [(first: Int, count: Int)]
  {
    guard let box = boxes.first(where: { $0.type == "stsc" }) else { return [] }
    var bytes = try walk.body(box)
    bytes.skip(4)
    let count = bytes.number(4)
    guard bytes.holds(count, of: 12) else {
      walk.note(.c06, box.bytes.lowerBound, "\(count) entries do not fit the box stsc")
      return []
    }
    return (0..<count).map { _ in
      let (first, samples) = (bytes.number(4), bytes.number(4))
      bytes.skip(4)
      return (first, samples)
    }
  }
}
