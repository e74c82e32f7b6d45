import PlainText

/// The type of the elements of a tensor in a file.
public enum ElementType: Hashable, Sendable, CaseIterable {
  /// True or false, one byte.
  case bool
  /// Signed integer of 8 bits.
  case int8
  /// Signed integer of 16 bits.
  case int16
  /// Signed integer of 32 bits.
  case int32
  /// Signed integer of 64 bits.
  case int64
  /// Unsigned integer of 8 bits.
  case uint8
  /// Unsigned integer of 16 bits.
  case uint16
  /// Unsigned integer of 32 bits.
  case uint32
  /// Unsigned integer of 64 bits.
  case uint64
  /// IEEE 754 binary16.
  case float16
  /// The upper half of a binary32.
  case bfloat16
  /// IEEE 754 binary32.
  case float32
  /// IEEE 754 binary64.
  case float64

  /// The size of one element in bytes.
  public var size: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// The name that numpy uses, such as `float32`.
  public var name: String { String(describing: self) }

  /// The type in a header of numpy without the byte order, such as `f4`; nil if numpy has none.
  var numpyCode: String? {
    switch self {
    case .bool: "b1"
    case .int8: "i1"
    case .int16: "i2"
    case .int32: "i4"
    case .int64: "i8"
    case .uint8: "u1"
    case .uint16: "u2"
    case .uint32: "u4"
    case .uint64: "u8"
    case .float16: "f2"
    case .float32: "f4"
    case .float64: "f8"
    case .bfloat16: nil
    }
  }

  /// The type in a header of safetensors, such as `F32`.
  var safetensorsCode: String {
    switch self {
    case .bool: "BOOL"
    case .int8: "I8"
    case .int16: "I16"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    case .uint16: "U16"
    case .uint32: "U32"
    case .uint64: "U64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    }
  }
}

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

extension [UInt8] {
  /// Adds the bytes of `value`, the least significant first.
  mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    for index in 0..<Value.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: value >> Value(8 * index)))
    }
  }
}
