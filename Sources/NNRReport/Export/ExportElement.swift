import PlainText
import WeightFiles

/// A type of numbers that tensors are exported from.
public protocol ExportElement: Sendable {
  /// Its type in a file.
  static var elementType: ElementType { get }
  /// Adds the number to `bytes`, the least significant byte first.
  func append(to bytes: inout [UInt8])
  /// The number as text that reads back.
  var exportText: String { get }
}

extension ExportElement {
  /// Adds `elements` to `bytes`, each the least significant byte first.
  static func append(_ elements: some Sequence<Self>, to bytes: inout [UInt8]) {
    #if _endian(little)
      let done: Void? = elements.withContiguousStorageIfAvailable { buffer in
        bytes.append(contentsOf: UnsafeRawBufferPointer(buffer))
      }
      if done != nil { return }
    #endif
    for element in elements { element.append(to: &bytes) }
  }
}

extension Int32: ExportElement {
  /// `int32`.
  public static var elementType: ElementType { .int32 }
  /// Adds four bytes.
  public func append(to bytes: inout [UInt8]) {
    bytes.append(littleEndian: UInt32(bitPattern: self))
  }
  /// Decimal digits.
  public var exportText: String { String(self) }
}

extension Float: ExportElement {
  /// `float32`.
  public static var elementType: ElementType { .float32 }
  /// Adds four bytes.
  public func append(to bytes: inout [UInt8]) { bytes.append(littleEndian: bitPattern) }
  /// The shortest digits that read back.
  public var exportText: String { NumberFormat.shortest(self) }
}

extension Double: ExportElement {
  /// `float64`.
  public static var elementType: ElementType { .float64 }
  /// Adds eight bytes.
  public func append(to bytes: inout [UInt8]) { bytes.append(littleEndian: bitPattern) }
  /// The shortest digits that read back.
  public var exportText: String { NumberFormat.shortest(self) }
}
