import Locking
import NNRBits
import NNRSyntax

/// One bitstream: its units, parsed when first asked for.
///
/// Safe to use from any thread. Trees are kept within a budget; a tree that was dropped is parsed again, with the same
/// result.
public final class NNRStream: Sendable {
  /// The bytes.
  public var source: any ByteSource { watched }
  private let watched: WatchedSource
  /// Why bytes could not be read, the first time that happened; nil if all reads went well.
  public var readFault: SourceError? { watched.fault }
  /// What the stream is called in messages: its path, or `-`.
  public let name: String
  /// Where the units are.
  public let index: UnitIndex
  /// The profile that the units tell where no start unit gives one that is known; nil where one does or they do not tell.
  public let assumedProfile: Int?
  /// What comes from outside, by the name of the tensor.
  let outOfBand: @Sendable (String) -> OutOfBand?

  private let cache: Locked<TreeCache>
  private let stage: Locked<ParameterStage>

  /// Opens a stream: walks the sizes of its units, nothing more.
  ///
  /// `cacheBytes` bounds the memory for trees, `unitLimit` the number of units and `elementLimit` the elements of one;
  /// `outOfBand` gives what the stream leaves out.
  public init(
    source: any ByteSource, name: String, cacheBytes: Int = 8 << 20,
    unitLimit: Int = UnitIndex.usualLimit, elementLimit: Int = UnitContext().elementLimit,
    outOfBand: @escaping @Sendable (String) -> OutOfBand? = { _ in nil }
  ) {
    let source = WatchedSource(source)
    watched = source
    self.name = name
    self.outOfBand = outOfBand
    var first = ParameterState()
    first.context.elementLimit = elementLimit
    var indexer = UnitIndexer(source, first, cacheBytes: cacheBytes)
    indexer.walk(limit: unitLimit)
    index = UnitIndex(indexer)
    assumedProfile = ProfileGuess.profile(of: index, in: source)
    guard let assumedProfile else {
      cache = Locked(indexer.trees)
      stage = Locked(indexer.stage)
      return
    }
    // What was parsed on the way was read without it.
    first.context.fallbackProfile = assumedProfile
    first.context.profile = assumedProfile
    cache = Locked(TreeCache(budget: cacheBytes))
    stage = Locked(ParameterStage(first))
  }

  /// The number of bytes.
  public var size: Int { source.count }

  /// The number of units, bytes that are none included.
  public var unitCount: Int { index.entries.count }

  /// The tree of a unit; nil for bytes that are no unit and for numbers out of range.
  public func tree(_ unit: Int) -> SyntaxTree? {
    guard index.entries.indices.contains(unit), index.entries[unit].type != nil else { return nil }
    return cache.withLock { $0[unit] } ?? parsed(unit, parameters(before: unit).context)
  }

  /// What the units before `unit` set.
  public func parameters(before unit: Int) -> ParameterState {
    stage.withLock { stage in
      stage.state(before: unit, places: index.parameterUnits) { place, state in
        cache.withLock { $0[place] } ?? parsed(place, state.context)
      }
    }
  }

  /// general_profile_idc of the first start unit; nil without one.
  public var profile: Int? {
    guard let first = index.parameterUnits.first(where: { index.entries[$0].type == .start })
    else { return nil }
    return tree(first)?.number(of: .generalProfileIdc)
  }

  /// The profile by which units are read: what is said, what they tell, or else 0; nil without a start unit.
  public var profileInForce: Int? { assumedProfile ?? profile.map { $0 <= 1 ? $0 : 0 } }

  /// Parses a unit and keeps its tree.
  private func parsed(_ unit: Int, _ context: UnitContext) -> SyntaxTree {
    let tree = parse(unit, source, context)
    cache.withLock { $0[unit] = tree }
    return tree
  }

  private func parse(_ unit: Int, _ source: any ByteSource, _ context: UnitContext) -> SyntaxTree {
    let entry = index.entries[unit]
    let tree = UnitParser.parse(source, bytes: entry.bytes, context: context)
    guard entry.type == .compressedData,
      let known = CompressedDataUnit.missing(tree, outOfBand)
    else { return tree }
    var context = context
    context.outOfBand = known
    return UnitParser.parse(source, bytes: entry.bytes, context: context)
  }

  /// The header of a data unit, if its bytes were those of `source` and the units before it had set `parameters`; nil where
  /// it could not be read then.
  package func compressedDataUnit(
    _ unit: Int, of source: any ByteSource, _ parameters: ParameterState
  ) -> CompressedDataUnit? {
    guard index.entries.indices.contains(unit), index.entries[unit].type == .compressedData else {
      return nil
    }
    return CompressedDataUnit(
      parse(unit, source, parameters.context), unit: unit, offset: index.entries[unit].offset,
      parameters: parameters)
  }
}
