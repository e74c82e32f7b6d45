import PlainText

/// Names of parts, such as `layer1.0.bn2.running_mean`, for less room than they need: what tells each from the others
/// stays.
public struct NameCut {
  /// What all names begin with, whole parts only, where a name is cut; empty where all fit.
  public let shared: String
  /// The names as they are shown.
  public let names: [String]

  /// Cuts names to as many columns each as `widths` says.
  public init(_ names: [String], to widths: [Int], glyphs: GlyphSet = .block) {
    func width(_ text: String) -> Int { CellText.width(text, ascii: glyphs.isASCII) }
    guard zip(names, widths).contains(where: { width($0) > $1 }) else {
      shared = ""
      self.names = names
      return
    }
    let split = names.map { Self.parts($0) }
    shared = Self.sharedParts(split).joined()
    var best: [String] = []
    // A part is known by its first letter that no other has; where that does not do, by its beginning.
    for keepsStart in [false, true] {
      let windows = Self.windows(split, keepsStart)
      let cut = split.indices.map { place in
        width(names[place]) <= widths[place]
          ? names[place]
          : Self.fitted(
            split[place], windows[place], widths[place], glyphs.ellipsis, width)
      }
      // What does not fit even so is cut at its end.
      let seen = zip(cut, widths).map { String($0.prefix(max(1, $1))) }
      if best.isEmpty || Set(seen).count > Set(best).count { best = seen }
      if Set(best).count == Set(names).count { break }
    }
    self.names = best
  }

  /// The part of a name's part that is shown.
  private struct Window {
    var range: Range<Int>
    /// Whether all names have the same there.
    var isShared: Bool
  }

  /// The parts, each with the separator behind it.
  private static func parts(_ name: String) -> [String] {
    var parts: [String] = []
    var part = ""
    for character in name {
      part.append(character)
      if "./: ".contains(character) {
        parts.append(part)
        part = ""
      }
    }
    return part.isEmpty ? parts : parts + [part]
  }

  private static func sharedParts(_ split: [[String]]) -> [String] {
    guard let first = split.first, split.count > 1 else { return [] }
    let count = first.indices.first { place in
      place + 1 >= (split.map(\.count).min() ?? 0) || split.contains { $0[place] != first[place] }
    }
    return Array(first.prefix(count ?? 0))
  }

  /// What has to be seen of each part.
  private static func windows(_ split: [[String]], _ keepsStart: Bool) -> [[Window]] {
    let places = split.map(\.count).max() ?? 0
    var known: [[String: Window]] = []
    for place in 0..<places {
      let parts = Set(split.compactMap { $0.indices.contains(place) ? $0[place] : nil })
      let sorted = parts.sorted()
      var windows: [String: Window] = [:]
      for (number, part) in sorted.enumerated() {
        // Of all others those beside it in order share most with it.
        let beside = [number - 1, number + 1].filter(sorted.indices.contains).map { sorted[$0] }
        let common = beside.map { Array($0).prefixCount(sharedWith: Array(part)) }.max() ?? 0
        let count = part.count
        guard sorted.count > 1 else {
          windows[part] = Window(range: 0..<0, isShared: split.allSatisfy { $0.count > place })
          continue
        }
        let isShort = count <= 3 || part.allSatisfy { $0.isNumber || ". ".contains($0) }
        let start = keepsStart || common < 2 ? 0 : min(common, count - 1)
        windows[part] = Window(
          range: isShort ? 0..<count : start..<min(count, common + 1), isShared: false)
      }
      known.append(windows)
    }
    return split.map { parts in
      parts.enumerated().map { known[$0][$1] ?? Window(range: 0..<$1.count, isShared: false) }
    }
  }

  /// The name with its windows grown as far as they fit.
  private static func fitted(
    _ parts: [String], _ windows: [Window], _ room: Int, _ ellipsis: String,
    _ width: (String) -> Int
  ) -> String {
    let letters = parts.map(Array.init)
    var windows = windows
    var text = shown(letters, windows, ellipsis)
    // Parts that differ grow letter by letter in turn; those that all share come back whole, the last first.
    var growing = windows.indices.filter { !windows[$0].isShared }
    while !growing.isEmpty {
      growing = growing.filter { place in
        let range = windows[place].range
        let more =
          range.upperBound < letters[place].count
          ? range.lowerBound..<range.upperBound + 1
          : range.lowerBound > 0 ? range.lowerBound - 1..<range.upperBound : nil
        guard let more else { return false }
        windows[place].range = more
        let longer = shown(letters, windows, ellipsis)
        if width(longer) <= room {
          text = longer
          return true
        }
        windows[place].range = range
        return false
      }
    }
    for place in windows.indices.reversed() where windows[place].isShared {
      windows[place].range = 0..<letters[place].count
      let longer = shown(letters, windows, ellipsis)
      if width(longer) <= room { text = longer } else { windows[place].range = 0..<0 }
    }
    return text
  }

  private static func shown(_ letters: [[Character]], _ windows: [Window], _ ellipsis: String)
    -> String
  {
    var text = ""
    var isCut = false
    for (part, window) in zip(letters, windows) {
      let range = window.range
      if range.lowerBound > 0 || range.isEmpty { isCut = true }
      if !range.isEmpty {
        if isCut { text += ellipsis }
        text += String(part[range])
        isCut = range.upperBound < part.count
      }
    }
    return isCut ? text + ellipsis : text
  }
}

extension [Character] {
  /// How many characters two texts begin with alike.
  fileprivate func prefixCount(sharedWith other: [Character]) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}

extension StyledText {
  /// Lines with the longest piece of each cut where the line is too long for its width; what is shared is left out of
  /// all, and comes back as the second.
  public static func cut(_ lines: [StyledText], to widths: [Int], _ glyphs: GlyphSet)
    -> (lines: [StyledText], shared: String)
  {
    guard zip(lines, widths).contains(where: { $0.width(glyphs) > $1 }) else { return (lines, "") }
    let places = lines.map { line in
      line.spans.indices.max { line.spans[$0].text.count < line.spans[$1].text.count }
    }
    let names = zip(lines, places).map { line, place in place.map { line.spans[$0].text } ?? "" }
    let room = lines.indices.map { number in
      let rest = lines[number].width(glyphs) - CellText.width(names[number], ascii: glyphs.isASCII)
      return max(1, widths[number] - rest)
    }
    let cut = NameCut(names, to: room, glyphs: glyphs)
    var result = lines
    for (number, place) in places.enumerated() {
      if let place { result[number].spans[place].text = cut.names[number] }
    }
    return (result, cut.shared)
  }
}
