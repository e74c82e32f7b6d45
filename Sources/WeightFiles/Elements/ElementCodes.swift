/// The types of elements as the formats write them.
extension ElementType {
  /// The type in a header of numpy without the byte order, such as `f4`; nil if numpy has none.
  public var numpyCode: String? {
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
    default: nil
    }
  }

  /// The type in a header of safetensors, such as `F32`; nil if the format has none.
  public var safetensorsCode: String? {
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
    case .float4e2m1: "F4"
    case .float6e2m3: "F6_E2M3"
    case .float6e3m2: "F6_E3M2"
    case .float8e4m3: "F8_E4M3"
    case .float8e4m3fnuz: "F8_E4M3FNUZ"
    case .float8e5m2: "F8_E5M2"
    case .float8e5m2fnuz: "F8_E5M2FNUZ"
    case .float8e8m0: "F8_E8M0"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    case .int2, .int4, .uint2, .uint4: nil
    }
  }

  /// The type of a name of `torch.dtype` such as `float8_e4m3fn`; nil if there is none that is read.
  init?(torch name: String) {
    switch name {
    case "bool": self = .bool
    case "int8": self = .int8
    case "int16", "short": self = .int16
    case "int32", "int": self = .int32
    case "int64", "long": self = .int64
    case "uint8": self = .uint8
    case "uint16": self = .uint16
    case "uint32": self = .uint32
    case "uint64": self = .uint64
    case "float16", "half": self = .float16
    case "bfloat16": self = .bfloat16
    case "float32", "float": self = .float32
    case "float64", "double": self = .float64
    case "float8_e4m3fn": self = .float8e4m3
    case "float8_e4m3fnuz": self = .float8e4m3fnuz
    case "float8_e5m2": self = .float8e5m2
    case "float8_e5m2fnuz": self = .float8e5m2fnuz
    case "float8_e8m0fnu": self = .float8e8m0
    default: return nil
    }
  }

  /// The type of a number of ONNX's `TensorProto.DataType`; nil if it is none of numbers.
  init?(onnx number: UInt64) {
    switch number {
    case 1: self = .float32
    case 2: self = .uint8
    case 3: self = .int8
    case 4: self = .uint16
    case 5: self = .int16
    case 6: self = .int32
    case 7: self = .int64
    case 9: self = .bool
    case 10: self = .float16
    case 11: self = .float64
    case 12: self = .uint32
    case 13: self = .uint64
    case 16: self = .bfloat16
    case 17: self = .float8e4m3
    case 18: self = .float8e4m3fnuz
    case 19: self = .float8e5m2
    case 20: self = .float8e5m2fnuz
    case 21: self = .uint4
    case 22: self = .int4
    case 23: self = .float4e2m1
    case 24: self = .float8e8m0
    case 25: self = .uint2
    case 26: self = .int2
    default: return nil
    }
  }
}
