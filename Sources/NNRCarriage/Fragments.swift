import NNRBits
import NNRSyntax

/// The samples of movie fragments (format reference 13.6).
struct Fragments {
  /// default_sample_size by track.
  private var defaults: [Int: Int] = [:]

  /// Reads the defaults of `mvex`.
  mutating func readDefaults(_ walk: inout BoxWalk, _ mvex: Box) throws(SourceError) {
    for box in try walk.boxes(in: mvex.body) where box.type == "trex" {
      var bytes = try walk.body(box)
      bytes.skip(4)
      let track = bytes.number(4)
      bytes.skip(8)
      defaults[track] = bytes.number(4)
    }
  }

  /// The samples of a fragment, by track.
  func samples(_ walk: inout BoxWalk, _ moof: Box) throws(SourceError) -> [(Int, [Range<Int>])] {
    var found: [(Int, [Range<Int>])] = []
    // Without a base of its own a track goes on where the one before it ended.
    var next = moof.bytes.lowerBound
    for traf in try walk.boxes(in: moof.body) where traf.type == "traf" {
      let boxes = try walk.boxes(in: traf.body)
      guard let tfhd = boxes.first(where: { $0.type == "tfhd" }) else { continue }
      var bytes = try walk.body(tfhd)
      let (_, flags) = bytes.versionAndFlags()
      let track = bytes.number(4)
      var base = flags & 0x020000 != 0 ? moof.bytes.lowerBound : next
      if flags & 1 != 0 { base = bytes.number(8) }
      if flags & 2 != 0 { bytes.skip(4) }
      if flags & 8 != 0 { bytes.skip(4) }
      let size = flags & 0x10 != 0 ? bytes.number(4) : defaults[track] ?? 0
      var samples: [Range<Int>] = []
      next = base
      for trun in boxes where trun.type == "trun" {
        try read(&walk, trun, base: base, size: size, next: &next, into: &samples)
      }
      found.append((track, samples))
    }
    return found
  }

  private func read(
    _ walk: inout BoxWalk, _ trun: Box, base: Int, size: Int, next: inout Int,
    into samples: inout [Range<Int>]
  ) throws(SourceError) {
    var bytes = try walk.body(trun)
    let (_, flags) = bytes.versionAndFlags()
    let count = bytes.number(4)
    if flags & 1 != 0 { next = base.addingReportingOverflow(bytes.signed()).partialValue }
    if flags & 4 != 0 { bytes.skip(4) }
    let fields = [0x100, 0x200, 0x400, 0x800].count { flags & $0 != 0 }
    guard bytes.holds(count, of: fields * 4), fields > 0 || count <= walk.file.count else {
      return walk.note(
        .c06, trun.bytes.lowerBound, "\(count) samples do not fit the box trun")
    }
    for number in 0..<count {
      if flags & 0x100 != 0 { bytes.skip(4) }
      let length = flags & 0x200 != 0 ? bytes.number(4) : size
      if flags & 0x400 != 0 { bytes.skip(4) }
      if flags & 0x800 != 0 { bytes.skip(4) }
      let (end, overflow) = next.addingReportingOverflow(length)
      guard next >= 0, !overflow, end <= walk.file.count, samples.count < Track.sampleLimit else {
        return walk.note(
          .c18, trun.bytes.lowerBound,
          "sample \(number + 1) of the fragment lies outside of the file, from byte \(next) on")
      }
      samples.append(next..<end)
      next = end
    }
  }
}
