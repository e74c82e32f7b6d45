import NNRCarriage
import NNRModel
import NNRSyntax
import PlainText

/// `carriers` as JSON: what a video or an image file carries, message by message.
public struct CarrierDocument: Sendable {
  /// The path of the file.
  public let file: String
  /// Its size in bytes.
  public let size: Int
  /// What it carries.
  public let carriage: Carriage
  /// Whether messages that are not about post-filters are listed too.
  public let listsAll: Bool
  /// The names of the streams by message and by item.
  let names: (messages: [Int: String], items: [Int: String])

  /// The document of a file.
  public init(file: String, size: Int, _ carriage: Carriage, listsAll: Bool = false) {
    self.file = file
    self.size = size
    self.carriage = carriage
    self.listsAll = listsAll
    var messages: [Int: String] = [:]
    var items: [Int: String] = [:]
    for stream in carriage.streams.joined() {
      if let message = stream.message { messages[message] = stream.name }
      if let item = stream.item { items[item] = stream.name }
    }
    for filter in carriage.filters {
      guard let first = filter.bases.first, let name = messages[first] else { continue }
      for repetition in filter.bases.dropFirst() { messages[repetition] = name }
    }
    names = (messages, items)
  }

  /// The numbers of the messages that are listed.
  var listed: [Int] {
    carriage.messages.indices.filter { listsAll || carriage.messages[$0].kind != .other }
  }

  /// Writes the object of the file.
  public func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("file", file)
      json.member("size", size)
      json.member("container", carriage.container.contractName)
      if let codec = carriage.codec { json.member("codec", codec.rawValue) }
      if let track = carriage.track {
        json.member("sample_entry", track.entry)
        json.member("length_size", track.lengthSize)
      }
      if let handler = carriage.handler { json.member("handler", handler) }
      json.member("nal_units", carriage.nalCount)
      json.key("messages")
      json.array { json in for number in listed { write(message: number, to: &json) } }
      json.key("items")
      json.array { json in
        for number in carriage.items.indices { write(item: number, to: &json) }
      }
      json.member("sample_groups", carriage.sampleGroups)
      json.key("diagnostics")
      write(carriage.findings, to: &json)
    }
  }

  private func write(message number: Int, to json: inout JSONWriter) {
    let message = carriage.messages[number]
    json.object { json in
      json.member("nal_index", message.nal.index)
      if let unit = message.nal.accessUnit {
        json.member(message.nal.place == .sample ? "sample" : "access_unit", unit)
      }
      json.member("where", message.nal.place.rawValue)
      json.member("nal_offset", message.nal.bytes.lowerBound)
      json.member("nal_size", message.nal.bytes.count)
      json.member("nal_unit_type", message.nal.type)
      json.member("message_index", message.index)
      json.member("message_offset", message.offset)
      json.member("payload_offset", message.payloadOffset)
      json.member("message_end", message.end)
      json.member("payload_type", message.type)
      json.member("payload_size", message.size)
      json.member("kind", message.kind.rawValue)
      json.member("epb_offsets", message.removed)
      json.key("fields")
      json.array { json in
        for field in message.fields {
          json.array { json in
            json.value(field.name)
            switch field.value {
            case .number(let number): json.value(number)
            case .text(let text): json.value(text)
            }
            json.value(field.bits.start)
            json.value(field.bits.length)
            json.value(field.descriptor)
          }
        }
      }
      if let network = message.network { write(network, to: &json) }
      if let name = names.messages[number] { json.member("stream", name) }
      json.key("diagnostics")
      write(message.findings, to: &json)
    }
  }

  private func write(_ network: CarriedMessage.Network, to json: inout JSONWriter) {
    json.key("nnr")
    json.object { json in
      json.member("payload_offset", network.payloadOffset)
      json.member("size", network.source.count)
      if let hash = ContentHash.hex(of: network.source, 0..<network.source.count) {
        json.member("sha256", hash)
      }
      json.key("file_runs")
      json.array { json in
        for run in network.source.runs {
          json.array { json in
            for number in [run.streamOffset, run.fileOffset, run.length] { json.value(number) }
          }
        }
      }
      json.member("epb_offsets", network.removed)
    }
  }

  private func write(item number: Int, to json: inout JSONWriter) {
    let item = carriage.items[number]
    json.object { json in
      json.member("id", item.id)
      json.member("type", item.type)
      json.member("name", item.name)
      json.member("construction_method", item.method)
      json.member("size", item.source.count)
      json.key("extents")
      json.array { json in
        for run in item.source.runs {
          json.array { json in for number in [run.fileOffset, run.length] { json.value(number) } }
        }
      }
      if let hash = ContentHash.hex(of: item.source, 0..<item.source.count) {
        json.member("sha256", hash)
      }
      if let configuration = item.configuration {
        json.member("nnrC", [configuration.lowerBound, configuration.count])
      }
      if let name = names.items[number] { json.member("stream", name) }
      json.key("diagnostics")
      write(item.findings, to: &json)
    }
  }

  private func write(_ findings: [CarriageFinding], to json: inout JSONWriter) {
    json.array { json in
      for finding in findings {
        json.object { json in
          json.member("id", finding.rule.id)
          json.member("severity", finding.severity.rawValue)
          json.member("offset", finding.offset)
          json.member("message", finding.message)
        }
      }
    }
  }
}

extension Carriage.Container {
  /// The word of the JSON contract.
  var contractName: String {
    switch self {
    case .byteStream: "annexb"
    case .isobmff: "mp4"
    case .heif: "heif"
    }
  }
}
