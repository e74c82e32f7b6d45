import NNRBits
import NNRSyntax

/// An NNR bitstream that a file carries.
public struct CarriedStream: Sendable {
  /// What it is called behind the file's name: `#7` the base of filter 7, `#7+1` its first update, `#item3` an item.
  public let name: String
  /// The bytes.
  public let source: MappedSource
  /// The number of the message that has it; nil for an item.
  public let message: Int?
  /// The number of the item that is it; nil for a message.
  public let item: Int?

  /// Whether it updates a base.
  public var isUpdate: Bool { name.contains("+") }
}

/// A filter: the base and its updates, which each apply to the base alone (format reference 13.4).
public struct CarriedFilter: Sendable {
  /// nnpfc_id.
  public let id: Int
  /// The number among the filters with the same id: a second base with other content makes a second filter.
  public let turn: Int
  /// The messages that define it: the first, and repetitions of it.
  public internal(set) var bases: [Int] = []
  /// The messages that update it.
  public internal(set) var updates: [Int] = []

  /// What its base is called: `#7`, or `#7.2` for a second filter with the same id.
  public var name: String { turn == 1 ? "#\(id)" : "#\(id).\(turn)" }
}

extension Carriage {
  /// The filters, in the order in which they are first named.
  public var filters: [CarriedFilter] {
    var found: [CarriedFilter] = []
    for (number, message) in messages.enumerated() where message.kind == .characteristics {
      guard let id = message.filter, let isBase = message.isBase else { continue }
      let last = found.lastIndex { $0.id == id }
      guard let last else {
        var filter = CarriedFilter(id: id, turn: 1)
        if isBase { filter.bases.append(number) } else { filter.updates.append(number) }
        found.append(filter)
        continue
      }
      if !isBase {
        found[last].updates.append(number)
      } else if found[last].bases.isEmpty, found[last].updates.isEmpty {
        found[last].bases.append(number)
      } else if let base = found.indices.first(where: { place in
        found[place].id == id
          && found[place].bases.first.map { messages[$0].hasSameContent(as: message) } == true
      }) {
        found[base].bases.append(number)
      } else {
        var filter = CarriedFilter(id: id, turn: found.count { $0.id == id } + 1)
        filter.bases.append(number)
        found.append(filter)
      }
    }
    return found
  }

  /// The NNR bitstreams: those of filters, base first, and those of items.
  ///
  /// Repetitions of a base are one stream.
  public var streams: [[CarriedStream]] {
    var found: [[CarriedStream]] = filters.compactMap { filter in
      var streams: [CarriedStream] = []
      if let base = filter.bases.first, let network = messages[base].network {
        streams.append(
          CarriedStream(name: filter.name, source: network.source, message: base, item: nil))
      }
      for (turn, update) in filter.updates.enumerated() {
        guard let network = messages[update].network else { continue }
        streams.append(
          CarriedStream(
            name: "\(filter.name)+\(turn + 1)", source: network.source, message: update, item: nil))
      }
      return streams.isEmpty ? nil : streams
    }
    for (number, item) in items.enumerated() where item.type == "nnr1" && item.source.count > 0 {
      let name = filters.isEmpty ? "#\(item.id)" : "#item\(item.id)"
      found.append([CarriedStream(name: name, source: item.source, message: nil, item: number)])
    }
    return found
  }
}

extension CarriedMessage {
  /// Whether two messages have the same payload, byte by byte.
  func hasSameContent(as other: CarriedMessage) -> Bool {
    guard payload.count == other.payload.count else { return false }
    for start in stride(from: 0, to: payload.count, by: 1 << 16) {
      let range = start..<min(start + (1 << 16), payload.count)
      guard let own = try? payload.read(range), let others = try? other.payload.read(range),
        own == others
      else { return false }
    }
    return true
  }
}
