import NNRAnalysis
import NNRModel
import PlainText

/// `diagnose` as text and JSON.
public enum DiagnosisText {
  /// The diagnosis of a unit.
  public static func text(_ found: PayloadDiagnosis) -> String {
    let names = found.names.map { SafeText.line($0, limit: SafeText.usualLimit) }
    var text = (["unit \(found.unit)"] + names).joined(separator: ", ")
    text += found.payloadCount.map { ", payload of \(NumberFormat.bytes($0)): " } ?? ": "
    guard let failure = found.failure else { return text + "ends well\n" }
    text += SafeText.line(failure.description) + "\n"
    for event in found.events { text += "  " + self.text(event) + "\n" }
    let good = found.explanations
    let tried = tried(found)
    guard !good.isEmpty else { return text + "  \(tried): none ends well\n" + turnedBit(found) }
    text += "  \(tried): \(good.count) \(good.count == 1 ? "ends" : "end") well\n"
    for attempt in good { text += "    with \(attempt.summary): \(outcome(attempt))\n" }
    if mayBeChance(found) {
      text += "  so short a payload may end well by chance\n"
    }
    return text
  }

  /// What was tried, in words.
  private static func tried(_ found: PayloadDiagnosis) -> String {
    let singles = found.attempts.filter { attempt in
      attempt.readings.count == 1 && attempt.readings.allSatisfy { !$0.isOneOfMany }
    }
    var parts = ["\(singles.count) other readings"]
    if found.pairsTried > 0 { parts.append("\(found.pairsTried) pairs of them") }
    if found.bitsTried > 0 { parts.append("\(found.bitsTried) turned bits of the header") }
    if found.dimensionsTried > 0 { parts.append("\(found.dimensionsTried) other dimensions") }
    let last = parts.removeLast()
    return (parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last) + " were tried"
  }

  /// Where damage begins, as far as the bins tell; nothing for a payload that no bin was read of.
  private static func turnedBit(_ found: PayloadDiagnosis) -> String {
    guard let first = found.events.min(by: { $0.bit < $1.bit }) else { return "" }
    return
      "  nothing in the header explains it: a bit of the payload may be turned, at payload bit \(first.bit) or before; "
      + "from there on the levels are not to be trusted\n"
  }

  /// Whether the payload is so short that a reading may end well by chance.
  public static func mayBeChance(_ found: PayloadDiagnosis) -> Bool {
    (found.payloadCount ?? shortPayload) < shortPayload && !found.explanations.isEmpty
  }

  private static let shortPayload = 16

  /// What a reading gives, in words.
  public static func outcome(_ attempt: PayloadDiagnosis.Attempt) -> String {
    var text = "\(NumberFormat.grouped(attempt.decoded)) integers, largest \(attempt.largest), "
    text += "\(NumberFormat.grouped(attempt.nonzero)) not 0"
    switch attempt.entryPointsAgree {
    case true?: text += ", entry points agree"
    case false?: text += ", entry points disagree"
    case nil: break
    }
    return text
  }

  private static func text(_ event: ImplausibleEvent) -> String {
    var place = SafeText.line(event.name, limit: SafeText.usualLimit)
    if let row = event.row, let column = event.column { place += "[\(row), \(column)]" }
    return "\(place), bin \(event.bin), payload bit \(event.bit): \(words(event.kind))"
  }

  /// What is odd, in words.
  public static func words(_ kind: ImplausibleEvent.Kind) -> String {
    switch kind {
    case .levelExplosion(let level, let before):
      "the level becomes \(level), the largest before is \(before)"
    case .costJump(let bits, let before):
      "the levels from here cost \(NumberFormat.significant(bits)) bit/weight, those before "
        + "\(NumberFormat.significant(before))"
    case .entryPoint(let row, let listedBit, let foundBit, let listedValue, let foundValue):
      "block row \(row) starts at bit \(foundBit) with value \(foundValue), its entry point says "
        + "bit \(listedBit), value \(listedValue)"
    case .stop(let failure): "the decoder stops, " + SafeText.line(failure.description)
    case .end(let failure): "the end is wrong, " + SafeText.line(failure.description)
    }
  }

  /// The name of a kind of event in JSON.
  private static func name(_ kind: ImplausibleEvent.Kind) -> String {
    switch kind {
    case .levelExplosion: "level_explosion"
    case .costJump: "cost_jump"
    case .entryPoint: "entry_point"
    case .stop: "stop"
    case .end: "end"
    }
  }

  /// The diagnosis of a unit as a JSON object.
  public static func write(_ found: PayloadDiagnosis, to json: inout JSONWriter) {
    json.object { json in
      json.member("unit", found.unit)
      json.member("names", found.names)
      json.member("payload_bytes", found.payloadCount)
      json.member("error", found.failure?.description)
      json.key("events")
      json.array { json in
        for event in found.events {
          json.object { json in
            json.member("kind", name(event.kind))
            json.member("tensor", event.name)
            json.member("row", event.row)
            json.member("column", event.column)
            json.member("bin", event.bin)
            json.member("payload_bit", event.bit)
            json.member("message", words(event.kind))
          }
        }
      }
      json.member("pairs_tried", found.pairsTried)
      json.member("bits_tried", found.bitsTried)
      json.member("dimensions_tried", found.dimensionsTried)
      json.member(
        "damage_from_bit", found.explanations.isEmpty ? found.events.map(\.bit).min() : nil)
      json.member("may_be_chance", mayBeChance(found))
      json.key("readings")
      json.array { json in
        for attempt in found.attempts {
          json.object { json in
            json.member("reading", attempt.summary)
            json.member("ends_well", attempt.endsWell)
            json.member("error", attempt.failure?.description)
            json.member("largest", attempt.largest)
            json.member("nonzero", attempt.nonzero)
            json.member("decoded", attempt.decoded)
            json.member("entry_points_agree", attempt.entryPointsAgree)
            json.member("elements", attempt.readings.flatMap { $0.elements.map(\.name) })
          }
        }
      }
    }
  }
}
