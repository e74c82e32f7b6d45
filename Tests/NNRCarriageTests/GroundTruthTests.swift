import Foundation
import NNRBits
import NNRCarriage
import NNRSyntax
import TestSupport
import Testing

/// Every carrier sample gives what its ground truth says: places, fields with their bits, removed bytes, runs, hashes.
@Suite struct GroundTruthTests {
  @Test(arguments: CarrierSample.all) func messagesAreTheOnesOfTheTruth(_ sample: CarrierSample)
    throws
  {
    let truth = try sample.truth()
    guard let messages = truth["sei_messages"] as? [[String: Any]] else { return }
    let carriage = try #require(try Carriage.read(sample.source()))
    let told = Set(messages.compactMap { $0["message_offset"] as? Int })
    // The encoder's own messages are not in the truth.
    let found = carriage.messages.filter { told.contains($0.offset) }
    #expect(found.count == messages.count)
    for (own, truth) in zip(found, messages) {
      let place = "\(sample.name) at \(own.offset)"
      #expect(own.nal.bytes.lowerBound == truth["nal_offset"] as? Int, "\(place)")
      #expect(own.nal.bytes.count == truth["nal_size"] as? Int, "\(place)")
      #expect(own.nal.type == truth["nal_unit_type"] as? Int, "\(place)")
      #expect(own.index == truth["message_index"] as? Int, "\(place)")
      #expect(own.type == truth["payload_type"] as? Int, "\(place)")
      #expect(own.size == truth["payload_size"] as? Int, "\(place)")
      #expect(own.kind.rawValue == truth["kind"] as? String, "\(place)")
      #expect(own.payloadOffset == truth["payload_offset"] as? Int, "\(place)")
      #expect(own.end == truth["message_end"] as? Int, "\(place)")
      #expect(own.removed == truth["epb_offsets"] as? [Int], "\(place)")
      if let unit = truth["access_unit"] as? Int { #expect(own.nal.accessUnit == unit, "\(place)") }
      if let number = truth["sample"] as? Int { #expect(own.nal.accessUnit == number, "\(place)") }
      if let index = truth["nal_index"] as? Int { #expect(own.nal.index == index, "\(place)") }
      compareFields(own, truth["fields"] as? [[Any]] ?? [], place)
      let network = truth["nnr"] as? [String: Any]
      #expect((own.network == nil) == (network == nil), "\(place)")
      if let network, let found = own.network {
        #expect(found.payloadOffset == network["payload_offset"] as? Int, "\(place)")
        #expect(found.source.count == network["size"] as? Int, "\(place)")
        #expect(found.removed == network["epb_offsets"] as? [Int], "\(place)")
        let runs = found.source.runs.map { [$0.streamOffset, $0.fileOffset, $0.length] }
        #expect(runs == network["file_runs"] as? [[Int]], "\(place)")
      }
    }
  }

  @Test(arguments: CarrierSample.all) func itemsAreTheOnesOfTheTruth(_ sample: CarrierSample) throws
  {
    guard let items = try sample.truth()["items"] as? [[String: Any]] else { return }
    let carriage = try #require(try Carriage.read(sample.source()))
    for truth in items {
      let id = truth["item_id"] as? Int
      let own = try #require(carriage.items.first { $0.id == id })
      #expect(own.type == truth["item_type"] as? String)
      #expect(own.method == truth["construction_method"] as? Int)
      #expect(own.source.count == truth["size"] as? Int)
      let extents = own.source.runs.map { [$0.fileOffset, $0.length] }
      #expect(extents == truth["extents"] as? [[Int]])
    }
  }

  /// Every byte of a carried stream, by way of its runs, is the byte of the file; the stream is the one of the corpus.
  @Test(arguments: CarrierSample.all) func everyByteIsTheFiles(_ sample: CarrierSample) throws {
    let file = try sample.source()
    let all = try file.read(0..<file.count)
    let carriage = try #require(try Carriage.read(file))
    for stream in carriage.streams.joined() {
      let bytes = try stream.source.read(0..<stream.source.count)
      let mapped = bytes.indices.map { stream.source.fileOffset(of: $0).map { all[$0] } }
      #expect(mapped == bytes.map(Optional.some), "\(sample.name)\(stream.name)")
      // And back: each byte of the file that is one of the stream, and what stands behind an emulation prevention byte.
      for byte in bytes.indices {
        let place = try #require(stream.source.fileOffset(of: byte))
        let back = stream.source.byte(atFileOffset: place)
        if back != byte {
          Issue.record("\(sample.name)\(stream.name): \(byte) is \(place), not \(back ?? -1)")
        }
        if byte > 0, stream.source.isBehindGap(byte), stream.item == nil {
          #expect(all[place - 1] == 3 && stream.source.byte(atFileOffset: place - 1) == byte)
        }
      }
      #expect(stream.source.fileOffset(of: bytes.count) == nil)
      // A part that begins and ends anywhere is the same part of the whole.
      let part = stream.source.part(bytes.count / 3..<bytes.count * 2 / 3)
      #expect(
        try part.read(0..<part.count) == Array(bytes[bytes.count / 3..<bytes.count * 2 / 3]))
    }
  }

  private func compareFields(_ own: CarriedMessage, _ truth: [[Any]], _ place: String) {
    let fields = own.fields
    // Where the truth's writer made raw bits it lists no fields.
    guard !truth.isEmpty else { return }
    #expect(fields.map(\.name) == truth.map { $0[0] as? String }, "\(place)")
    for (field, truth) in zip(fields, truth) {
      let what = "\(place): \(field.name)"
      #expect(field.bits.start == truth[2] as? Int, "\(what)")
      #expect(field.bits.length == truth[3] as? Int, "\(what)")
      #expect(field.descriptor == truth[4] as? String, "\(what)")
      switch field.value {
      case .number(let number): #expect(number == truth[1] as? Int, "\(what)")
      case .text(let text): #expect(text == truth[1] as? String, "\(what)")
      }
    }
  }
}

/// A carrier with its ground truth.
struct CarrierSample: Sendable, CustomTestStringConvertible {
  let name: String

  static let folder = Fixture.folder.path + "/carriage"
  static let all: [CarrierSample] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
      .map { CarrierSample(name: String($0.dropLast(5))) }
  }()

  var testDescription: String { name }

  func source() throws -> FileSource { try FileSource(path: Self.folder + "/" + name) }

  func truth() throws -> [String: Any] {
    let source = try FileSource(path: Self.folder + "/" + name + ".json")
    let data = Data(try source.read(0..<source.count))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}
