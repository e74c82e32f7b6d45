/// A bin with its place in the payload.
public struct WalkedBin: Sendable, Hashable {
  /// The bin and the registers before it.
  public var event: BinEvent
  /// Place of the tensor among those of the payload, in coded order.
  public var tensor: Int
  /// Place of the level in the scan; nil outside of levels.
  public var scanIndex: Int?
  /// The level as far as this bin tells it, before the doubling of dependent quantization; nil outside of levels.
  public var level: Int?
  /// Trellis state before the level; nil outside of levels, 0 without dependent quantization.
  public var state: Int?
  /// The integer that the level becomes; nil outside of levels and where decoding failed in it.
  public var integer: Int32?

  /// Whether the less probable symbol was coded.
  public var isLeastProbable: Bool { event.kind == .context && event.bin != event.mps }
}

/// What the bins of a level say so far.
struct RunningLevel {
  private var magnitude = 0
  private var isNegative: Bool
  private var order = 0
  private var suffix = 0

  /// A level of which nothing is known; `negative`: its sign, where no bin codes it.
  init(negative: Bool) { isNegative = negative }

  /// The level so far.
  var value: Int { isNegative ? -(magnitude &+ suffix) : magnitude &+ suffix }

  /// Takes a bin of the level.
  mutating func add(_ event: BinEvent) {
    switch event.element.syntaxClass {
    case .sigFlag: magnitude = event.bin
    case .signFlag: isNegative = event.bin == 1
    case .absLevelGreater: magnitude &+= event.bin
    case .absRemainderPrefix:
      guard event.bin == 1 else { break }
      // The prefix says that the remainder is at least this large; see format reference 4.8.
      magnitude &+= 1 << order
      order += 1
    case .absRemainderSuffix:
      order -= 1
      suffix |= event.bin << max(0, order)
    default: break
    }
  }
}
