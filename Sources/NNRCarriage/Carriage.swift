import NNRBits
import NNRSyntax

/// What a file carries: the messages about post-filters in a video, the networks among the items of a file.
public struct Carriage: Sendable {
  /// What a file is.
  public enum Container: String, Sendable {
    /// NAL units behind start codes.
    case byteStream = "annexb"
    /// Boxes with tracks.
    case isobmff
    /// Boxes with items and no track.
    case heif
  }

  /// The most messages that are listed.
  public static let messageLimit = 100_000

  /// What the file is.
  public let container: Container
  /// The codec of the video; nil without one.
  public internal(set) var codec: VideoCodec?
  /// The four characters of the sample entry and the bytes of a length field; nil outside of ISOBMFF tracks.
  public internal(set) var track: (entry: String, lengthSize: Int)?
  /// The type of the handler of the file's items; nil without items.
  public internal(set) var handler: String?
  /// The number of NAL units.
  public internal(set) var nalCount = 0
  /// The messages, in the order of the file.
  public internal(set) var messages: [CarriedMessage] = []
  /// The items that are networks, and all others.
  public internal(set) var items: [CarriedItem] = []
  /// Sample groups that speak of post-filters (`nfcs`, `nfas`); their entries have no public layout.
  public internal(set) var sampleGroups: [String] = []
  /// What is wrong with the file, apart from single messages and items.
  public internal(set) var findings: [CarriageFinding] = []

  init(_ container: Container) { self.container = container }

  /// Everything that is wrong, errors first, then in the order of the file.
  public var allFindings: [CarriageFinding] {
    (findings + messages.flatMap(\.findings) + items.flatMap(\.findings)).enumerated()
      .sorted {
        ($0.element.severity, $0.element.offset, $0.offset) < (
          $1.element.severity, $1.element.offset, $1.offset
        )
      }
      .map(\.element)
  }
}

extension Carriage {
  /// The kind of container that a file is, by its bytes; nil for files that carry nothing that is known.
  public static func container(of file: any ByteSource) -> Container? {
    guard let head = try? file.read(0..<min(16, file.count)), head.count >= 8 else { return nil }
    let type = Array(head[4..<8])
    let known = [
      "ftyp", "moov", "mdat", "moof", "styp", "meta", "free", "skip", "wide", "sidx", "pnot",
    ]
    if known.contains(where: { Array($0.utf8) == type }) { return .isobmff }
    return ByteStreamWalk.codec(of: file) == nil ? nil : .byteStream
  }

  /// Reads what a file carries; nil for files that are no carriers.
  ///
  /// `progress` hears how many bytes were walked and the messages so far, and ends the walk by answering false. Throws if the
  /// file cannot be read.
  public static func read(
    _ file: any ByteSource, progress: (Int, Carriage) -> Bool = { _, _ in true }
  ) throws(SourceError) -> Carriage? {
    switch container(of: file) {
    case nil: return nil
    case .byteStream: return try readByteStream(file, progress)
    case .isobmff, .heif: return try readBoxes(file, progress)
    }
  }

  private static func readByteStream(
    _ file: any ByteSource, _ progress: (Int, Carriage) -> Bool
  ) throws(SourceError) -> Carriage? {
    guard let codec = ByteStreamWalk.codec(of: file) else { return nil }
    var carriage = Carriage(.byteStream)
    carriage.codec = codec
    var told = 0
    try ByteStreamWalk.walk(file, codec: codec, isWanted: codec.isSEI) {
      (nal, head) throws(SourceError) in
      carriage.nalCount += 1
      try carriage.take(nal, head, file)
      guard nal.bytes.upperBound - told > 1 << 24 else { return carriage.hasRoom }
      told = nal.bytes.upperBound
      return progress(told, carriage) && carriage.hasRoom
    }
    carriage.compare()
    return carriage
  }

