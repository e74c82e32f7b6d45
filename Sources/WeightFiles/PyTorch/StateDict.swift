/// The tensors of a pickle by name: a state dict, a dict around one, or the modules of a model.
struct StateDict {
  /// A tensor under its name.
  typealias Entry = (name: String, tensor: TorchTensor)

  /// The tensors in their order.
  private(set) var entries: [Entry] = []
  /// Under which key they were found; empty for the whole file.
  private(set) var path: [String] = []
  /// Whether the file holds one tensor that has no name.
  private(set) var isSingle = false

  private let globals: TorchGlobals
  private var graph: PickleGraph { globals.graph }
  /// Steps that are left: modules may be shared, so that few bytes describe a tree without end.
  private var budget = 1 << 18
  /// Bytes of names that are left.
  private var letters = 1 << 26
  /// What was looked into and holds no tensors: it is not looked into again.
  private var barren: Set<PickleGraph.ID> = []
  /// What is being looked into: what refers to itself ends there.
  private var open: Set<PickleGraph.ID> = []

  /// Keys that people put a state dict under, the first that is there counts.
  static let usualKeys = ["state_dict", "model_state_dict", "model", "module", "net", "ema"]
  /// How deep modules may be.
  private static let depthLimit = 64

  /// The tensors that `graph` describes, those under `key` if it is given; throws `TensorFileError.choice` if it is not clear
  /// which ones.
  init(_ graph: PickleGraph, key: String?) throws(TensorFileError) {
    globals = TorchGlobals(graph: graph)
    var place = graph.root
    if let key {
      place = try descend(key, from: place)
    } else {
      place = try choose(place, depth: 0)
    }
    if let tensor = globals.tensor(place) {
      isSingle = true
      entries = [("tensor", tensor)]
    } else {
      try collect(place, prefix: "", depth: 0)
    }
    guard !entries.isEmpty else {
      throw .choice("the file holds no tensors, but \(globals.kind(place))")
    }
  }

  // MARK: Which part of the file

  /// What stands under a key, or under keys with dots between.
  private mutating func descend(_ key: String, from start: PickleGraph.ID) throws(TensorFileError)
    -> PickleGraph.ID
  {
    var place = start
    var rest = key[...]
    while !rest.isEmpty {
      let children = children(place)
      // The longest key that fits: keys may hold dots themselves.
      let found = children.filter { rest == $0.name || rest.hasPrefix($0.name + ".") }
        .max { $0.name.count < $1.name.count }
      guard let found else {
        let names = children.filter { holdsTensors($0.value) }.map(\.name)
        let there = names.isEmpty ? "" : "; there are " + Self.list(names)
        throw .choice("nothing stands under the key \(rest)" + there)
      }
      path.append(found.name)
      place = found.value
      rest = rest.dropFirst(found.name.count + 1)
    }
    return place
  }

  /// The state dict in a checkpoint.
  private mutating func choose(_ place: PickleGraph.ID, depth: Int) throws(TensorFileError)
    -> PickleGraph.ID
  {
    guard depth < 4, globals.tensor(place) == nil, let pairs = globals.pairs(place) else {
      return place
    }
    let children = children(place)
    let candidates = children.filter { globals.tensor($0.value) == nil && holdsTensors($0.value) }
    for key in Self.usualKeys {
      guard let found = candidates.first(where: { $0.name == key }) else { continue }
      path.append(key)
      return try choose(found.value, depth: depth + 1)
    }
    if pairs.contains(where: { globals.tensor($0.value) != nil }) || candidates.isEmpty {
      return place
    }
    guard candidates.count == 1 else {
      throw .choice(
        "several dicts of tensors: \(Self.list(candidates.map(\.name))); choose one with FILE:KEY")
    }
    path.append(candidates[0].name)
    return try choose(candidates[0].value, depth: depth + 1)
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }

