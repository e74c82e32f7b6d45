import NNRBits
import NNRSyntax

/// An item of a `meta` box, such as a network (`nnr1`) (format reference 13.6).
public struct CarriedItem: Sendable {
  /// item_ID.
  public let id: Int
  /// The four characters of its type.
  public let type: String
  /// Its name; mostly empty.
  public let name: String
  /// construction_method: 0 in the file, 1 in the `idat` box, 2 in other items.
  public let method: Int
  /// Its bytes.
  public let source: MappedSource
  /// The bytes of its property `nnrC`, whose layout is not public; nil without one.
  public let configuration: Range<Int>?
  /// What is wrong with it.
  public let findings: [CarriageFinding]
}

/// Reads the items of a `meta` box.
struct ItemTable {
  /// The most items.
  static let itemLimit = 10_000
  /// The most extents of an item.
  static let extentLimit = 1_024
  /// The most bytes of an item.
  static let byteLimit = 256 << 20
  /// How deep items are made of items.
  static let depthLimit = 4

  private struct Location {
    var method = 0
    var reference = 0
    var extents: [(index: Int, offset: Int, length: Int)] = []
    /// Where in the file the entry stands.
    var place = 0
  }

  /// The type of the handler.
  private(set) var handler = ""
  private var types: [Int: (type: String, name: String)] = [:]
  private var locations: [Int: Location] = [:]
  private var order: [Int] = []
  private var references: [Int: [Int]] = [:]
  private var data: Range<Int>?
  private var properties: [Box] = []
  private var associations: [Int: [Int]] = [:]
  private let file: any ByteSource

  /// Reads `meta`, a full box as a rule and a plain one in QuickTime files.
  init(_ walk: inout BoxWalk, _ meta: Box) throws(SourceError) {
    file = walk.file
    let head = try walk.file.read(
      meta.body.lowerBound..<min(meta.body.lowerBound + 12, meta.body.upperBound))
    let isPlain = head.count >= 8 && Array(head[4..<8]) == Array("hdlr".utf8)
    let start = min(meta.body.lowerBound + (isPlain ? 0 : 4), meta.body.upperBound)
    for box in try walk.boxes(in: start..<meta.body.upperBound) {
      switch box.type {
      case "hdlr":
        var bytes = try walk.body(box)
        bytes.skip(8)
        handler = bytes.fourCharacters()
      case "iinf": try readNames(&walk, box)
      case "iloc": try readLocations(&walk, box)
      case "iref": try readReferences(&walk, box)
      case "iprp": try readProperties(&walk, box)
      case "idat": data = box.body
      default: break
      }
    }
  }

  private mutating func readNames(_ walk: inout BoxWalk, _ iinf: Box) throws(SourceError) {
    var head = BoxBytes(
      try walk.file.read(
        iinf.body.lowerBound..<min(iinf.body.lowerBound + 8, iinf.body.upperBound)))
    let (version, _) = head.versionAndFlags()
    let skipped = version == 0 ? 6 : 8
    guard iinf.body.count >= skipped else { return }
    for box in try walk.boxes(in: iinf.body.lowerBound + skipped..<iinf.body.upperBound)
    where box.type == "infe" {
      guard types.count < Self.itemLimit else {
        return walk.note(.c19, box.bytes.lowerBound, "more than \(Self.itemLimit) items")
      }
      var bytes = try walk.body(box)
      let (version, _) = bytes.versionAndFlags()
      let id = bytes.number(version == 3 ? 4 : 2)
      bytes.skip(2)
      let type = version >= 2 ? bytes.fourCharacters() : ""
      let name = bytes.text()
      if types[id] == nil { order.append(id) }
      types[id] = (type, name)
    }
  }

  private mutating func readLocations(_ walk: inout BoxWalk, _ iloc: Box) throws(SourceError) {
    var bytes = try walk.body(iloc)
    let (version, _) = bytes.versionAndFlags()
    let sizes = bytes.number(2)
    let (offsetSize, lengthSize) = (sizes >> 12, sizes >> 8 & 15)
    let (baseSize, indexSize) = (sizes >> 4 & 15, version > 0 ? sizes & 15 : 0)
    guard [offsetSize, lengthSize, baseSize, indexSize].allSatisfy({ [0, 4, 8].contains($0) })
    else {
      return walk.note(.c06, iloc.bytes.lowerBound, "the box iloc has fields of an unknown size")
    }
    let count = bytes.number(version < 2 ? 2 : 4)
    // An item takes its id, a reference and a count at least.
    guard bytes.holds(count, of: version < 2 ? 6 : 8), count <= Self.itemLimit else {
      return walk.note(.c06, iloc.bytes.lowerBound, "\(count) items do not fit the box iloc")
    }
    for _ in 0..<count {
      var location = Location()
      location.place = iloc.body.lowerBound + bytes.place
      let id = bytes.number(version < 2 ? 2 : 4)
      if version > 0 { location.method = bytes.number(2) & 15 }
      location.reference = bytes.number(2)
      let base = bytes.number(baseSize)
      let extents = bytes.number(2)
      guard bytes.holds(extents, of: indexSize + offsetSize + lengthSize),
        extents <= Self.extentLimit
      else {
        return walk.note(
          .c06, location.place, "\(extents) extents of item \(id) do not fit the box iloc")
      }
      for _ in 0..<extents {
        let index = bytes.number(indexSize)
        let offset = bytes.number(offsetSize)
        location.extents.append(
          (index, base.addingReportingOverflow(offset).partialValue, bytes.number(lengthSize)))
      }
      if bytes.isCut {
        return walk.note(.c06, location.place, "the box iloc ends within item \(id)")
      }
      locations[id] = location
    }
  }

