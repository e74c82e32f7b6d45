import NNRModel
import NNRSyntax

/// The versions of NNCodec whose public functions write such a stream.
///
/// Drivers of its lower levels can write anything: a version fits, no more.
public struct WriterFit: Sendable, Hashable {
  /// The versions, oldest first; empty if no public function writes such a stream.
  public private(set) var fits: [WriterVersion]
  /// What tells so, a text for each reason that names the elements.
  public private(set) var because: [String] = []

  /// The versions in words: `NNCodec 2.1.1 or later`.
  public var summary: String { WriterVersion.words(fits) }

  /// The versions that fit the stream number `stream`.
  ///
  /// `takesOldParents` says that payloads decode only with the integers of an older round (rule R05).
  public init(_ session: Session, stream number: Int, takesOldParents: Bool = false) {
    fits = WriterVersion.allCases
    let traits = WriterTraits(session, stream: number)
    guard let profile = traits.profile else {
      fits = []
      because = ["no start unit says the profile"]
      return
    }
    if !traits.foreign.isEmpty {
      fits = []
      because = traits.foreign.map { "no public function of NNCodec writes \($0)" }
      return
    }
    guard profile == 1 else {
      let isOld = profile == 0 && session.dialect(number) == .d1
      fits = isOld ? fits.filter { $0 < .v2_0_1 } : []
      because = [
        isOld
          ? "general_profile_idc 0 with payloads as before 2.0 (D1)"
          : "general_profile_idc \(profile) with payloads as from 2.0 on: no public function writes it"
      ]
      return
    }
    keep("general_profile_idc 1") { $0 >= .v2_0_1 }
    if traits.preFlag { keep("nnr_pre_flag 1") { $0 >= .v2_1_0 } }
    if traits.signalsParents { lookAtParents(traits) } else { lookAtDepth(traits) }
    if let unit = traits.historyUnit {
      if traits.historyIsTemporal {
        keep("hist_dep_sig_prob_enabled_flag 1 (unit \(unit))") { $0 >= .v2_1_1 }
      } else {
        keep(
          "hist_dep_sig_prob_enabled_flag 1 with temporal_context_modeling_flag 0 (unit \(unit))"
        ) { $0 >= .v2_1_2 }
      }
    }
    if takesOldParents
      || session.repair?.staleParents.keys.contains(where: { $0.stream == number })
        ?? false
    {
      keep("temporal contexts that decode only with an older round's integers") { $0 == .v2_1_2 }
    }
  }

  /// The versions that fit the stream number `stream`, all of whose rules were looked at.
  public init(_ session: Session, stream number: Int, after check: StreamCheck) {
    self.init(
      session, stream: number, takesOldParents: check.breaches.contains { $0.rule == .r05 })
  }

  private mutating func keep(_ reason: String, _ isFit: (WriterVersion) -> Bool) {
    fits = fits.filter(isFit)
    because.append(reason)
  }

  private mutating func lookAtParents(_ traits: WriterTraits) {
    guard traits.presentFlags == [0] else { return }
    let what = "mps_parent_signalling_enabled_flag 1, every parent_node_id_present_flag 0"
    if !traits.preFlag {
      keep(what + ", nnr_pre_flag 0") { $0 == .v2_1_1 }
    } else if traits.depth > 0 {
      keep(what + ", put_node_depth \(traits.depth)") { $0 >= .v2_1_2 }
    } else {
      keep(what + ", put_node_depth 0") { $0 >= .v2_1_1 }
    }
  }

  private mutating func lookAtDepth(_ traits: WriterTraits) {
    guard traits.depth > 0 else { return }
    keep(
      "mps_parent_signalling_enabled_flag 0 and put_node_depth \(traits.depth): an update that calls itself whole"
    ) { $0 >= .v2_0_1 }
  }
}
