import NNRAnalysis
import NNRModel
import NNRRecode

/// `whatif` as JSON.
public enum WhatifDocument {
  /// Writes the object of a stream: `rows` are those to list, `groups` those of groups, `alternatives` those of tensors by unit and place, if asked for.
  public static func write(
    file: String, _ recoding: StreamRecoding, _ rows: [WhatifRow], groups: Table? = nil,
    alternatives: ((CodedTensor) -> TensorAlternatives?)?, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("file", file)
      json.member("size", recoding.size)
      json.member("best_size", recoding.bestSize)
      json.key("tensors")
      json.array { json in
        for row in rows { write(row, alternatives, to: &json) }
      }
      if let groups {
        json.key("groups")
        json.value(groups)
      }
    }
  }

  private static func write(
    _ row: WhatifRow, _ alternatives: ((CodedTensor) -> TensorAlternatives?)?,
    to json: inout JSONWriter
  ) {
    json.object { json in
      let bytes = row.tensor.nameBytes
      json.member("name", bytes: bytes.isEmpty ? Array(row.tensor.name.utf8) : bytes)
      json.member("unit", row.tensor.unit)
      json.member("bits", row.bits)
      json.member("best_bits", row.bestBits)
      json.member("saving", row.found.map { $0.saving } ?? 0)
      json.key("now")
      write(row.found?.now, to: &json)
      json.key("best")
      write(row.found?.best, to: &json)
      json.member("error", row.refusal.map { "\($0)" })
      guard let alternatives else { return }
      json.key("alternatives")
      json.array { json in
        for alternative in alternatives(row.tensor)?.list ?? [] { write(alternative, to: &json) }
      }
    }
  }

  private static func write(_ choices: TensorChoices?, to json: inout JSONWriter) {
    guard let choices else { return json.null() }
    json.object { json in
      json.member("cabac_unary_length", choices.unaryLength)
      json.member("scan_order", choices.scanOrder)
      json.member("row_skip_enabled_flag", choices.rowSkip.map { $0 ? 1 : 0 })
      json.member("hist_dep_sig_prob_enabled_flag", choices.history.map { $0 ? 1 : 0 })
      json.member("states", choices.states)
      json.member("codebook_size", choices.codebookSize)
      json.member("codebook_egk", choices.codebookOrder)
    }
  }

  private static func write(_ alternative: TensorAlternative, to json: inout JSONWriter) {
    json.object { json in
      json.member("knob", alternative.knob.rawValue)
      switch alternative.value {
      case .number(let number): json.member("value", number)
      case .states(let states): json.member("value", states.rawValue)
      }
      json.member("bits", alternative.bits)
      json.member("lossless", alternative.isLossless)
      json.member("reason", alternative.reason)
      guard !alternative.classes.isEmpty else { return }
      json.key("classes")
      json.object { json in
        for (place, name) in RecodeText.classes { json.member(name, alternative.classes[place]) }
      }
    }
  }
}
