import NNRModel
import TerminalScreen

/// How the bits pane divides its room: rows of bytes, below them single bits and their legend.
struct BitsLayout {
  /// The rows of bytes.
  let hex: Rect
  /// The row of single bits.
  let strip: Rect
  /// The row that explains them.
  let legend: Rect
  /// Bytes in a row.
  let bytesPerRow: Int
  /// Digits of an address.
  let digits: Int

  /// Divides `rect` for a stream.
  init(_ rect: Rect, _ stream: NNRStream) {
    let last = stream.source.fileOffset(of: stream.size - 1) ?? 0
    digits = max(4, String(last, radix: 16).count)
    // More than 16 bytes in a row are hard to count.
    bytesPerRow = min(16, HexView.bytesPerRow(width: rect.width, addressDigits: digits))
    let low = rect.height >= 4 ? 2 : rect.height >= 2 ? 1 : 0
    hex = rect.rows(from: 0, count: rect.height - low)
    strip = rect.rows(from: rect.height - low, count: min(1, low))
    legend = rect.rows(from: rect.height - low + 1, count: max(0, low - 1))
  }

  /// The first byte shown when the cursor stands on `byte`: its row stays a third from the top.
  func start(_ byte: Int, size: Int) -> Int {
    let row = byte / bytesPerRow
    let rows = (size + bytesPerRow - 1) / bytesPerRow
    let top = max(0, min(row - hex.height / 3, rows - hex.height))
    return top * bytesPerRow
  }
}
