import NNRBits
import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// Bytes and bits.
  public static let bits = Pane("bits", "Bits")
}

/// The bytes and bits of the file.
struct BitsView: View {
  let pane = Pane.bits

  func note(_ model: ExplorerModel) -> String { model.bitAddress }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawBits(&grid, rect)
  }

  func page(_ model: ExplorerModel, _ rect: Rect) -> Int {
    max(1, BitsLayout(rect, model.document.stream).hex.height)
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    let bits = BitsLayout(model.layout.body(.bits) ?? .zero, model.document.stream)
    let row = 8 * bits.bytesPerRow
    let rows = model.page(.bits)
    let (here, unit) = (model.fileBit, model.location.unit)
    func place(_ bit: Int) -> Location {
      Location(unit: unit, node: model.document.tree?.leaf(atBit: bit), bit: bit)
    }
    switch motion {
    case .up: model.select(fileBit: here >= row ? here - row : here)
    case .down:
      model.select(fileBit: here + row < model.document.stream.size * 8 ? here + row : here)
    case .pageUp: model.select(fileBit: here - row * rows)
    case .pageDown: model.select(fileBit: here + row * rows)
    case .halfPageUp: model.select(fileBit: here - row * max(1, rows / 2))
    case .halfPageDown: model.select(fileBit: here + row * max(1, rows / 2))
    case .home: model.select(place(0))
    case .end: model.select(place(max(0, (model.document.entry?.size ?? 0) * 8 - 1)))
    }
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    model.select(fileBit: model.fileBit + step)
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    model.reveal(model.location)
    model.pane = .outline
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "to outline" }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {
    let bits = BitsLayout(rect, model.document.stream)
    let size = model.document.stream.size
    let start = bits.start(model.fileBit / 8, size: size)
    let end = min(size, start + bits.hex.height * bits.bytesPerRow)
    let hex = HexView(
      start: UInt64(start), bytes: [UInt8](repeating: 0, count: max(0, end - start)),
      bytesPerRow: bits.bytesPerRow, addressDigits: bits.digits)
    if let bit = hex.bit(at: point, in: bits.hex) { model.select(fileBit: Int(bit)) }
  }
}

/// Bytes and bits around the cursor, the selected element and its structure marked.
extension ExplorerModel {
  /// Draws bytes, bits and legend.
  func drawBits(_ grid: inout Grid, _ rect: Rect) {
    let stream = document.stream
    let layout = BitsLayout(rect, stream)
    let cursor = UInt64(max(0, fileBit))
    let start = layout.start(fileBit / 8, size: stream.size)
    let end = min(stream.size, start + layout.hex.height * layout.bytesPerRow)
    var bytes: [UInt8] = []
    do {
      bytes = try stream.source.read(start..<max(start, end))
    } catch {
      grid.write(fitting: StyledText("E \(error)", .error), in: rect.row(0))
      return
    }
    let marks = bitMarks
    let before = grid.cursor
    let shown = UInt64(start) * 8..<UInt64(max(start, end)) * 8
    HexView(
      start: UInt64(start), bytes: bytes, bytesPerRow: layout.bytesPerRow,
      marks: marks + problemMarks.filter { $0.bits.overlaps(shown) },
      flags: problemFlags.filter { shown.contains($0.bit) }, cursor: cursor,
      addressDigits: layout.digits,
      gaps: Set((start..<max(start, end)).filter(stream.source.isBehindGap).map { UInt64($0) })
    ) { UInt64(stream.source.fileOffset(of: Int($0)) ?? 0) }
    .draw(on: &grid, in: layout.hex)
    drawStrip(&grid, layout, cursor)
    // The hardware cursor belongs to the focused pane: on the bit where bits are shown, else on the byte.
    if !hasKeyboard(.bits) { grid.cursor = before }
  }

  /// The marks of the selected element and the structure around it, in bits of the file.
  var bitMarks: [BitMark] {
    guard let entry = document.entry else { return [] }
    let base = entry.offset * 8
    func bits(_ range: BitRange) -> Range<UInt64> {
      UInt64(base + range.start)..<UInt64(base + range.end)
    }
    guard let tree = document.tree, let place = location.node, tree.nodes.indices.contains(place)
    else { return [BitMark(bits(BitRange(start: 0, length: entry.size * 8)), .enclosing)] }
    let node = tree.nodes[place]
    let parent = node.parent.map { tree.nodes[$0].range }
    let outer = parent.map { [BitMark(bits($0), .enclosing)] } ?? []
    return outer + [BitMark(bits(node.range), .element)]
  }

