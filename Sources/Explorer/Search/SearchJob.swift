import NNRModel
import NNRSyntax
import PlainText

extension Job.Kind {
  /// The places that fit a search.
  static let search = Self("search")

  /// The units that fit a filter.
  static func filter(document: Int) -> Self { Self("filter", document: document) }
}

extension Job {
  /// The most matches that are kept.
  static let matchLimit = 100_000

  /// Looks for a query, from a unit to the end and then from the start.
  static func search(_ query: Query, in stream: NNRStream, from start: Int) -> Job {
    Job(
      .search, progress: Progress("searching") { $0.search?.fraction },
      escape: Escape { model in
        model.search?.isStopped = true
        model.tell("search stopped, \(model.search?.matches.count ?? 0) matches so far")
      },
      ended: { model in
        if model.prompt == nil { model.finishSearch() }
        return []
      }
    ) { context in
      if case .bits(let bits, let step) = query {
        BitSearch(pattern: bits, step: step, stream: stream).run(context)
        return
      }
      let count = stream.unitCount
      var batch: [SearchMatch] = []
      var found = 0
      func post(_ fraction: Double) {
        let matches = batch
        context.postAndAsk { $0.take(matches, fraction: fraction) }
        batch = []
      }
      for turn in 0..<count {
        if context.isCancelled() { return }
        let unit = (start + turn) % count
        if let tree = stream.tree(unit) { batch += query.matches(in: tree, unit: unit) }
        // The first match is shown at once, the others with the progress.
        if (found == 0 && !batch.isEmpty) || turn % 256 == 255 {
          found += batch.count
          post(Double(turn + 1) / Double(count))
          if found > matchLimit { break }
        }
      }
      post(1)
    }
  }

  /// Looks for units whose type, number or tensor names hold a text.
  static func filter(_ text: String, in stream: NNRStream, document: Int) -> Job {
    Job(.filter(document: document), ended: { $0.endFilter(of: document) }) { context in
      let wanted = text.lowercased()
      let count = stream.unitCount
      var batch: [Int] = []
      func post() {
        let units = batch
        context.post { $0.take(units, filterOf: document) }
        batch = []
      }
      for unit in 0..<count {
        if context.isCancelled() { return }
        if fits(unit, wanted, stream) { batch.append(unit) }
        if unit % 1024 == 1023 {
          post()
        }
      }
      post()
    }
  }

  private static func fits(_ unit: Int, _ text: String, _ stream: NNRStream) -> Bool {
    let type = stream.index.entries[unit].type
    if (type?.name ?? "no unit").lowercased().contains(text) { return true }
    if text == "u\(unit)" { return true }
    guard type == .compressedData else { return false }
    let names = stream.compressedDataUnit(unit)?.nameTexts ?? []
    return names.contains { $0.lowercased().contains(text) }
  }
}

/// Looks for a pattern of bits in a whole file, window by window.
struct BitSearch: Sendable {
  /// The bits; nil fits both.
  let pattern: [Bool?]
  /// The distance of positions that are tried.
  let step: Int
  /// Where.
  let stream: NNRStream

  /// Posts all matches.
  func run(_ context: Job.Context) {
    let window = 1 << 18
    let overlap = (pattern.count + 7) / 8
    var found = 0
    var start = 0
    while start < stream.size, found < Job.matchLimit {
      if context.isCancelled() { return }
      let end = min(stream.size, start + window + overlap)
      guard let bytes = try? stream.source.read(start..<end) else { break }
      let limit = min(window, bytes.count) * 8
      let places = matches(in: bytes, limit: limit, context)
      found += places.count
      let batch = places.compactMap { place -> SearchMatch? in
        guard let at = Location.at(fileBit: start * 8 + place, in: stream) else { return nil }
        return SearchMatch(unit: at.unit, node: at.node, bit: at.bit)
      }
      start += window
      let fraction = min(1, Double(start) / Double(max(1, stream.size)))
      context.postAndAsk { $0.take(batch, fraction: fraction) }
    }
  }

  private func matches(in bytes: [UInt8], limit: Int, _ context: Job.Context) -> [Int] {
    var places: [Int] = []
    var place = 0
    let last = min(limit - 1, bytes.count * 8 - pattern.count)
    // The pattern's first byte as mask and value turns most positions down at once.
    var mask: UInt8 = 0
    var value: UInt8 = 0
    for (index, bit) in pattern.prefix(8).enumerated() {
      guard let bit else { continue }
      mask |= 0x80 >> UInt8(index)
      if bit { value |= 0x80 >> UInt8(index) }
    }
    while place <= last {
      if place & 0xffff == 0, context.isCancelled() { return places }
      let index = place / 8
      let pair =
        UInt16(bytes[index]) << 8 | (index + 1 < bytes.count ? UInt16(bytes[index + 1]) : 0)
      let head = UInt8(truncatingIfNeeded: pair >> UInt16(8 - place % 8))
      if head & mask == value, fits(bytes, place) {
        places.append(place)
        if places.count >= Job.matchLimit { break }
      }
      place += step
    }
    return places
  }

  private func fits(_ bytes: [UInt8], _ place: Int) -> Bool {
    for (index, bit) in pattern.enumerated() {
      guard let bit else { continue }
      let at = place + index
      if (bytes[at / 8] >> UInt8(7 - at % 8) & 1 == 1) != bit { return false }
    }
    return true
  }
}

extension ExplorerModel {
  /// Takes over matches; the first from where the search began is shown.
  fileprivate mutating func take(_ batch: [SearchMatch], fraction: Double) -> [Effect] {
    search?.add(batch, fraction: fraction)
    guard let search, search.wantsJump,
      let match = search.next(from: search.origin, forward: true, including: prompt != nil)
    else { return [] }
    self.search?.wantsJump = false
    enter(.explorer)
    if prompt == nil { remember() }
    show(match)
    return decodeSelection()
  }

  /// Says how many matches there are and which is selected, or that there is none.
  mutating func finishSearch() {
    guard let search else { return }
    guard !search.matches.isEmpty else {
      return tell("no match for \(search.input)", failed: true)
    }
    let here = SearchMatch(unit: location.unit, node: location.node, bit: location.bit)
    let number = min(search.matches.count, search.number(of: here))
    tell("match \(number) of \(search.matches.count): \(search.input)")
  }

  /// Takes over units that fit a filter.
  fileprivate mutating func take(_ units: [Int], filterOf number: Int) {
    documents[number].outline.show((documents[number].outline.filtered ?? []) + units)
    if number == current { follow() }
  }

  /// Says how many units fit a filter.
  fileprivate mutating func endFilter(of number: Int) -> [Effect] {
    guard number == current else { return [] }
    let count = NumberText.count(document.outline.filtered?.count ?? 0, "unit")
    tell("\(count) fit \(document.filter); \(shownKey(of: "escape")) shows all")
    return []
  }
}