  private static func readBoxes(
    _ file: any ByteSource, _ progress: (Int, Carriage) -> Bool
  ) throws(SourceError) -> Carriage {
    var walk = BoxWalk(file)
    var reading = BoxReading()
    try reading.read(&walk)
    var carriage = Carriage(reading.tracks.isEmpty ? .heif : .isobmff)
    carriage.sampleGroups = reading.sampleGroups
    for table in reading.itemTables {
      carriage.handler = carriage.handler ?? table.handler
      carriage.items += table.items()
    }
    for track in reading.tracks {
      carriage.codec = carriage.codec ?? track.codec
      carriage.track = carriage.track ?? (track.entry, track.lengthSize)
      try carriage.take(track, file, progress)
    }
    carriage.findings += walk.findings
    carriage.compare()
    return carriage
  }

  private var hasRoom: Bool { messages.count < Self.messageLimit }

  /// Takes the messages of a NAL unit.
  private mutating func take(_ nal: NALUnit, _ head: [UInt8], _ file: any ByteSource)
    throws(SourceError)
  {
    guard let codec, let header = codec.header(head) else {
      findings.append(
        CarriageFinding(
          .c20, at: nal.bytes.lowerBound, "a NAL unit of \(nal.bytes.count) bytes has no header"))
      return
    }
    guard codec.isSEI(header.type) else { return }
    if header.isForbidden {
      findings.append(
        CarriageFinding(
          .c20, at: nal.bytes.lowerBound, "the header of the NAL unit has forbidden bits"))
    }
    let found = try MessageWalk(file, nal, codec: codec, headerSize: header.size)
    messages += found.messages
    if findings.count < 10_000 { findings += found.findings }
    if !hasRoom {
      findings.append(
        CarriageFinding(
          .c19, at: nal.bytes.lowerBound,
          "more than \(Self.messageLimit) messages: the rest of the file was not looked at"))
    }
  }

  /// Takes the messages of a track.
  private mutating func take(
    _ track: Track, _ file: any ByteSource, _ progress: (Int, Carriage) -> Bool
  ) throws(SourceError) {
    for bytes in track.configured {
      let head = try file.read(bytes.lowerBound..<min(bytes.lowerBound + 4, bytes.upperBound))
      let nal = NALUnit(
        bytes: bytes, type: track.codec.header(head)?.type ?? -1, index: nalCount, accessUnit: nil,
        place: .configuration)
      nalCount += 1
      try take(nal, head, file)
    }
    guard track.lengthSize != 3 else {
      findings.append(
        CarriageFinding(.c05, at: 0, "length fields of 3 bytes are not allowed"))
      return
    }
    var walked = 0
    for (number, sample) in track.samples.enumerated() {
      var place = sample.lowerBound
      while place < sample.upperBound {
        let head = try file.read(
          place..<min(place + track.lengthSize + 4, sample.upperBound))
        guard head.count >= track.lengthSize else {
          note(sample: number, place, "\(head.count) bytes are left for a length field")
          break
        }
        let length = head[..<track.lengthSize].reduce(0) { $0 << 8 | Int($1) }
        let start = place + track.lengthSize
        guard length > 0, length <= sample.upperBound - start else {
          note(
            sample: number, place,
            "the NAL unit has \(length) bytes, \(sample.upperBound - start) are left")
          break
        }
        let begin = Array(head[track.lengthSize...].prefix(length))
        let nal = NALUnit(
          bytes: start..<start + length, type: track.codec.header(begin)?.type ?? -1,
          index: nalCount, accessUnit: number + 1, place: .sample)
        nalCount += 1
        try take(nal, begin, file)
        guard hasRoom else { return }
        place = start + length
      }
      walked += sample.count
      if number % 1_024 == 0, !progress(walked, self) { return }
    }
  }

  private mutating func note(sample: Int, _ offset: Int, _ message: String) {
    guard findings.count < 10_000 else { return }
    findings.append(CarriageFinding(.c05, at: offset, "sample \(sample + 1): \(message)"))
  }
}
