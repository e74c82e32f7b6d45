/// Reads a pickle (protocols 0 to 5) into a graph and runs nothing of it: calls become nodes that say what would be called.
///
/// Every length is checked against the bytes that are left; the nodes of the graph are bounded.
struct PickleReader {
  private var window: SourceWindow
  private var graph = PickleGraph()
  private var stack: [PickleGraph.ID] = []
  /// The heights of the stack at the marks.
  private var marks: [Int] = []
  private var memo: [Int: PickleGraph.ID] = [:]
  private var textBytes = 0

  /// The most entries of stack, marks and memo.
  private static let stackLimit = 1 << 22
  /// The most bytes of a text that is kept: names of tensors, of classes.
  private static let textLimit = 1 << 16
  /// The most bytes of all texts.
  private static let textsLimit = 1 << 28

  /// The graph of the pickle that `window` stands at the begin of; the window moves behind it.
  static func graph(_ window: inout SourceWindow) throws(TensorFileError) -> PickleGraph {
    var reader = PickleReader(window: window)
    while try reader.step() {}
    window = reader.window
    reader.graph.root = try reader.pop()
    return reader.graph
  }

  private init(window: SourceWindow) { self.window = window }

  private static let broken = TensorFileError.malformed("the pickle takes what is not there")

  // MARK: The stack

  private mutating func push(_ node: PickleGraph.Node) throws(TensorFileError) {
    try push(graph.add(node))
  }

  private mutating func push(_ id: PickleGraph.ID) throws(TensorFileError) {
    guard stack.count < Self.stackLimit else { throw .tooLarge }
    stack.append(id)
  }

  private mutating func pop() throws(TensorFileError) -> PickleGraph.ID {
    guard stack.count > marks.last ?? 0, let top = stack.popLast() else { throw Self.broken }
    return top
  }

  private func top() throws(TensorFileError) -> PickleGraph.ID {
    guard stack.count > marks.last ?? 0, let top = stack.last else { throw Self.broken }
    return top
  }

  /// All down to the last mark, which goes too.
  private mutating func popMark() throws(TensorFileError) -> [PickleGraph.ID] {
    guard let mark = marks.popLast(), mark <= stack.count else { throw Self.broken }
    let members = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return members
  }

  private mutating func tuple(_ count: Int) throws(TensorFileError) {
    var members: [PickleGraph.ID] = []
    for _ in 0..<count { members.append(try pop()) }
    try push(.tuple(members.reversed()))
  }

  // MARK: One step

  /// Reads one opcode and does what it says; false at the end.
  private mutating func step() throws(TensorFileError) -> Bool {
    let code = try window.byte()
    guard let opcode = PickleOpcode(rawValue: code) else {
      throw .malformed("the pickle has an opcode \(code) that does not exist")
    }
    switch opcode {
    case .stop: return false
    case .proto: _ = try window.byte()
    case .frame: try window.skip(8)
    case .mark:
      guard marks.count < Self.stackLimit else { throw .tooLarge }
      marks.append(stack.count)
    case .pop: if stack.count > marks.last ?? 0 { stack.removeLast() } else { _ = try popMark() }
    case .popMark: _ = try popMark()
    case .duplicate: try push(top())
    case .put, .binput, .longBinput, .memoize: try memorize(opcode)
    case .get, .binget, .longBinget: try recall(opcode)
    case .none, .newTrue, .newFalse, .integer, .binint, .binint1, .binint2, .long, .long1, .long4,
      .float, .binfloat:
      try push(try number(opcode))
    case .string, .binstring, .shortBinstring, .unicode, .binunicode, .shortBinunicode,
      .binunicode8, .binbytes, .shortBinbytes, .binbytes8, .bytearray8:
      try push(try text(opcode))
    case .emptyTuple: try push(.tuple([]))
    case .tuple: try push(.tuple(try popMark()))
    case .tuple1: try tuple(1)
    case .tuple2: try tuple(2)
    case .tuple3: try tuple(3)
    case .emptyList, .emptySet: try push(.list)
    case .list, .frozenset: try collect(.list)
    case .emptyDict: try push(.dictionary)
    case .dict: try collect(.dictionary)
    case .append:
      let member = try pop()
      try graph.append([member], to: top())
    case .appends, .additems:
      let members = try popMark()
      try graph.append(members, to: top())
    case .setitem:
      let (value, key) = (try pop(), try pop())
      try graph.set([key, value], in: top())
    case .setitems:
      let pairs = try popMark()
      try graph.set(pairs, in: top())
    case .global, .stackGlobal, .inst, .object, .reduce, .newObject, .newObjectEx, .build,
      .persid, .binpersid:
      try make(opcode)
    case .ext1, .ext2, .ext4:
      try window.skip(opcode == .ext1 ? 1 : opcode == .ext2 ? 2 : 4)
      try push(.opaque("an extension"))
    case .nextBuffer: try push(.opaque("a buffer"))
    case .readonlyBuffer: break
    }
    return true
  }

  private mutating func collect(_ node: PickleGraph.Node) throws(TensorFileError) {
    let members = try popMark()
    try push(node)
    if case .dictionary = node {
      try graph.set(members, in: top())
    } else {
      try graph.append(members, to: top())
    }
  }

  private mutating func memorize(_ opcode: PickleOpcode) throws(TensorFileError) {
    let key: Int
    switch opcode {
    case .put: key = try integerLine()
    case .binput: key = Int(try window.byte())
    case .longBinput: key = Int(try window.integer(UInt32.self))
    default: key = memo.count
    }
    guard memo.count < Self.stackLimit else { throw .tooLarge }
    memo[key] = try top()
  }

