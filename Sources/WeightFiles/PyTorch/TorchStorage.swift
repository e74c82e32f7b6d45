/// Elements that tensors are views of, as a pickle of PyTorch names them.
struct TorchStorage: Hashable {
  /// Its name within the file.
  let key: String
  /// The type of the elements; nil for bytes whose tensors say the type.
  let element: ElementType?
  /// How many elements make a number: two for complex ones.
  let parts: Int
  /// Why its elements are not read; nil if they are.
  let unread: String?
  /// The number of numbers, or of bytes.
  let count: Int
  /// Where it begins within the storage `key`, in numbers: the oldest format knows views of storages.
  let offset: Int

  /// The bytes of a number; 1 for bytes without a type.
  var size: Int { (element?.size ?? 1) * parts }

  /// The storage that a persistent id describes: `('storage', type, key, place, count[, view])`; nil if it is something else.
  init?(_ id: PickleGraph.ID, in graph: PickleGraph) {
    guard let members = graph.tuple(id), members.count >= 5, graph.text(members[0]) == "storage",
      let type = graph.global(members[1]),
      let key = graph.text(members[2]) ?? graph.integer(members[2]).map({ "\($0)" }),
      let count = graph.integer(members[4]), count >= 0
    else { return nil }
    self.key = key
    self.count = count
    let name = type.split(separator: ".").last.map(String.init) ?? type
    (element, parts, unread) = Self.meaning(name)
    var offset = 0
    if members.count > 5, let view = graph.tuple(members[5]), view.count >= 3,
      let start = graph.integer(view[1]), start >= 0
    {
      offset = start
    }
    self.offset = offset
  }

  private static func meaning(_ name: String) -> (ElementType?, parts: Int, unread: String?) {
    switch name {
    case "DoubleStorage": (.float64, 1, nil)
    case "FloatStorage": (.float32, 1, nil)
    case "HalfStorage": (.float16, 1, nil)
    case "BFloat16Storage": (.bfloat16, 1, nil)
    case "LongStorage": (.int64, 1, nil)
    case "IntStorage": (.int32, 1, nil)
    case "ShortStorage": (.int16, 1, nil)
    case "CharStorage": (.int8, 1, nil)
    case "ByteStorage": (.uint8, 1, nil)
    case "BoolStorage": (.bool, 1, nil)
    case "ComplexDoubleStorage": (.float64, 2, nil)
    case "ComplexFloatStorage": (.float32, 2, nil)
    case "UntypedStorage", "_UntypedStorage": (nil, 1, nil)
    case "QInt8Storage", "QUInt8Storage": (.uint8, 1, "quantized numbers")
    case "QInt32Storage": (.int32, 1, "quantized numbers")
    default: (.uint8, 1, "a storage \(name)")
    }
  }
}