  /// What stands under names: in a dict, or in the state of an object.
  private func children(_ place: PickleGraph.ID) -> [(name: String, value: PickleGraph.ID)] {
    var pairs = globals.pairs(place)
    if pairs == nil, let state = globals.object(place)?.state { pairs = globals.pairs(state) }
    return (pairs ?? []).compactMap { key, value in graph.text(key).map { ($0, value) } }
  }

  /// Whether a dict has a tensor in it, or a module does.
  private func holdsTensors(_ place: PickleGraph.ID) -> Bool {
    if globals.tensor(place) != nil { return true }
    let children = children(place)
    if children.contains(where: { globals.tensor($0.value) != nil }) { return true }
    if children.contains(where: { $0.name == "_modules" || $0.name == "_parameters" }) {
      return true
    }
    // A dict around a dict, or a module of TorchScript: one step more is enough to tell.
    return children.prefix(64).contains { child in
      self.children(child.value).contains { globals.tensor($0.value) != nil }
    }
  }

  // MARK: The tensors of a part

  private mutating func collect(_ place: PickleGraph.ID, prefix: String, depth: Int)
    throws(TensorFileError)
  {
    guard depth < Self.depthLimit else { throw .tooLarge }
    guard !barren.contains(place), open.insert(place).inserted else { return }
    let before = entries.count
    try collectMembers(of: place, prefix: prefix, depth: depth)
    open.remove(place)
    if entries.count == before { barren.insert(place) }
  }

  private mutating func collectMembers(of place: PickleGraph.ID, prefix: String, depth: Int)
    throws(TensorFileError)
  {
    let children = children(place)
    let isModule = globals.object(place) != nil
    func part(_ name: String) -> PickleGraph.ID? { children.first { $0.name == name }?.value }
    if isModule, let modules = part("_modules") {
      try add(part("_parameters"), prefix: prefix)
      try add(part("_buffers"), prefix: prefix, without: part("_non_persistent_buffers_set"))
      for (name, module) in self.children(modules) {
        try spend(prefix, name)
        try collect(module, prefix: prefix + name + ".", depth: depth + 1)
      }
      return
    }
    for (name, value) in children {
      try spend(prefix, name)
      if let tensor = globals.tensor(value) {
        entries.append((prefix + name, tensor))
      } else if isModule || globals.pairs(value) != nil {
        // A module of TorchScript has parameters and modules side by side; dicts may hold dicts.
        try collect(value, prefix: prefix + name + ".", depth: depth + 1)
      } else if let object = globals.object(value) {
        if object.state.map({ globals.pairs($0) != nil }) ?? false {
          try collect(value, prefix: prefix + name + ".", depth: depth + 1)
        } else {
          entries.append((prefix + name, TorchTensor(unread: globals.kind(value))))
        }
      }
    }
  }

  private mutating func spend(_ prefix: String, _ name: String) throws(TensorFileError) {
    budget -= 1
    letters -= prefix.utf8.count + name.utf8.count
    guard budget > 0, letters > 0 else { throw .tooLarge }
  }

  /// The tensors of a module's own dict, but for those that are not saved.
  private mutating func add(
    _ dictionary: PickleGraph.ID?, prefix: String, without set: PickleGraph.ID? = nil
  )
    throws(TensorFileError)
  {
    guard let dictionary else { return }
    let left = set.map(names) ?? []
    for (name, value) in children(dictionary) where !left.contains(name) {
      try spend(prefix, name)
      if let tensor = globals.tensor(value) {
        entries.append((prefix + name, tensor))
      } else if globals.object(value) != nil {
        entries.append((prefix + name, TorchTensor(unread: globals.kind(value))))
      }
    }
  }

  /// The texts of a set, which pickles make of a list.
  private func names(_ set: PickleGraph.ID) -> Set<String> {
    var list = set
    if case .call(_, let arguments) = graph.nodes[set], let first = graph.tuple(arguments)?.first {
      list = first
    }
    return Set((graph.elements[list] ?? []).compactMap { graph.text($0) })
  }
}
