import NNRAnalysis

/// `cost` as JSON (contract: keys `file, size, total_bits, ledger, tensors`).
public enum CostDocument {
  /// Writes the object of a stream; `tensors` are the tensors to list, all if nil.
  ///
  /// The bits of the rows of tensors called `rowsOf` are added where the ledger has them, and the parts that `parts` gives
  /// for a tensor by its place: a key, and a table. `groups` are the rows of groups, where they were asked for.
  public static func write(
    _ ledger: BitLedger, tensors: [CostTensorRow]? = nil, rowsOf name: String? = nil,
    parts: [Int: (key: String, table: Table)] = [:], groups: [CostPrefixRow]? = nil,
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("file", ledger.file)
      json.member("size", ledger.size)
      json.member("total_bits", ledger.size * 8)
      json.key("ledger")
      json.array { json in
        for entry in ledger.entries {
          json.object { json in
            json.member("owner", owner(entry, ledger))
            json.member("class", entry.costClass.name)
            json.member("bits", entry.bits)
            json.member("bins", entry.bins)
          }
        }
      }
      json.key("tensors")
      json.array { json in
        for row in tensors ?? CostTensorRow.rows(ledger) {
          write(row, listsRows: row.name == name, parts: parts[row.place], to: &json)
        }
      }
      if let groups {
        json.key("groups")
        CostPrefixRow.write(groups: groups, to: &json)
      }
    }
  }

  /// The path of an owner: the number of the unit, followed by `/` and the name of the tensor where that pays.
  static func owner(_ entry: BitLedger.Entry, _ ledger: BitLedger) -> String {
    entry.tensor.map { "\(entry.unit)/\(ledger.tensors[$0].name)" } ?? "\(entry.unit)"
  }

  private static func write(
    _ row: CostTensorRow, listsRows: Bool, parts: (key: String, table: Table)?,
    to json: inout JSONWriter
  ) {
    let (tensor, coded) = (row.tensor, row.coded)
    json.object { json in
      json.member("name", bytes: coded.nameBytes.isEmpty ? Array(coded.name.utf8) : coded.nameBytes)
      json.member("weights", tensor.weights)
      json.member("bits", tensor.bits)
      json.member("bits_per_weight", tensor.bitsPerWeight)
      json.member("entropy", tensor.entropy)
      if let saving = row.couldSave { json.member(TensorSavings.key, saving) }
      json.key("classes")
      json.object { json in
        for (costClass, bits, _) in tensor.costs.charged { json.member(costClass.name, bits) }
      }
      if listsRows {
        json.key("rows")
        json.array { json in for bits in tensor.rowBits { json.value(bits) } }
      }
      if let parts {
        json.key(parts.key)
        json.value(parts.table)
      }
    }
  }
}
