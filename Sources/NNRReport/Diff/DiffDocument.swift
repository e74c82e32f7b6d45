import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// `diff` as JSON: units that are the same are counted, the others listed.
public enum DiffDocument {
  /// Writes the document.
  ///
  /// `budgets` are listed where there are some.
  public static func write(
    _ diff: SessionDiff, budgets: [DiffBudget] = [], to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("equal", diff.isEmpty)
      json.key("streams")
      json.array { json in for stream in diff.streams { write(stream, to: &json) } }
      json.key("costs")
      json.array { json in for costs in diff.costs { write(costs, to: &json) } }
      json.key("chain_costs")
      if let costs = diff.chainCosts { write(costs, to: &json) } else { json.null() }
      json.key("weights")
      json.array { json in for row in diff.weights { write(row, to: &json) } }
      json.member("same_weights", diff.sameWeights)
      json.member("weights_skipped", diff.weightsSkipped)
      guard !budgets.isEmpty else { return }
      json.key("budgets")
      DiffSummary.write(budgets, to: &json)
    }
  }

  private static func write(_ stream: StreamDiff, to json: inout JSONWriter) {
    json.object { json in
      json.member("a", stream.a)
      json.member("b", stream.b)
      json.member("same_units", stream.units.filter(\.isSame).count)
      json.key("units")
      json.array { json in
        for unit in stream.units where !unit.isSame { write(unit, to: &json) }
      }
    }
  }

  private static func write(_ unit: UnitDiff, to json: inout JSONWriter) {
    json.object { json in
      let change = unit.a == nil ? "added" : unit.b == nil ? "removed" : "changed"
      json.member("change", change)
      json.member("a", unit.a)
      json.member("b", unit.b)
      json.member("moved", unit.isMoved)
      json.member("type", unit.title.type)
      json.member("names", unit.title.names)
      json.member("type_b", unit.titleB?.type)
      json.key("names_b")
      json.value(names: unit.titleB?.names)
      json.member("first_bit", unit.firstBit)
      json.key("elements")
      json.array { json in
        for element in unit.elements {
          json.object { json in
            json.member("name", element.name)
            json.key("a")
            write(element.a, to: &json)
            json.key("b")
            write(element.b, to: &json)
            json.member("first_bit", element.differingBit)
          }
        }
      }
      json.key("payload")
      if let payload = unit.payload { write(payload, to: &json) } else { json.null() }
    }
  }

  private static func write(_ side: ElementDiff.Side?, to json: inout JSONWriter) {
    guard let side else { return json.null() }
    json.object { json in
      json.member("bit_offset", side.bit)
      json.member("bit_length", side.length)
      switch side.value {
      case .none: json.member("value", nil as String?)
      case .number(let number): json.member("value", number)
      case .float(let bits): json.member("value", Double(Float(bitPattern: bits)))
      case .text(let bytes, _): json.member("value", bytes: bytes)
      case .bytes(let bytes, _): json.member("value", HexText.bytes(bytes))
      }
    }
  }

  private static func write(_ payload: PayloadDiff, to json: inout JSONWriter) {
    json.object { json in
      json.member("same_levels", payload.hasSameLevels)
      json.member("error_a", payload.failureA?.description)
      json.member("error_b", payload.failureB?.description)
      json.key("tensors")
      json.array { json in
        for tensor in payload.tensors {
          json.object { json in
            json.member("name", tensor.name)
            json.member("name_b", tensor.nameB)
            json.member("shape_a", tensor.shapeA)
            json.member("shape_b", tensor.shapeB)
            json.member("compared", tensor.compared)
            json.member("equal", tensor.equal)
            json.key("first")
            if let first = tensor.first { write(first, to: &json) } else { json.null() }
          }
        }
      }
    }
  }

  private static func write(_ first: LevelDiff.First, to json: inout JSONWriter) {
    json.object { json in
      json.member("element", first.element)
      json.member("row", first.row)
      json.member("column", first.column)
      for (key, side) in [("a", first.a), ("b", first.b)] {
        json.key(key)
        json.object { json in
          json.member("level", first.isRaw ? nil : side.level)
          if first.isRaw {
            json.member("weight", NumberFormat.shortest(side.weight))
            json.member("bits", UInt32(bitPattern: side.level))
          }
          json.member("scan", side.scanIndex)
          json.member("bin", side.bin?.index)
          json.member("bin_element", side.bin?.element)
          json.member("payload_bit", side.bin?.payloadBit)
        }
      }
    }
  }

  private static func write(_ costs: CostDiff, to json: inout JSONWriter) {
    json.object { json in
      json.key("total")
      write(costs.total, to: &json)
      write(costs.classes, as: "classes", to: &json)
      write(costs.tensors, as: "tensors", to: &json)
    }
  }

  private static func write(_ costs: CostSum, to json: inout JSONWriter) {
    json.object { json in
      json.key("total")
      write(costs.total, to: &json)
      write(costs.classes, as: "classes", to: &json)
    }
  }

  /// Rows that differ.
  private static func write(
    _ rows: [CostDiff.Row], as key: String, to json: inout JSONWriter
  ) {
    json.key(key)
    json.array { json in for row in rows where !row.isSame { write(row, to: &json) } }
  }

  private static func write(_ row: CostDiff.Row, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", row.name)
      json.member("a", row.a)
      json.member("b", row.b)
      json.member("change", row.change)
      json.member("change_share", row.share)
      json.member("undecoded", row.isUndecoded)
      guard !row.changes.isEmpty else { return }
      json.key("classes")
      json.object { json in
        for change in row.changes { json.member(change.costClass.name, change.bits) }
      }
    }
  }

  private static func write(_ row: WeightDiff.Row, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", row.name)
      json.key("shape_a")
      json.value(shape: row.shapeA)
      json.key("shape_b")
      json.value(shape: row.shapeB)
      json.member("undecoded", row.isUndecoded)
      json.key("comparison")
      if let found = row.comparison {
        json.object { json in json.members(of: found) }
      } else {
        json.null()
      }
    }
  }
}

extension JSONWriter {
  /// Writes a shape; `null` if there is none.
  mutating func value(shape: [Int]?) {
    guard let shape else { return null() }
    array { json in for side in shape { json.value(side) } }
  }

  /// Writes names; `null` if there are none.
  fileprivate mutating func value(names: [String]?) {
    guard let names else { return null() }
    array { json in for name in names { json.value(name) } }
  }

  /// Writes the figures of a comparison into the object that is open; `snr_db` is null for equal values.
  mutating func members(of found: ValueComparison) {
    member("count", found.count)
    member("equal", found.equal)
    member("nonfinite", found.nonfinite)
    member("nonfinite_values", found.nonfiniteValues)
    member("nonfinite_reference", found.nonfiniteReferences)
    member("max_error", found.greatest)
    member("mean_error", found.meanError)
    member("rmse", found.rmse)
    member("snr_db", found.snr)
    member("relative_l2", found.relativeL2)
  }
}
