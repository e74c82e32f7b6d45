import NNRAnalysis
import NNRModel
import NNRSyntax

/// Tensors that are taken together, with what their figures add up to.
public struct TensorGroup: Sendable {
  /// What the group is called; not safe to print.
  let name: String
  /// The number of tensors.
  let tensors: Int
  /// The number of weights, saturated.
  let weights: Int
  /// Payload bits; nil where some tensor could not be decoded.
  let bits: Double?
  /// The number of weights that are 0; nil where some tensor could not be decoded.
  let zeros: Int?
  /// The errors of those that were compared with a reference; nil if none was.
  let errors: ErrorSums?

  /// The groups of the tensors of a stream.
  public static func groups(_ rows: [TensorRow], _ groups: NameGroups) -> [TensorGroup] {
    groups.places(of: rows.map { GroupMember($0.tensor) }).map { group, places in
      TensorGroup(group, places.map { rows[$0] })
    }
  }

  private init(_ name: String, _ rows: [TensorRow]) {
    self.name = name
    tensors = rows.count
    weights = rows.reduce(0) { $0.saturatingAdd($1.tensor.count ?? 0) }
    func sum<Number: Numeric>(_ value: (TensorRow) -> Number?) -> Number? {
      rows.reduce(.zero as Number?) { sum, row in
        guard let sum, let value = value(row) else { return nil }
        return sum + value
      }
    }
    bits = sum { $0.figures?.bits }
    zeros = sum { $0.figures?.end == nil ? nil : $0.figures?.values.zeros }
    errors = rows.compactMap(\.errors).reduce(nil) { sum, row in
      var sum = sum ?? ErrorSums()
      sum.add(ErrorSums(row.errors))
      return sum
    }
  }

  var bitsPerWeight: Double? { bits.flatMap { weights > 0 ? $0 / Double(weights) : nil } }

  var zeroFraction: Double? { zeros.flatMap { weights > 0 ? Double($0) / Double(weights) : nil } }

  var ratio: Double? { bitsPerWeight.flatMap { $0 > 0 ? 32 / $0 : nil } }
}

/// `tensors --group`: a row for each group.
public enum TensorGroupTable {
  /// The columns; with those of errors where weights were compared with a reference.
  public static func fields(against: Bool) -> [Field<TensorGroup>] {
    [
      Field("name", kind: .name, "the name of the group", priority: 0) { $0.name },
      Field("tensors", "the number of tensors", priority: 3) { $0.tensors },
      Field("weights", "the number of weights", width: 10, priority: 2) { $0.weights },
      Field("bits", "payload bits", width: 10, priority: 1) { $0.bits.map(CostAmount.cell) },
      TensorTable.bitsPerWeight("payload bits for each weight") { $0.bitsPerWeight },
      Field(
        "sparsity", aliases: ["zero_fraction"], title: "zeros", kind: .percent,
        "the share of zero weights", priority: 3
      ) { $0.zeroFraction },
      Field("ratio", "float32 size over coded size", width: 6, priority: 5) { $0.ratio },
    ] + (against ? errors : [])
  }

  private static let errors: [Field<TensorGroup>] = [
    Field("max_error", title: "max err", "the greatest error against the reference", priority: 4) {
      $0.errors?.greatest
    },
    Field("rmse", title: "RMSE", "the root of the mean squared error", priority: 3) {
      $0.errors?.rmse
    },
    Field(
      "snr", aliases: ["snr_db"], title: "SNR dB", "reference over error in decibel", priority: 3
    ) { $0.errors?.snr },
  ]
}

/// `cost --group`: a row for each group, and one for what belongs to none.
public enum CostGroupTable {
  private static let left: Set<String> = ["kind", "depth"]

  /// The columns.
  public static let fields = CostPrefixTable.fields.filter { !left.contains($0.column.key) }

  /// The groups of a ledger; they sum to the file.
  public static func rows(_ ledger: BitLedger, _ groups: NameGroups) -> [CostPrefixRow] {
    CostTree.groups(ledger, groups).map {
      CostPrefixRow(node: $0, total: Double(ledger.size) * 8, isIndented: false)
    }
  }
}

extension CostPrefixRow {
  /// Writes the groups as an array of objects: `name`, `tensors`, `weights`, `bits`, `bits_per_weight`, `classes`.
  public static func write(groups rows: [CostPrefixRow], to json: inout JSONWriter) {
    json.array { json in
      for node in rows.map(\.node) {
        json.object { json in
          json.member("name", node.path)
          json.member("tensors", node.tensors)
          json.member("weights", node.weights)
          json.member("bits", node.bits)
          json.member("bits_per_weight", node.bitsPerWeight)
          json.key("classes")
          json.object { json in
            for (costClass, bits, _) in node.costs.charged { json.member(costClass.name, bits) }
          }
        }
      }
    }
  }
}

extension RunComparison {
  /// A row for each group of the tensors, with what they are together in each run.
  public func grouped(_ groups: NameGroups) -> [CompareRow] {
    groups.places(of: tensors.map { GroupMember($0.name, role: $0.role, dimensions: $0.shape) })
      .map { group, places in
        CompareRow(
          name: group, role: .weight, shape: nil,
          cells: runs.indices.map { run in
            places.reduce(nil) { sum, place in
              guard let cell = tensors[place].cells[run] else { return sum }
              guard var sum else { return cell }
              sum.add(cell)
              return sum
            }
          })
      }
  }
}
