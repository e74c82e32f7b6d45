import NNRBits

/// The tracks, fragments and items of an ISOBMFF file.
struct BoxReading {
  /// The video tracks.
  private(set) var tracks: [Track] = []
  /// The tables of items.
  private(set) var itemTables: [ItemTable] = []
  /// Sample groups about post-filters.
  private(set) var sampleGroups: [String] = []

  /// Reads all boxes that matter.
  mutating func read(_ walk: inout BoxWalk) throws(SourceError) {
    var fragments = Fragments()
    var moofs: [Box] = []
    for box in try walk.boxes(in: 0..<walk.file.count, isTopLevel: true) {
      switch box.type {
      case "meta": itemTables.append(try ItemTable(&walk, box))
      case "moof": moofs.append(box)
      case "moov":
        for inner in try walk.boxes(in: box.body) {
          switch inner.type {
          case "trak":
            try readGroups(&walk, inner, depth: 0)
            if let track = try TrackReader.track(&walk, inner) { tracks.append(track) }
            for meta in try walk.boxes(in: inner.body) where meta.type == "meta" {
              itemTables.append(try ItemTable(&walk, meta))
            }
          case "mvex": try fragments.readDefaults(&walk, inner)
          case "meta": itemTables.append(try ItemTable(&walk, inner))
          default: break
          }
        }
      default: break
      }
    }
    for moof in moofs {
      try readGroups(&walk, moof, depth: 0)
      for (id, samples) in try fragments.samples(&walk, moof) {
        guard let place = tracks.firstIndex(where: { $0.id == id }) else { continue }
        tracks[place].samples += samples
      }
    }
  }

  /// Notes the sample group descriptions and assignments that speak of post-filters.
  private mutating func readGroups(_ walk: inout BoxWalk, _ box: Box, depth: Int)
    throws(SourceError)
  {
    guard depth < BoxWalk.depthLimit else { return }
    for inner in try walk.quietBoxes(in: box.body) {
      switch inner.type {
      case "mdia", "minf", "stbl", "traf": try readGroups(&walk, inner, depth: depth + 1)
      case "sgpd", "sbgp":
        var bytes = try walk.body(inner)
        bytes.skip(4)
        let grouping = bytes.fourCharacters()
        if ["nfcs", "nfas"].contains(grouping) { sampleGroups.append("\(inner.type) \(grouping)") }
      default: break
      }
    }
  }
}
