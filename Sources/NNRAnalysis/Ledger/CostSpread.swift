import DeepCABAC
import NNRModel

/// Where the payload bits of one tensor went: by row, by block of the scan, by context; found bin by bin.
public struct CostSpread: Sendable {
  /// A part of a tensor that pays bits.
  public struct Part: Sendable, Hashable {
    /// The bits; fractional.
    public let bits: Double
    /// The number of bins.
    public let bins: Int
    /// The payload bit at which its first bin begins; nil if it has no bins.
    public let start: Int?

    /// A part that pays `bits`.
    public init(bits: Double, bins: Int, start: Int? = nil) {
      self.bits = bits
      self.bins = bins
      self.start = start
    }
  }

  /// A block of the scan.
  public struct Block: Sendable, Hashable {
    /// Its rows in the tensor.
    public let rows: Range<Int>
    /// Its columns in the tensor.
    public let columns: Range<Int>
    /// What its levels pay.
    public let part: Part
  }

  /// What the bins of a context, or those of a class without contexts, pay.
  public struct Context: Sendable, Hashable {
    /// The number of the context; nil for bins without one.
    public let number: Int?
    /// What it is used for.
    public let name: String
    /// What its bins pay.
    public let part: Part
  }

  /// The tensor.
  public let tensor: CodedTensor
  /// The bits of all parts together: those of the tensor in the ledger.
  public let bits: Double
  /// The levels of each row.
  public let rows: [Part]
  /// The levels of each block of the scan, block row after block row; one block in raster order.
  public let blocks: [Block]
  /// The contexts with bins by their numbers, and the classes with bins that have none.
  public let contexts: [Context]
  /// One byte for each row, 1 for skipped; empty without row skipping.
  public let rowMask: [UInt8]
  /// What is paid beside levels, by class.
  public let beside: [(costClass: CostClass, part: Part)]
  /// Bits of every class.
  public let costs: ClassCosts

  /// Decodes a tensor of a unit once more; nil for raw floats, and where dimensions or parents are missing.
  ///
  /// Throws what ends the payload early, and `stopped` if `shouldStop` says so.
  public init?(
    _ session: Session, stream: Int, _ coded: CodedTensor,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(DecodeFailure) {
    guard session.streams.indices.contains(stream),
      let decoding = session.decoding(stream: stream, unit: coded.unit),
      let payload = try? session.streams[stream].source.read(decoding.unit.payload),
      BinTrace(decoding, payload: payload) != nil
    else { return nil }
    // The fast decoder tells first whether the payload holds what the header claims.
    var options = FiguresOptions()
    options.sketches = false
    let figures = UnitFigures(
      session, stream: stream, unit: coded.unit, options: options, shouldStop: shouldStop)
    let ends = figures.tensors.count { $0.end != nil }
    if let failure = figures.failure, ends < decoding.unit.codedTensors.count { throw failure }
    // A part for each row, a block for 64 weights or more, and the integers.
    let bytes = decoding.unit.codedTensors.reduce(0) { sum, tensor in
      guard let count = tensor.count, count > 0 else { return sum }
      return sum.saturatingAdd(tensor.rows.saturatingMultiply(2 * MemoryLayout<Part>.stride))
        .saturatingAdd(count.saturatingMultiply(5))
    }
    guard bytes <= session.options.maxMemory else {
      throw DecodeFailure(
        .l02, "the parts of \(coded.name) take \(bytes) bytes; raise --max-memory")
    }
    do throws(DecodingError) {
      let spreads = try TensorSpread.all(
        of: decoding.walkedTensors, in: payload, shouldContinue: { !shouldStop() })
      guard spreads.indices.contains(coded.place) else { return nil }
      let start =
        figures.tensors.indices.contains(coded.place) ? figures.tensors[coded.place].start : nil
      self.init(coded, spreads[coded.place], rowMask: start?.rowMask ?? [])
    } catch {
      throw DecodeFailure(error)
    }
  }

  private init(_ tensor: CodedTensor, _ spread: TensorSpread, rowMask: [UInt8]) {
    func part(_ found: TensorSpread.Part) -> Part {
      Part(bits: found.bits, bins: found.bins, start: found.start)
    }
    self.tensor = tensor
    self.rowMask = rowMask
    bits = spread.bits
    rows = spread.rows.map(part)
    let geometry = spread.geometry
    blocks = spread.blocks.enumerated().map { place, found in
      let (line, column) = place.quotientAndRemainder(dividingBy: spread.blockColumns)
      let top = line * geometry.blockHeight
      let left = column * geometry.blockWidth
      return Block(
        rows: top..<min(geometry.rows, top + geometry.blockHeight),
        columns: left..<min(geometry.width, left + geometry.blockWidth), part: part(found))
    }
    let used = spread.contexts.enumerated().filter { $0.element.bins > 0 }
    let others = zip(SyntaxClass.allCases, spread.contextless).filter {
      $1.bins > 0 || $1.bits != 0
    }
    contexts =
      used.map {
        Context(number: $0.offset, name: spread.layout.name(of: $0.offset), part: part($0.element))
      }
      + others.map {
        Context(number: nil, name: CostClass.payload($0).name, part: part($1))
      }
    var beside: [(costClass: CostClass, part: Part)] = []
    var costs = ClassCosts()
    for (syntaxClass, found) in zip(SyntaxClass.allCases, spread.classes) {
      let costClass = CostClass.payload(syntaxClass)
      costs.add(found.bits, bins: found.bins, to: costClass)
      if costClass.group == .overhead, found.bins > 0 || found.bits != 0 {
        beside.append((costClass, part(found)))
      }
    }
    self.beside = beside
    self.costs = costs
  }
}
