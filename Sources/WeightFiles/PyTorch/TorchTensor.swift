/// A tensor as a pickle of PyTorch describes it.
struct TorchTensor {
  /// Where its elements are; nil if it has none in the file.
  var storage: TorchStorage?
  /// The type of the elements and how many make a number; nil if they are not read.
  var element: ElementType?
  var parts = 1
  /// The type as PyTorch calls it.
  var type: String
  /// The place of the first number in the storage.
  var offset = 0
  var shape: [Int] = []
  var strides: [Int] = []
  /// Why it is not read; nil if it is.
  var problem: TensorFileError?

  /// A tensor that is not read: what it is.
  init(unread: String) {
    type = unread
    problem = .unsupported(unread)
  }

  /// A view of a storage.
  init(_ storage: TorchStorage, dtype: String?, offset: Int, shape: [Int], strides: [Int]) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
    type = storage.element?.name ?? "unknown"
    element = storage.element
    parts = storage.parts
    if let dtype {
      type = dtype
      switch dtype {
      case "complex64", "cfloat": (element, parts) = (.float32, 2)
      case "complex128", "cdouble": (element, parts) = (.float64, 2)
      default: (element, parts) = (ElementType(torch: dtype), 1)
      }
    } else if parts == 2 {
      type = storage.element == .float32 ? "complex64" : "complex128"
    }
    if let unread = storage.unread {
      problem = .unsupported(unread)
    } else if element == nil {
      problem = .unsupported("elements of type \(type.prefix(32))")
    }
  }
}

/// What functions of PyTorch would make of their arguments: a table, nothing is called.
struct TorchGlobals {
  let graph: PickleGraph

  /// How deep wrappings of a tensor may be.
  private static let depthLimit = 16

  /// The name of a class or function; nil if the node is none.
  private func name(_ id: PickleGraph.ID) -> String? {
    // The older format gives classes of modules away with their source: `('module', class, file, text)`.
    if case .persistent(let tuple) = graph.nodes[id], let members = graph.tuple(tuple),
      members.count > 1, graph.text(members[0]) == "module"
    {
      return graph.global(members[1])
    }
    return graph.global(id)
  }

  /// The tensor that a node describes; nil if it is something else.
  func tensor(_ id: PickleGraph.ID, depth: Int = 0) -> TorchTensor? {
    guard depth < Self.depthLimit, case .call(let function, let arguments) = graph.nodes[id],
      let name = name(function)
    else { return nil }
    return tensor(made: name, of: graph.tuple(arguments) ?? [], depth: depth)
  }

  private func tensor(made name: String, of arguments: [PickleGraph.ID], depth: Int) -> TorchTensor?
  {
    switch name {
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
      return view(arguments, dtype: nil)
    case "torch._utils._rebuild_tensor_v3":
      guard arguments.count > 6, let dtype = graph.global(arguments[6]) else {
        return TorchTensor(unread: "a tensor without a type")
      }
      return view(arguments, dtype: dtype.split(separator: ".").last.map(String.init) ?? dtype)
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
      "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer",
      "torch.jit._pickle.restore_type_tag":
      return arguments.first.flatMap { tensor($0, depth: depth + 1) }
    case "torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type":
      // A function, the class that the result is to have, and the arguments of the function.
      guard arguments.count > 2, let function = graph.global(arguments[0]) else { return nil }
      return tensor(made: function, of: graph.tuple(arguments[2]) ?? [], depth: depth + 1)
    case "torch._utils._rebuild_qtensor": return TorchTensor(unread: "a quantized tensor")
    case "torch._utils._rebuild_sparse_tensor", "torch._utils._rebuild_sparse_csr_tensor":
      return TorchTensor(unread: "a sparse tensor")
    case "torch._utils._rebuild_nested_tensor": return TorchTensor(unread: "a nested tensor")
    case "torch._utils._rebuild_meta_tensor_no_storage":
      return TorchTensor(unread: "a tensor without values (meta)")
    case let other where other.hasPrefix("torch._utils._rebuild_"):
      return TorchTensor(unread: "what \(other) makes")
    case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct":
      return TorchTensor(unread: "an array of numpy within a pickle")
    default: return nil
    }
  }

  /// `(storage, offset, size, stride, …)`.
  private func view(_ arguments: [PickleGraph.ID], dtype: String?) -> TorchTensor {
    guard arguments.count >= 4, case .persistent(let id) = graph.nodes[arguments[0]],
      let storage = TorchStorage(id, in: graph), let offset = graph.integer(arguments[1]),
      let shape = integers(arguments[2]), let strides = integers(arguments[3])
    else { return TorchTensor(unread: "a tensor of an unknown form") }
    return TorchTensor(storage, dtype: dtype, offset: offset, shape: shape, strides: strides)
  }

  /// The numbers of a tuple, or of what makes one of them (`torch.Size`).
  private func integers(_ id: PickleGraph.ID) -> [Int]? {
    var id = id
    if case .call(_, let arguments) = graph.nodes[id], let first = graph.tuple(arguments)?.first {
      id = first
    }
    guard let members = graph.tuple(id) ?? graph.elements[id], members.count <= 64 else {
      return nil
    }
    var result: [Int] = []
    for member in members {
      guard let value = graph.integer(member) else { return nil }
      result.append(value)
    }
    return result
  }

  /// What stands under the keys of a dict, or of what makes one (`OrderedDict`), in its order; nil if the node is none.
  func pairs(_ id: PickleGraph.ID) -> [(key: PickleGraph.ID, value: PickleGraph.ID)]? {
    let own = graph.items[id] ?? []
    switch graph.nodes[id] {
    case .dictionary: return own
    case .call(let function, let arguments):
      let kinds = ["collections.OrderedDict", "collections.defaultdict", "builtins.dict"]
      guard let name = name(function), kinds.contains(name) || !own.isEmpty else {
        return nil
      }
      // The oldest pickles give the pairs as an argument, a list of lists.
      guard own.isEmpty, let list = graph.tuple(arguments)?.last, let members = graph.elements[list]
      else { return own }
      return members.compactMap { member in
        guard let pair = graph.tuple(member) ?? graph.elements[member], pair.count == 2 else {
          return nil
        }
        return (pair[0], pair[1])
      }
    default: return nil
    }
  }

  /// What an object was given as its state, and of which class it is; nil if the node is no object.
  func object(_ id: PickleGraph.ID) -> (type: String, state: PickleGraph.ID?)? {
    guard case .call(let function, _) = graph.nodes[id], let type = name(function),
      pairs(id) == nil
    else { return nil }
    return (type, graph.states[id])
  }

  /// What a node is, for a person.
  func kind(_ id: PickleGraph.ID) -> String {
    switch graph.nodes[id] {
    case .none: "None"
    case .flag, .integer, .number: "a number"
    case .text: "a text"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dict"
    case .global(let name): name
    case .call(let function, _): "an object of \(name(function) ?? "an unknown class")"
    case .persistent: "a storage"
    case .opaque(let what): what
    }
  }
}
