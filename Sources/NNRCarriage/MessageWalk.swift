import NNRBits
import NNRSyntax

/// Steps from message to message in an SEI NAL unit (format reference 13.3).
struct MessageWalk {
  /// The largest payload type that is followed.
  static let typeLimit = 1 << 16
  /// The largest NAL unit that is looked into, in bytes.
  static let nalLimit = 64 << 20

  /// The messages, in order.
  private(set) var messages: [CarriedMessage] = []
  /// What is wrong with the NAL unit, or with a message that cannot be listed.
  private(set) var findings: [CarriageFinding] = []

  private let file: any ByteSource
  private let nal: NALUnit
  private let codec: VideoCodec

  /// Walks the NAL unit `nal` whose header takes `headerSize` bytes.
  init(_ file: any ByteSource, _ nal: NALUnit, codec: VideoCodec, headerSize: Int)
    throws(SourceError)
  {
    self.file = file
    self.nal = nal
    self.codec = codec
    guard nal.bytes.count <= Self.nalLimit else {
      note(.c19, nal.bytes.lowerBound, "an SEI NAL unit of \(nal.bytes.count) bytes")
      return
    }
    let raw = try RawPayload(
      file, min(nal.bytes.lowerBound + headerSize, nal.bytes.upperBound)..<nal.bytes.upperBound)
    for place in raw.forbidden {
      note(.c03, place, "emulation prevention does not allow the bytes around here")
    }
    if raw.isCut {
      note(.c19, nal.bytes.lowerBound, "more than \(RawPayload.pieceLimit) removed bytes")
    }
    try walk(raw)
  }

  private mutating func note(
    _ rule: Rule, _ offset: Int, _ message: String, severity: Severity? = nil
  ) {
    findings.append(CarriageFinding(rule, at: offset, message, severity: severity))
  }

  private mutating func walk(_ raw: RawPayload) throws(SourceError) {
    let source = raw.source
    var window = ByteWindow(source)
    var place = 0
    func byte(_ index: Int) throws(SourceError) -> UInt8? {
      try window.bytes(index..<index + 1).first
    }
    func file(_ index: Int) -> Int { source.fileOffset(of: index) ?? nal.bytes.upperBound }
    while place < source.count {
      if source.count - place == 1, try byte(place) == 0x80 {
        if messages.isEmpty {
          note(.c20, nal.bytes.lowerBound, "the SEI NAL unit has no message")
        }
        return
      }
      let start = place
      guard let type = try number(&place, { (index) throws(SourceError) in try byte(index) }),
        type <= Self.typeLimit
      else {
        return note(.c01, file(start), "the payload type that begins here never ends")
      }
      guard let size = try number(&place, { (index) throws(SourceError) in try byte(index) }) else {
        return note(.c01, file(start), "the payload size of a message of type \(type) never ends")
      }
      // What is missing may be the trailing bits, which stand in no message.
      var end = place + min(size, source.count - place)
      var broken: [CarriageFinding] = []
      if size > source.count - place {
        if end > place, try byte(end - 1) == 0x80 { end -= 1 }
        broken.append(
          CarriageFinding(
            .c02, at: file(start),
            "the payload has \(size) bytes, \(source.count - place) are left in the NAL unit"))
      }
      messages.append(
        message(raw, type: type, size: size, start: start, payload: place..<end, broken))
      guard broken.isEmpty else { return }
      place = end
    }
    note(.c04, nal.bytes.upperBound, "the NAL unit ends without rbsp_trailing_bits")
  }

  /// A number in bytes of 255 and a last one; nil if it never ends.
  private func number(
    _ place: inout Int, _ byte: (Int) throws(SourceError) -> UInt8?
  ) throws(SourceError) -> Int? {
    var sum = 0
    while let next = try byte(place) {
      place += 1
      sum += Int(next)
      if next != 0xff { return sum }
    }
    return nil
  }

  private func message(
    _ raw: RawPayload, type: Int, size: Int, start: Int, payload: Range<Int>,
    _ broken: [CarriageFinding]
  ) -> CarriedMessage {
    let source = raw.source.part(payload)
    let first = raw.source.fileOffset(of: start) ?? nal.bytes.upperBound
    let payloadOffset = raw.source.fileOffset(of: payload.lowerBound) ?? nal.bytes.upperBound
    let end =
      payload.isEmpty
      ? payloadOffset
      : (raw.source.fileOffset(of: payload.upperBound - 1) ?? payloadOffset) + 1
    let tree = MessageParser.structure(ofType: type).map { MessageParser.parse(source, as: $0) }
    var network: CarriedMessage.Network?
    if let node = tree?.node(of: .nnpfcPayloadByte) {
      let offset = node.range.start / 8
      // A byte removed right in front of the first one belongs to what is before it.
      let bytes = source.part(offset..<source.count)
      let from = bytes.runs.first?.fileOffset ?? end
      network = CarriedMessage.Network(
        payloadOffset: offset, source: bytes, removed: raw.removed.filter { $0 >= from && $0 < end }
      )
    }
    var message = CarriedMessage(
      nal: nal, index: messages.count, type: type, size: size, offset: first,
      payloadOffset: payloadOffset, end: end,
      removed: raw.removed.filter { $0 >= first && $0 < end }, payload: source, tree: tree,
      network: network)
    message.findings = broken
    message.findings += (tree?.diagnostics ?? []).map { diagnostic in
      CarriageFinding(
        diagnostic.rule, at: message.fileOffset(ofBit: diagnostic.range.start), diagnostic.message,
        severity: diagnostic.severity)
    }
    if let purpose = message.purpose, purpose > 0xff {
      message.findings.append(
        CarriageFinding(
          .c08, at: payloadOffset,
          "nnpfc_purpose is 0x\(String(purpose, radix: 16)): bits above 0x80 are reserved"))
    }
    if let id = message.filter, type == 210, (256...511).contains(id) || id >= 1 << 31 {
      message.findings.append(
        CarriageFinding(.c09, at: payloadOffset, "nnpfc_id \(id) is reserved"))
    }
    if let auxiliary = tree?.number(of: .nnpfcAuxiliaryInpIdc), auxiliary >= 8 {
      message.findings.append(
        CarriageFinding(
          .c09, at: payloadOffset,
          "nnpfc_auxiliary_inp_idc \(auxiliary) is reserved: what drafts put behind it is not known"
        ))
    }
    if tree != nil, codec == .hevc, codec.isSuffix(nal.type) {
      message.findings.append(
        CarriageFinding(.c15, at: first, "nal_unit_type is \(nal.type), a suffix SEI NAL unit"))
    }
    return message
  }
}