  private mutating func recall(_ opcode: PickleOpcode) throws(TensorFileError) {
    let key: Int
    switch opcode {
    case .get: key = try integerLine()
    case .binget: key = Int(try window.byte())
    default: key = Int(try window.integer(UInt32.self))
    }
    guard let node = memo[key] else { throw Self.broken }
    try push(node)
  }

  private mutating func make(_ opcode: PickleOpcode) throws(TensorFileError) {
    switch opcode {
    case .global: try push(.global("\(try line()).\(try line())"))
    case .stackGlobal:
      let (name, module) = (try pop(), try pop())
      guard let name = graph.text(name), let module = graph.text(module) else { throw Self.broken }
      try push(.global("\(module).\(name)"))
    case .inst:
      let function = try graph.add(.global("\(try line()).\(try line())"))
      try push(.tuple(try popMark()))
      try push(.call(function: function, arguments: try pop()))
    case .object:
      let members = try popMark()
      guard let function = members.first else { throw Self.broken }
      let arguments = try graph.add(.tuple(Array(members.dropFirst())))
      try push(.call(function: function, arguments: arguments))
    case .reduce, .newObject:
      let (arguments, function) = (try pop(), try pop())
      try push(.call(function: function, arguments: arguments))
    case .newObjectEx:
      _ = try pop()
      let (arguments, function) = (try pop(), try pop())
      try push(.call(function: function, arguments: arguments))
    case .build:
      let state = try pop()
      graph.setState(state, of: try top())
    case .persid: try push(.persistent(try graph.add(.text(try line()))))
    default: try push(.persistent(try pop()))
    }
  }

  // MARK: Values

  private mutating func number(_ opcode: PickleOpcode) throws(TensorFileError) -> PickleGraph.Node {
    switch opcode {
    case .newTrue: return .flag(true)
    case .newFalse: return .flag(false)
    case .binint: return .integer(Int(Int32(bitPattern: try window.integer(UInt32.self))))
    case .binint1: return .integer(Int(try window.byte()))
    case .binint2: return .integer(Int(try window.integer(UInt16.self)))
    case .long1: return try long(Int(try window.byte()))
    case .long4: return try long(Int(Int32(bitPattern: try window.integer(UInt32.self))))
    case .binfloat:
      let bits = try window.integer(UInt64.self).byteSwapped
      return .number(Double(bitPattern: bits))
    case .float: return .number(Double(try line()) ?? .nan)
    case .integer:
      // Protocol 0 writes truth as numbers of two digits.
      let text = try line()
      if text == "00" || text == "01" { return .flag(text == "01") }
      return Int(text).map { .integer($0) } ?? .opaque("a long number")
    case .long:
      let text = try line()
      let digits = text.hasSuffix("L") ? text.dropLast() : text[...]
      return Int(digits).map { .integer($0) } ?? .opaque("a long number")
    default: return .none
    }
  }

  /// A number of `count` bytes in two's complement, the least significant first.
  private mutating func long(_ count: Int) throws(TensorFileError) -> PickleGraph.Node {
    guard count >= 0, count <= window.left else { throw Self.broken }
    guard count <= 8 else {
      try window.skip(count)
      return .opaque("a long number")
    }
    var value: UInt64 = 0
    let bytes = try window.bytes(count)
    for byte in bytes.reversed() { value = value << 8 | UInt64(byte) }
    let shift = UInt64(64 - 8 * count)
    return .integer(count == 0 ? 0 : Int(Int64(bitPattern: value << shift) >> Int64(shift)))
  }

  private mutating func text(_ opcode: PickleOpcode) throws(TensorFileError) -> PickleGraph.Node {
    switch opcode {
    case .string:
      let text = try line()
      return .text(String(text.dropFirst().dropLast()))
    case .unicode: return .text(try line())
    case .shortBinstring, .shortBinunicode: return try text(count: UInt64(try window.byte()))
    case .binstring, .binunicode: return try text(count: UInt64(try window.integer(UInt32.self)))
    case .binunicode8: return try text(count: try window.integer(UInt64.self))
    case .shortBinbytes: return try bytes(count: UInt64(try window.byte()))
    case .binbytes: return try bytes(count: UInt64(try window.integer(UInt32.self)))
    default: return try bytes(count: try window.integer(UInt64.self))
    }
  }

  private mutating func text(count: UInt64) throws(TensorFileError) -> PickleGraph.Node {
    guard let count = Int(exactly: count), count <= window.left else { throw Self.broken }
    textBytes += count
    guard textBytes <= Self.textsLimit else { throw .tooLarge }
    guard count <= Self.textLimit else {
      try window.skip(count)
      return .opaque("a text of \(count) bytes")
    }
    return .text(String(decoding: try window.bytes(count), as: UTF8.self))
  }

  private mutating func bytes(count: UInt64) throws(TensorFileError) -> PickleGraph.Node {
    guard let count = Int(exactly: count), count <= window.left else { throw Self.broken }
    try window.skip(count)
    return .opaque("\(count) bytes")
  }

  /// The text up to the next line feed.
  private mutating func line() throws(TensorFileError) -> String {
    var bytes: [UInt8] = []
    while true {
      let byte = try window.byte()
      if byte == 0x0A { break }
      guard bytes.count < Self.textLimit else { throw .tooLarge }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func integerLine() throws(TensorFileError) -> Int {
    guard let value = Int(try line()) else { throw Self.broken }
    return value
  }
}
