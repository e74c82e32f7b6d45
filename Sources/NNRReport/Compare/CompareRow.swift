import NNRAnalysis
import NNRModel
import PlainText

/// A row of a comparison: a tensor, or several, or a class, in each run.
public struct CompareRow: Sendable {
  /// The name; not safe to print.
  public let name: String
  /// What the tensor is within its block, in the first run that has it.
  public let role: CodedTensor.Role
  /// The dimensions where all runs agree; nil otherwise.
  public internal(set) var shape: [Int]?
  /// What it is in each run; nil where a run does not have it.
  public internal(set) var cells: [RunCell?]

  /// The bits of the runs that have it and where they are known.
  private var known: [(run: Int, bits: Double)] {
    cells.enumerated().compactMap { run, cell in cell?.bits.map { (run, $0) } }
  }

  /// How far the least and the greatest number of bits are apart; nil unless two runs are known.
  public var spread: Double? {
    let bits = known.map(\.bits)
    guard bits.count > 1, let least = bits.min(), let most = bits.max() else { return nil }
    return most - least
  }

  /// By how many bits run `run` differs from the first one; nil where that is not known.
  public func change(of run: Int) -> Double? {
    guard cells.indices.contains(run), let first = cells.first??.bits, let bits = cells[run]?.bits
    else { return nil }
    return bits - first
  }

  /// The run that differs most from the first one, and by how many bits; nil where no other is known.
  public var greatestChange: (run: Int, bits: Double)? {
    cells.indices.dropFirst().compactMap { run in change(of: run).map { (run, $0) } }
      .reduce(nil) { best, next in
        guard let best: (run: Int, bits: Double) = best else { return next }
        return next.1.magnitude > best.bits.magnitude ? next : best
      }
  }

  /// The greatest change as a part of the first run; nil where that has no bits.
  public var changeShare: Double? {
    guard let change = greatestChange, let bits = cells.first??.bits, bits > 0 else { return nil }
    return change.bits / bits
  }

  /// The classes that made up the greatest change, the greatest first.
  public var changes: [ClassChange] { greatestChange.map { changes(of: $0.run) } ?? [] }

  /// The classes by which run `run` differs from the first one, the greatest first.
  public func changes(of run: Int) -> [ClassChange] {
    guard change(of: run) != nil, let first = cells.first ?? nil, let cell = cells[run] else {
      return []
    }
    return cell.costs.changes(from: first.costs)
  }

  /// Why bits changed, in words: the few classes that make up most of it; nil if nothing changed.
  public static func why(_ changes: [ClassChange]) -> String? {
    let most = changes.first?.bits.magnitude ?? 0
    let told = changes.prefix(3).filter { $0.bits.magnitude >= most / 8 }
    guard !told.isEmpty else { return nil }
    return told.map { "\(signed($0.bits)) \($0.costClass.name)" }.joined(separator: ", ")
  }

  /// A number of bits with its sign: `+1,234`, `−0.5`.
  public static func signed(_ bits: Double) -> String {
    if bits == 0 { return "0" }
    let text =
      bits.magnitude >= 100
      ? NumberFormat.fixed(bits.magnitude, decimals: 0) : NumberFormat.significant(bits.magnitude)
    return (bits < 0 ? "−" : "+") + text
  }
}

/// Runs side by side.
public struct RunComparison: Sendable {
  /// The runs.
  public let runs: [RunFigures]
  /// The tensors of all runs, in the order in which they first appear.
  public let tensors: [CompareRow]
  /// Whether weights were compared with an original.
  public let isAgainst: Bool

  /// Compares runs tensor by tensor, by their names; of several of a name the first with the first.
  public init(_ runs: [RunFigures], isAgainst: Bool) {
    self.runs = runs
    self.isAgainst = isAgainst
    struct Key: Hashable {
      let name: String
      let turn: Int
    }
    var places: [Key: Int] = [:]
    var rows: [CompareRow] = []
    for (number, run) in runs.enumerated() {
      for tensor in run.tensors {
        let key = Key(name: tensor.name, turn: tensor.turn)
        let place = places[key] ?? rows.count
        if place == rows.count {
          places[key] = place
          rows.append(
            CompareRow(
              name: tensor.name, role: tensor.role, shape: tensor.shape,
              cells: [RunCell?](repeating: nil, count: runs.count)))
        }
        if rows[place].shape != tensor.shape { rows[place].shape = nil }
        rows[place].cells[number] = tensor.cell
      }
    }
    tensors = rows
  }

  /// Everything in a row: the whole files.
  public var total: CompareRow {
    CompareRow(
      name: "total", role: .weight, shape: nil,
      cells: runs.map { run in
        var cell = RunCell(
          bits: run.bits, weights: 0, zeros: 0, qp: nil, costs: run.costs, errors: nil, tensors: 0)
        for tensor in run.tensors { cell.add(tensor.cell) }
        // The file has bits that belong to no tensor.
        cell.bits = run.bits
        cell.costs = run.costs
        cell.errors = run.errors
        return cell
      })
  }

  /// A row for each class that some run pays for, with its bits.
  public var classes: [CompareRow] {
    let weights = runs.map(\.weights)
    return CostClass.allCases.compactMap { costClass in
      guard runs.contains(where: { $0.costs[costClass] != 0 }) else { return nil }
      return CompareRow(
        name: costClass.name, role: .weight, shape: nil,
        cells: zip(runs, weights).map { run, weights in
          var costs = ClassCosts()
          costs.add(run.costs[costClass], to: costClass)
          return RunCell(
            bits: run.costs[costClass], weights: weights, zeros: nil, qp: nil, costs: costs,
            errors: nil)
        })
    }
  }

  /// Why nothing was compared, as a sentence; nil if something was.
  ///
  /// Not safe to print.
  public var emptiness: String? {
    if isAgainst, runs.allSatisfy({ $0.errors == nil }) {
      let first = runs.first { $0.uncompared != nil || !$0.refused.isEmpty || !$0.missing.isEmpty }
      let why =
        first?.uncompared ?? first?.refused.first.map { "\($0.name.prefix(60)): \($0.reason)" }
        ?? first?.missing.first.map { "it has no \($0.prefix(60)); --map FILE says which is which" }
      return "nothing was compared with the original" + (why.map { ": \($0)" } ?? "")
    }
    if runs.count < 2 { return isAgainst ? nil : "nothing was compared: there is one run" }
    let isShared = tensors.contains { $0.cells.count { $0 != nil } > 1 }
    return isShared ? nil : "nothing was compared: no two runs have a tensor of one name"
  }
}