  private func drawStrip(_ grid: inout Grid, _ layout: BitsLayout, _ cursor: UInt64) {
    guard !layout.strip.isEmpty else { return }
    let label = document.address(ofByte: Int(cursor / 8)) + " "
    let lead = label.count
    grid.write(StyledText(label, .dim), in: layout.strip)
    let room = layout.strip.columns(from: lead)
    let groups = max(1, room.width / 9)
    // Bytes around the cursor, from the element's first where it fits.
    let elementStart = selectedRange.map { (document.entry?.offset ?? 0) + $0.start / 8 }
    let byte = Int(cursor / 8)
    var first = max(0, byte - groups / 2)
    if let elementStart, elementStart <= byte, byte - elementStart < groups { first = elementStart }
    let last = min(document.stream.size, first + groups)
    let bytes = (try? document.stream.source.read(first..<max(first, last))) ?? []
    let bits = Self.bits(of: bytes)
    grid.write(StyledText(document.address(ofByte: first) + " ", .dim), in: layout.strip)
    BitStrip(
      first: UInt64(first) * 8, bits: bits, marks: bitMarks + codeMarks + problemMarks,
      cursor: cursor
    )
    .draw(on: &grid, in: room)
    grid.write(fitting: bitLegend, in: layout.legend)
  }

  private static func bits(of bytes: [UInt8]) -> [Bool] {
    bytes.flatMap { byte in (0..<8).map { (place: Int) in byte >> UInt8(7 - place) & 1 == 1 } }
  }

  /// The bits of the selected node, in the unit.
  private var selectedRange: BitRange? {
    guard let tree = document.tree, let node = location.node, tree.nodes.indices.contains(node)
    else { return nil }
    return tree.nodes[node].range
  }

  /// The prefix of an exp-Golomb code: its zeros and the 1 behind them.
  private var codePrefix: BitRange? {
    guard let tree = document.tree, let place = location.node, tree.nodes.indices.contains(place)
    else { return nil }
    let node = tree.nodes[place]
    switch node.descriptor {
    case .ue?, .ie?: break
    default: return nil
    }
    guard node.end == place + 1, let bits = bitText(node.range) else { return nil }
    let zeros = bits.prefix { $0 == "0" }.count
    return BitRange(start: node.range.start, length: min(node.range.length, zeros + 1))
  }

  private var codeMarks: [BitMark] {
    guard let prefix = codePrefix, let range = selectedRange, let entry = document.entry else {
      return []
    }
    let base = UInt64(entry.offset * 8)
    let split = base + UInt64(prefix.end)
    // The suffix keeps the element's look, the prefix is told apart by the strip's.
    return [BitMark(base + UInt64(range.start)..<split, .match)]
  }

  private func bitText(_ range: BitRange) -> String? {
    guard let entry = document.entry, range.length <= 96 else { return nil }
    let first = entry.offset + range.start / 8
    let last = entry.offset + (range.end + 7) / 8
    guard let bytes = try? document.stream.source.read(first..<last) else { return nil }
    let all = Self.bits(of: bytes).map { $0 ? "1" : "0" }
    let lead = range.start % 8
    guard all.count >= lead + range.length else { return nil }
    return all[lead..<lead + range.length].joined()
  }

  /// What the marked bits are: `u(1) 1 = 1  dq_flag`; prefix and suffix of an exp-Golomb code are set apart.
  private var bitLegend: StyledText { gapLegend + elementLegend }

  /// What the file has in front of the byte under the cursor, where the stream leaves something out.
  private var gapLegend: StyledText {
    let source = document.stream.source
    let byte = fileBit / 8
    guard source.isBehindGap(byte), let here = source.fileOffset(of: byte),
      let before = source.fileOffset(of: byte - 1)
    else { return "" }
    return StyledText(
      here == before + 2
        ? "' emulation prevention byte at \(NumberText.address(here - 1))  "
        : "' goes on from \(NumberText.address(before))  ", .info)
  }

  private var elementLegend: StyledText {
    guard let tree = document.tree, let place = location.node, tree.nodes.indices.contains(place)
    else { return problemLegend + StyledText("the whole unit", .dim) }
    let node = tree.nodes[place]
    guard node.element != nil else { return problemLegend + StyledText(node.name, .name) }
    var text = StyledText(node.descriptor.map { "\($0) " } ?? "", .descriptor)
    if node.range.length <= 40, let bits = bitText(node.range) {
      if let prefix = codePrefix {
        text.append(String(bits.prefix(prefix.length)), .number.adding(.bold))
        text.append("|", .dim)
        text.append(String(bits.dropFirst(prefix.length)), .number)
      } else {
        text.append(bits, .number)
      }
      text.append(" ")
    }
    let isHidden = hidden.hides(element: node.element?.name)
    let value = isHidden ? HiddenValues.mark : ElementText.value(node)
    if !value.isEmpty { text.append("= \(value)  ") }
    text.append(node.name, .name)
    if codePrefix != nil { text.append("  (prefix|suffix)", .dim) }
    return problemLegend + text
  }
}
