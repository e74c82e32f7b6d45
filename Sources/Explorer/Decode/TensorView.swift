import NNRAnalysis

/// What is known of the weights of a tensor, by now or in the end: the decode pane shows nothing else.
///
/// A decoder makes one again whenever there is news; the pane replaces the one before.
public struct TensorView: Sendable {
  /// A tensor of an open stream.
  public struct Key: Hashable, Sendable {
    /// The stream's number among the open ones.
    public var document: Int
    /// The entry of the stream's index.
    public var unit: Int

    /// Names a tensor.
    public init(document: Int, unit: Int) {
      self.document = document
      self.unit = unit
    }
  }

  /// A figure with its label: `σ`, `0.0713`.
  public struct Figure: Hashable, Sendable {
    /// What it is.
    public var label: String
    /// The number as text.
    public var value: String

    /// Makes a figure.
    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  /// Counts of values in bins of equal width.
  public struct Bins: Hashable, Sendable {
    /// Counts within the range.
    public var counts: [Double]
    /// Count below it; nil if nothing was cut off.
    public var below: Double?
    /// Count above it; nil if nothing was cut off.
    public var above: Double?
    /// Label of the low end.
    public var low: String
    /// Label of the high end.
    public var high: String

    /// Makes bins.
    public init(
      _ counts: [Double], below: Double? = nil, above: Double? = nil, low: String, high: String
    ) {
      self.counts = counts
      self.below = below
      self.above = above
      self.low = low
      self.high = high
    }
  }

  /// Values to scroll through, asked for one by one.
  public struct Values: Sendable {
    /// Rows of the tensor seen as a matrix.
    public var rows: Int
    /// Columns.
    public var columns: Int
    /// The text of the value at a row and a column.
    public var text: @Sendable (_ row: Int, _ column: Int) -> String

    /// Makes a grid.
    public init(
      rows: Int, columns: Int, text: @escaping @Sendable (_ row: Int, _ column: Int) -> String
    ) {
      self.rows = rows
      self.columns = columns
      self.text = text
    }
  }

  /// Which tensor.
  public var key: Key
  /// The share that is decoded; 1 when all is.
  public var fraction = 0.0
  /// How fast it goes, as text.
  public var rate: String?
  /// Statistics, most important first.
  public var figures: [Figure] = []
  /// The histogram, once there is one.
  public var bins: Bins?
  /// What strikes the eye, as sentences.
  public var findings: [String] = []
  /// The way from the coded integer to the weight, step by step.
  public var chain: [String] = []
  /// The values themselves.
  public var values: Values?
  /// All that was found, tensor by tensor of the unit.
  public var tensors: [TensorFigures] = []
  /// Why decoding failed.
  public var problem: String?

  /// Nothing known of a tensor yet.
  public init(_ key: Key) { self.key = key }
}
