import NNRModel
import TerminalScreen

/// The explorer as a value: `update` takes events and gives effects, `draw` makes a screen.
///
/// It never waits, never writes and needs no terminal, so that every state can be made and looked at in a test.
public struct ExplorerModel: Sendable {
  /// The size of the screen.
  public internal(set) var size: Size
  /// The place in the stream that is shown.
  public var location: Location { document.location }
  /// The commands with the user's keys.
  public internal(set) var registry: CommandRegistry
  /// The views by their names.
  let views: Views
  var documents: [DocumentState]
  var current = 0
  /// What was chosen beside the documents.
  var look = Look()
  /// The columns that the tensors table begins with.
  var usualColumns = TensorColumns.usual
  var overlay: Overlay?
  var prompt: Prompt?
  var status: Status?
  /// The keys of a sequence that is not complete.
  var pending: [Key] = []
  /// The command that waits for a key as its argument.
  var waiting: String?
  var marks: [Character: Bookmark] = [:]
  var trail: [Bookmark] = []
  var search: SearchState?
  var histories: [Prompt.Kind: [String]] = [:]
  var generation = 0
  /// The jobs whose reports count.
  var running: [Job.Kind: Job] = [:]
  /// Whether a changed file is opened again by itself.
  var follows = false
  /// Whether heat maps have two rows a line: the screen shows half blocks in many colours.
  public var pairsHeat = false
  /// The share of the search for an encoder's integers that is done.
  var repairDone = 0.0
  /// The lesson that is taken.
  var lesson: LessonState?
  /// The commands that are being recorded.
  var recording: Recording?
  /// How often something was refused.
  private(set) var refusals = 0

  /// An explorer over streams; over none, it shows an empty one.
  public init(_ streams: [OpenStream], size: Size) {
    self.init(streams, size: size, views: .standard)
  }

  /// An explorer with other views.
  init(_ streams: [OpenStream], size: Size, views: Views) {
    self.views = views
    registry = CommandRegistry(views)
    documents = (streams.isEmpty ? Session.empty.opened() : streams).map { DocumentState($0) }
    self.size = size
    select(Location())
  }

  /// The work to begin with.
  public mutating func start() -> [Effect] {
    documents.indices.flatMap { survey($0) } + startLook() + decodeSelection() + continueLesson()
  }

  var document: DocumentState {
    get { documents[current] }
    _modify { yield &documents[current] }
  }

  /// What happened to the open files since they were opened, as far as it is not known yet.
  public func changes() -> [(document: Int, change: String)] {
    documents.indices.compactMap { place in
      let (stream, known) = (documents[place].stream, documents[place].change)
      guard known == nil || follows else { return nil }
      if let change = stream.source.change() { return (place, "\(change)") }
      // Reading a file again that only cannot be read would go on for ever.
      guard known == nil, !follows, let fault = stream.readFault else { return nil }
      return (place, "\(fault)")
    }
  }

  mutating func tell(_ text: String, failed: Bool = false) {
    status = Status(text: text, failed: failed)
    if failed { refusals &+= 1 }
  }

  /// Starts decoding of the selected tensor, if it is another one than before, and what the view that is open lacks.
  mutating func decodeSelection() -> [Effect] {
    shown.follow(&self) + decodeTensor()
  }
}
