import DeepCABAC

/// Histories (format reference 6.6) as writers keep them.
extension Session {
  /// The same chain with histories that count the base model: what NNCodec's encoder has where one tool served all calls.
  package var withBaseInHistory: Session {
    knownWithBase.withLock { known in
      if let known { return known }
      var repair = ChainRepair()
      repair.historyIncludesBase = true
      let other = Session(self, repair: repair)
      known = other
      return other
    }
  }

  /// hist_dep_sig_prob_enabled_flag of the last tensor of a unit; nil where it is not coded or cannot be reached.
  package func historyFlag(stream: Int, unit: Int) -> Bool? {
    guard let decoding = decoding(stream: stream, unit: unit), decoding.dialect == .d2,
      decoding.unit.parent != nil, decoding.unit.payloadType != .rawFloat,
      let last = decoding.unit.codedTensors.last,
      // Tensors in front are decoded with the parents that they need.
      last.place == 0 || decoding.missingParent == nil,
      let payload = try? streams[stream].source.read(decoding.unit.payload)
    else { return nil }
    do throws(DecodeFailure) { try UnitDecoder.check(decoding) } catch {
      guard error.rule == .u02, last.place == 0 else { return nil }
    }
    var readable = decoding
    if decoding.missingParent != nil { readable.overrides.temporalContexts = false }
    do throws(DecodingError) {
      return try UnitDecoder.started(readable, payload, at: last.place)?.facts.historyFlag
    } catch {
      return error == .historyRequired ? true : nil
    }
  }
}
