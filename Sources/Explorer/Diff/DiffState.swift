import NNRAnalysis
import NNRModel
import NNRReport
import TerminalScreen

/// A line of two streams side by side.
struct DiffRow: Sendable, Hashable {
  /// What the line is about.
  enum Kind: Sendable, Hashable {
    /// So many units that are the same, closed up.
    case equal(Int)
    /// A unit that differs or stands on one side only.
    case unit
    /// An element of the unit above.
    case element
    /// The first level that differs, or what keeps payloads from being compared.
    case payload
    /// The weights of a parameter.
    case weights
    /// Bits of a class of costs.
    case cost
    /// A heading.
    case heading
  }

  /// A weight that the line is about.
  struct Weight: Sendable, Hashable {
    /// The name of its tensor.
    var name: String
    /// The place in C order.
    var element: Int
  }

  /// What the line is about.
  var kind: Kind
  /// `~` changed, `+` added, `-` removed, `>` moved, `=` same.
  var mark: String
  /// What is compared.
  var text: String
  /// The name of tensors that the text ends with; empty for none.
  var name = ""
  /// It on the first side.
  var a = ""
  /// It on the second side.
  var b = ""
  /// Where it first differs, or by how much.
  var note = ""
  /// The place on the first side; nil if it is not there.
  var placeA: Location?
  /// The place on the second side; nil if it is not there.
  var placeB: Location?
  /// The weight that it is about, in the unit of the place; nil for none.
  var weight: Weight?
  /// The bin of the first side's payload that it is about; nil for none.
  var binA: Int?
  /// The bin of the second side's payload that it is about; nil for none.
  var binB: Int?
  /// How many files before the one that is compared it is about, on the first side.
  var filesBeforeA = 0
  /// How many files before the one that is compared it is about, on the second side.
  var filesBeforeB = 0
}

/// What is known of the difference of two open streams.
struct DiffState: Sendable {
  /// The numbers of the streams that are compared; nil before the view was opened.
  var pair: Pair?
  /// The file of original weights in place of a second stream.
  var reference: String?
  /// What of the chain is compared with that file.
  var scope: AgainstScope?
  /// The lines.
  var rows: [DiffRow] = []
  /// Whether the comparison is complete.
  var isComplete = false
  /// Why nothing could be compared; nil if it could.
  var problem: String?
  /// Whether a stream was replaced since.
  var isStale = false
  /// Whether the comparison was stopped; it begins again only when it is asked for.
  var isStopped = false
  /// Selection and scroll position.
  var list = ListState()
  /// Whether Enter goes to the second side.
  var isRight = false

  /// Two open streams.
  struct Pair: Hashable, Sendable {
    /// The first one's number.
    var a: Int
    /// The second one's number.
    var b: Int
  }
}
