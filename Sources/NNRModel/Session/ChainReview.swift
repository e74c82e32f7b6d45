import NNRSyntax

/// Why a unit's difference cannot be added to what the streams before it hold.
public struct ChainFault: Sendable, Hashable {
  /// The number of the stream of the difference.
  public let stream: Int
  /// The number of its unit.
  public let unit: Int
  /// The parameter; not safe to print.
  public let name: String
  /// The rule that is broken: U01, U03, U06, U08 or U10.
  public let rule: Rule
  /// What is wrong; not safe to print.
  public let message: String
}

/// What the headers tell of the streams as one chain of updates (format reference 6.1 and 6.2).
public struct ChainReview: Sendable {
  /// The differences whose parent is not among the streams before them, in order.
  public let faults: [ChainFault]
  /// The streams of which nothing is in the sum, as later ones build on other versions or replace them.
  public let unused: [Int]
  /// Streams behind the first that lie in the update tree but name no parent for some parameter that was there before: what
  /// they code takes the place of the version before.
  public let unnamed: [Int]

  /// Looks at the headers of the streams of a session.
  init(_ session: Session) {
    var faults: [ChainFault] = []
    var unnamed: [Int] = []
    var last: [String: Int] = [:]
    for stream in session.streams.indices {
      let directory = session.directory(stream)
      var isUnnamed = false
      for unit in directory.byUnit.keys.sorted() {
        guard let header = session.streams[stream].compressedDataUnit(unit) else { continue }
        for tensor in header.codedTensors {
          if let problem = session.parentProblem(of: tensor, header, before: stream) {
            faults.append(
              ChainFault(
                stream: stream, unit: unit, name: tensor.name, rule: problem.rule,
                message: problem.message))
          } else if header.parent == nil, header.node?.depth ?? 0 > 0, last[tensor.name] != nil {
            isUnnamed = true
          }
        }
      }
      for name in directory.byName.keys { last[name] = stream }
      if isUnnamed { unnamed.append(stream) }
    }
    self.faults = faults
    self.unnamed = unnamed
    let used = Self.used(session, last)
    unused = session.streams.indices.filter {
      !used.contains($0) && !session.directory($0).tensors.isEmpty
    }
  }

  /// The streams that the last versions of all parameters are made of.
  private static func used(_ session: Session, _ last: [String: Int]) -> Set<Int> {
    var used: Set<Int> = []
    for (name, stream) in last {
      var place: Int? = stream
      while let current = place {
        used.insert(current)
        guard let tensor = session.directory(current).last(named: name),
          let header = session.streams[current].compressedDataUnit(tensor.unit),
          header.parent != nil
        else { break }
        place = session.parent(of: name, header, before: current)?.stream
      }
    }
    return used
  }
}

extension Session {
  /// What the headers tell of the streams as one chain.
  public func chainReview() -> ChainReview { ChainReview(self) }

  /// The order of the streams in which each difference has its parent before it; nil if there is none, or it is the present one.
  public func orderThatFits(_ review: ChainReview) -> [Int]? {
    // Streams of one carrier build on what it says, in whatever order they are.
    guard !review.faults.isEmpty, streams.count > 1,
      streams.indices.allSatisfy({ predecessors(of: $0).count == $0 })
    else { return nil }
    func key(_ stream: Int) -> (Int, Int, Int) {
      let headers = directory(stream).byUnit.keys.compactMap {
        streams[stream].compressedDataUnit($0)
      }
      let isUpdate = headers.contains { $0.parent != nil }
      return (isUpdate ? 1 : 0, headers.compactMap(\.node?.depth).max() ?? 0, stream)
    }
    let order = streams.indices.map { (stream: $0, key: key($0)) }
      .sorted { $0.key < $1.key }.map(\.stream)
    guard order != Array(streams.indices) else { return nil }
    let sorted = Session(
      order.map { (source: streams[$0].source, name: streams[$0].name) }, options: options)
    return sorted.chainReview().faults.isEmpty ? order : nil
  }

  /// Why a difference cannot be added to what the streams before its own hold; nil if it can, and for whole values.
  public func parentProblem(
    of tensor: CodedTensor, _ header: CompressedDataUnit, before stream: Int
  ) -> (rule: Rule, message: String)? {
    guard let parent = header.parent else { return nil }
    if parent == .unknown { return (.u01, "the parent is named in an unknown way") }
    guard let found = self.parent(of: tensor.name, header, before: stream) else {
      let isElsewhere = predecessors(of: stream).contains {
        directory($0).last(named: tensor.name) != nil
      }
      return (
        .u10,
        "no stream before this one codes \(tensor.name)" + (isElsewhere ? " on its device" : "")
      )
    }
    switch found.mismatch {
    case .hash: return (.u06, "no version before has the hash")
    case .device, .parameter, .depth:
      let node = found.node.map {
        "device \($0.device), parameter \($0.parameter), depth \($0.depth)"
      }
      let own = header.node.map { ", this one depth \($0.depth) of device \($0.device)" } ?? ""
      return (.u03, "the version before is \(node ?? "no node")\(own)")
    case nil: break
    }
    guard let own = tensor.dimensions, let others = found.tensor.dimensions, own != others else {
      return nil
    }
    func shape(_ dimensions: [Int]) -> String {
      dimensions.map(String.init).joined(separator: "×")
    }
    return (.u08, "its shape is \(shape(own)), that of its parent \(shape(others))")
  }
}
