import NNRAnalysis
import NNRCarriage
import NNRSyntax
import PlainText

/// Something a file carries, as `carriers` lists it: a message, or an item.
public struct CarrierRow: Sendable {
  /// What the NNR bitstream in it is called; nil without one.
  public let stream: String?
  /// `base`, `update`, `repetition`, `activation`, `item`, or the payload type of another message.
  public let kind: String
  /// nnpfc_id, nnpfa_target_id or item_ID.
  public let id: Int?
  /// What the filter is for; what the item is called.
  public let purpose: String?
  /// nnpfc_mode_idc.
  public let mode: Int?
  /// Where the network is.
  public let network: String?
  /// The access unit or sample.
  public let accessUnit: Int?
  /// The first byte of the message or the item.
  public let offset: Int?
  /// The bytes of the payload or the item.
  public let size: Int
  /// The bytes of the network; nil without one.
  public let networkSize: Int?
  /// The ids of broken rules, infos left out.
  public let rules: [String]
  /// The number of the message; nil for an item.
  public let message: Int?
  /// The number of the item; nil for a message.
  public let item: Int?
}

/// `carriers` as a table: a row for each message, then one for each item.
public enum CarrierTable {
  /// The columns.
  public static let fields: [Field<CarrierRow>] = [
    Field(
      "stream", kind: .name, "what the NNR bitstream is called behind the file's name", priority: 0
    ) { $0.stream },
    Field("kind", "base, update, repetition, activation, item or another SEI message", priority: 0)
    { $0.kind },
    Field("id", "nnpfc_id, nnpfa_target_id or item_ID", priority: 1) { $0.id },
    Field("purpose", "what the filter is for", priority: 4) { $0.purpose },
    Field("network", "where the network is", priority: 3) { $0.network },
    Field("access_unit", title: "AU", "the access unit, or the sample", priority: 3) {
      $0.accessUnit
    },
    Field("offset", "the first byte of the message or the item", priority: 2) { $0.offset },
    Field("size", kind: .size, "the bytes of the payload or the item", priority: 2) { $0.size },
    Field("network_bytes", title: "NNR", kind: .size, "the bytes of the NNR bitstream", priority: 1)
    { $0.networkSize },
    Field("diagnostics", title: "E/W", "ids of broken rules", priority: 2) { row in
      row.rules.isEmpty ? nil : row.rules.joined(separator: " ")
    },
    Field(
      "mode", "nnpfc_mode_idc: 0 for a network within, 1 for one that a URI names", priority: 5
    ) { $0.mode },
  ]
}

extension CarrierDocument {
  /// The rows: messages in the order of the file, then items.
  public var rows: [CarrierRow] {
    var repetitions: Set<Int> = []
    for filter in carriage.filters { repetitions.formUnion(filter.bases.dropFirst()) }
    return listed.map { row(message: $0, isRepetition: repetitions.contains($0)) }
      + carriage.items.indices.map(row(item:))
  }

  private func row(message number: Int, isRepetition: Bool) -> CarrierRow {
    let message = carriage.messages[number]
    let kind =
      switch message.kind {
      case .characteristics:
        isRepetition ? "repetition" : message.isBase.map { $0 ? "base" : "update" } ?? "unreadable"
      case .activation: "activation"
      case .other: "SEI \(message.type)"
      }
    let tree = message.tree
    let uri = tree?.texts(of: .nnpfcUri).first.map { String(decoding: $0, as: UTF8.self) }
    return CarrierRow(
      stream: names.messages[number], kind: kind, id: message.filter,
      purpose: message.purpose.flatMap { Element.nnpfcPurpose.allowed.name(of: $0) },
      mode: message.mode,
      network: message.network != nil ? "within" : uri, accessUnit: message.nal.accessUnit,
      offset: message.offset, size: message.size, networkSize: message.network?.source.count,
      rules: ids(message.findings), message: number, item: nil)
  }

  private func row(item number: Int) -> CarrierRow {
    let item = carriage.items[number]
    return CarrierRow(
      stream: names.items[number], kind: "item \(item.type)", id: item.id,
      purpose: item.name.isEmpty ? nil : item.name,
      mode: nil, network: item.type == "nnr1" ? "within" : nil, accessUnit: nil,
      offset: item.source.fileOffset(of: 0), size: item.source.count,
      networkSize: item.type == "nnr1" ? item.source.count : nil, rules: ids(item.findings),
      message: nil, item: number)
  }

  private func ids(_ findings: [CarriageFinding]) -> [String] {
    var seen: Set<String> = []
    return findings.filter { $0.severity != .info && seen.insert($0.rule.id).inserted }
      .map(\.rule.id)
  }

  /// What the file is, in a line.
  public var summary: String {
    let kind =
      switch (carriage.container, carriage.codec, carriage.track) {
      case (.byteStream, let codec?, _): "\(codec.rawValue.uppercased()) byte stream"
      case (_, let codec?, let track?): "MP4 with \(codec.rawValue.uppercased()) (\(track.entry))"
      default: "HEIF or other file of boxes, no video track"
      }
    let filters = carriage.messages.count { $0.kind != .other }
    var parts = ["\(SafeText.line(file))  \(NumberFormat.grouped(size)) B", kind]
    if carriage.codec != nil {
      parts.append(NumberFormat.count(carriage.nalCount, "NAL unit"))
      parts.append(NumberFormat.count(filters, "post-filter message"))
    }
    if !carriage.items.isEmpty { parts.append(NumberFormat.count(carriage.items.count, "item")) }
    parts.append(
      NumberFormat.count(carriage.streams.joined().count, "NNR bitstream"))
    return parts.joined(separator: " · ")
  }

  /// What is wrong, a line for each, errors first; empty if nothing is.
  public var findings: String {
    let found = carriage.allFindings
    var seen: Set<CarriageFinding> = []
    return found.filter { seen.insert($0).inserted }.map { finding in
      "  \(finding.severity.letter) \(finding.rule.id) byte \(finding.offset)  "
        + SafeText.line(finding.message, limit: 4 * SafeText.usualLimit) + "\n"
    }.joined()
  }
}
