import NNRAnalysis
import NNRModel
import NNRSyntax

/// `tensors` as JSON (contract: keys of the ground truth).
public enum TensorDocument {
  /// Writes the object of a stream; `parameters` are the reconstructed ones where they were asked for.
  public static func write(
    file: String, _ rows: [TensorRow], parameters: [ParameterFigures]? = nil,
    against: AgainstReport? = nil, groups: Table? = nil, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("file", file)
      json.key("coded_tensors")
      json.array { json in for row in rows { write(row, to: &json) } }
      if let parameters {
        json.key("reconstructed")
        json.array { json in
          for parameter in parameters {
            json.object { json in
              json.member("name", parameter.name)
              json.member("shape", parameter.dimensions)
              json.member("dtype", parameter.valueType.rawValue)
              json.member("sha256_f32le", parameter.hash)
              json.members(of: parameter.values)
            }
          }
        }
      }
      if let against {
        json.key("against")
        AgainstText.write(against, to: &json)
      }
      if let groups {
        json.key("groups")
        json.value(groups)
      }
    }
  }

  private static func write(_ row: TensorRow, to json: inout JSONWriter) {
    let tensor = row.tensor
    let start = row.figures?.start
    json.object { json in
      json.member(
        "name", bytes: tensor.nameBytes.isEmpty ? Array(tensor.name.utf8) : tensor.nameBytes)
      json.member("unit", tensor.unit)
      json.key("shape")
      if let dimensions = tensor.dimensions {
        json.array { json in for dimension in dimensions { json.value(dimension) } }
      } else {
        json.null()
      }
      json.member("payload_type", tensor.payloadType.name)
      json.member("quantizer", tensor.quantizer.rawValue)
      json.member("role", tensor.role.rawValue)
      json.member("qp", start?.dequantizer.qp)
      json.member("qp_density", start?.dequantizer.qp == nil ? nil : start?.dequantizer.density)
      json.member("step_size", start?.dequantizer.stepSize)
      json.member("dq_flag", tensor.dqFlag ? 1 : 0)
      json.member("scan_order", tensor.scanOrder)
      json.member("scan_order_effective", tensor.effectiveScanOrder)
      json.member("cabac_unary_length", tensor.unaryLength)
      json.member("row_skip_enabled_flag", start?.rowSkipEnabledFlag.map { $0 ? 1 : 0 })
      json.member("hist_dep_sig_prob_enabled_flag", start?.historyFlag.map { $0 ? 1 : 0 })
      json.member("temporal_context", start?.temporalContext ?? false)
      json.key("codebook")
      writeCodebook(row, to: &json)
      json.key("levels")
      writeLevels(row, to: &json)
      if let origin = start?.levelsOrigin, origin != .payload {
        json.member("levels_origin", origin.rawValue)
      }
      json.key("values")
      writeValues(row, to: &json)
      json.member("bits", row.figures?.bits)
      json.member("bits_per_weight", row.bitsPerWeight)
      if let saving = row.couldSave { json.member(TensorSavings.key, saving) }
      json.member("entropy", row.entropy)
      json.member("decoded", row.isDecoded)
      json.member("error", row.failure?.description)
    }
  }

  private static func writeCodebook(_ row: TensorRow, to json: inout JSONWriter) {
    guard let codebook = row.tensor.codebook else { return json.null() }
    json.object { json in
      json.member("egk", codebook.egk)
      json.member("size", codebook.values.count)
      json.member("zero_offset", codebook.zeroOffset)
      json.member("values", codebook.values)
      if let counts = row.levels?.counts {
        // How many weights each entry gives.
        json.member(
          "counts",
          codebook.values.indices.map { entry in
            Int(
              clamping: Int32(exactly: entry - codebook.zeroOffset).map { counts.count(of: $0) }
                ?? 0)
          })
      }
    }
  }

  private static func writeLevels(_ row: TensorRow, to json: inout JSONWriter) {
    guard let figures = row.figures, row.tensor.quantizer != .raw else { return json.null() }
    json.object { json in
      json.members(of: figures.levels)
      if let hash = figures.levelHash { json.member("sha256_i32le", hash) }
    }
  }

  private static func writeValues(_ row: TensorRow, to json: inout JSONWriter) {
    guard let figures = row.figures else { return json.null() }
    json.object { json in
      json.member("dtype", figures.start.dequantizer.valueType.rawValue)
      json.members(of: figures.values)
      if let first = figures.firstNonfinite {
        json.member(
          "first_nonfinite", Shape.indices(of: first.element, in: row.tensor.dimensions ?? []))
      }
      if let hash = figures.valueHash { json.member("sha256_f32le", hash) }
    }
  }
}
