import NNRBits
import NNRCarriage
import NNRModel

extension Carriage {
  /// The streams to open of a file at `path`, behind `before` others: all that it carries, or the one called `name`, with its
  /// base; empty if there is none of the name.
  ///
  /// Updates of a filter stand side by side: each builds on the base alone. An update whose base is not carried builds on the
  /// streams before.
  public func openings(_ path: String, named name: String? = nil, before: Int = 0)
    -> [Session.Opening]
  {
    var found: [Session.Opening] = []
    for filter in streams {
      let base = filter.first.flatMap { $0.isUpdate ? nil : $0.name }
      let wanted = filter.filter { name == nil || $0.name == name || $0.name == base }
      guard wanted.contains(where: { name == nil || $0.name == name }) else { continue }
      let start = before + found.count
      for stream in wanted {
        let isBase = stream.name == base
        found.append(
          Session.Opening(
            stream.source, name: path + stream.name,
            predecessors: isBase ? [] : base != nil ? [start] : Array(0..<before),
            isShown: name == nil || stream.name == name))
      }
    }
    return found
  }
}

extension Session.Opening {
  /// What to open of a source: the streams that it carries if it is a carrier, itself if not.
  public static func all(of source: any ByteSource, _ path: String) throws(SourceError)
    -> [Session.Opening]
  {
    try Carriage.read(source)?.openings(path) ?? [Session.Opening(source, name: path)]
  }
}