  private mutating func readReferences(_ walk: inout BoxWalk, _ iref: Box) throws(SourceError) {
    guard iref.body.count >= 4 else { return }
    var head = BoxBytes(try walk.file.read(iref.body.lowerBound..<iref.body.lowerBound + 4))
    let size = head.versionAndFlags().version == 0 ? 2 : 4
    for box in try walk.boxes(in: iref.body.lowerBound + 4..<iref.body.upperBound)
    where box.type == "iloc" {
      var bytes = try walk.body(box)
      let from = bytes.number(size)
      let count = bytes.number(2)
      guard bytes.holds(count, of: size) else {
        return walk.note(.c06, box.bytes.lowerBound, "\(count) references do not fit the box")
      }
      references[from, default: []] += (0..<count).map { _ in bytes.number(size) }
    }
  }

  private mutating func readProperties(_ walk: inout BoxWalk, _ iprp: Box) throws(SourceError) {
    for box in try walk.boxes(in: iprp.body) {
      if box.type == "ipco" { properties = try walk.boxes(in: box.body) }
      guard box.type == "ipma" else { continue }
      var bytes = try walk.body(box)
      let (version, flags) = bytes.versionAndFlags()
      let count = bytes.number(4)
      guard bytes.holds(count, of: version < 1 ? 3 : 5) else { continue }
      for _ in 0..<count {
        let id = bytes.number(version < 1 ? 2 : 4)
        for _ in 0..<bytes.number(1) {
          let entry = bytes.number(flags & 1 == 1 ? 2 : 1)
          associations[id, default: []].append(entry & (flags & 1 == 1 ? 0x7fff : 0x7f))
        }
        if bytes.isCut { return }
      }
    }
  }

  /// The items, in the order of the file.
  func items() -> [CarriedItem] {
    order.map { id in
      let (type, name) = types[id] ?? ("", "")
      var findings: [CarriageFinding] = []
      let pieces = pieces(of: id, [], &findings)
      let configuration = (associations[id] ?? []).lazy
        .compactMap { $0 > 0 && $0 <= properties.count ? properties[$0 - 1] : nil }
        .first { $0.type == "nnrC" }
      return CarriedItem(
        id: id, type: type, name: name, method: locations[id]?.method ?? 0,
        source: MappedSource(file, pieces: pieces), configuration: configuration?.body,
        findings: findings)
    }
  }

  /// The pieces of the file that an item is made of; none if they cannot be had.
  private func pieces(of id: Int, _ path: [Int], _ findings: inout [CarriageFinding]) -> [Range<
    Int
  >] {
    guard let location = locations[id] else {
      findings.append(CarriageFinding(.c18, at: 0, "item \(id) has no place in the box iloc"))
      return []
    }
    func refuse(_ message: String) -> [Range<Int>] {
      findings.append(CarriageFinding(.c18, at: location.place, "item \(id) \(message)"))
      return []
    }
    guard location.reference == 0 else { return refuse("lies in another file") }
    guard !path.contains(id) else { return refuse("refers to itself") }
    guard path.count < Self.depthLimit else { return refuse("is made of items too deep") }
    var pieces: [Range<Int>] = []
    var total = 0
    for extent in location.extents {
      let source: MappedSource
      switch location.method {
      case 0: source = MappedSource(file, pieces: [0..<file.count])
      case 1:
        guard let data else { return refuse("lies in a box idat that is not there") }
        source = MappedSource(file, pieces: [data])
      case 2:
        let targets = references[id] ?? []
        let index = max(1, extent.index)
        guard index <= targets.count else { return refuse("refers to an item that is not named") }
        let inner = self.pieces(of: targets[index - 1], path + [id], &findings)
        guard !inner.isEmpty else { return [] }
        source = MappedSource(file, pieces: inner)
      default: return refuse("has construction_method \(location.method), which is reserved")
      }
      let length = extent.length == 0 ? max(0, source.count - extent.offset) : extent.length
      let (end, overflow) = extent.offset.addingReportingOverflow(length)
      guard extent.offset >= 0, extent.offset <= source.count, !overflow, end <= source.count else {
        return refuse(
          "has an extent of \(length) bytes at \(extent.offset), past the end of the \(location.method == 0 ? "file" : "data")"
        )
      }
      total += length
      guard total <= Self.byteLimit else { return refuse("has more than \(Self.byteLimit) bytes") }
      pieces += source.part(extent.offset..<end).runs.map {
        $0.fileOffset..<$0.fileOffset + $0.length
      }
      guard pieces.count <= RawPayload.pieceLimit else { return refuse("is in too many pieces") }
    }
    return pieces
  }
}
