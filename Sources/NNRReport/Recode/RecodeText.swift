import DeepCABAC
import NNRRecode
import PlainText

/// What would change, and what was changed, as text.
public enum RecodeText {
  /// The classes of payload bits, with their place.
  static let classes = SyntaxClass.allCases.filter { $0 != .termination }
    .map { ($0.rawValue, $0.name) }

  /// The choices that differ, by the names of their elements: old and new.
  static func differences(_ found: TensorRecoding) -> [(knob: String, old: Int, new: Int)] {
    let (now, best) = (found.now, found.best)
    let all: [(String, Int?, Int?)] = [
      ("cabac_unary_length", now.unaryLength, best.unaryLength),
      ("scan_order", now.scanOrder, best.scanOrder),
      ("row_skip_enabled_flag", now.rowSkip.map { $0 ? 1 : 0 }, best.rowSkip.map { $0 ? 1 : 0 }),
      (
        "hist_dep_sig_prob_enabled_flag", now.history.map { $0 ? 1 : 0 },
        best.history.map { $0 ? 1 : 0 }
      ),
      ("states", now.states, best.states),
      ("codebook_present_flag", now.codebookSize == nil ? 0 : 1, best.codebookSize == nil ? 0 : 1),
      ("codebook_size", now.codebookSize, best.codebookSize),
      ("codebook_egk", now.codebookOrder, best.codebookOrder),
    ]
    return all.compactMap { knob, old, new in
      guard let old, let new, old != new else { return nil }
      return (knob, old, new)
    }
  }

  /// What would change, such as `unary 10→3, states 4→17`; nil if nothing would.
  static func changes(_ found: TensorRecoding) -> String? {
    guard found.bits != found.bestBits else { return nil }
    return changes([found])
  }

  /// What would change of the tensors of a unit, such as `unary 10→3, states of 5 tensors`: what is the same for all that have
  /// it is told once.
  public static func changes(_ found: [TensorRecoding]) -> String {
    let all = found.flatMap(differences)
    let parts = names.compactMap { knob, name -> String? in
      let changed = all.filter { $0.knob == knob }
      guard let first = changed.first else { return nil }
      return changed.allSatisfy { ($0.old, $0.new) == (first.old, first.new) }
        ? "\(name) \(first.old)→\(first.new)"
        : "\(name) of \(NumberFormat.count(changed.count, "tensor"))"
    }
    return parts.isEmpty ? "other start states" : parts.joined(separator: ", ")
  }

  /// The short names of knobs, in the order in which changes are told.
  private static let names = [
    ("cabac_unary_length", "unary"), ("scan_order", "scan"), ("row_skip_enabled_flag", "rows"),
    ("hist_dep_sig_prob_enabled_flag", "history"), ("states", "states"),
    ("codebook_present_flag", "codebook"), ("codebook_size", "entries"), ("codebook_egk", "egk"),
  ]

  /// A value of a knob.
  public static func value(_ value: TensorAlternative.Value) -> String {
    switch value {
    case .number(let number): "\(number)"
    case .states(let states): states.rawValue
    }
  }

  /// A line that sums up what a stream could save.
  public static func heading(_ recoding: StreamRecoding, name: String) -> String {
    let tried = recoding.tensors
    let better = tried.count { $0.saving > 0 }
    return
      "\(SafeText.line(name)) \(sizes(recoding.size, recoding.bestSize)), \(better) of \(NumberFormat.count(tried.count, "tensor")) shorter\n"
  }

  /// The classes that an alternative or the stream itself spends bits on: their names, bits now, and bits with it.
  public static func barClasses(
    _ alternatives: TensorAlternatives?, _ selected: TensorAlternative?
  ) -> [(name: String, now: Double, then: Double)] {
    guard let alternatives else { return [] }
    func bits(_ classes: [Double], _ place: Int) -> Double {
      classes.indices.contains(place) ? classes[place] : 0
    }
    return classes.map { place, name in
      (name, bits(alternatives.classes, place), bits(selected?.classes ?? [], place))
    }.filter { $0.now >= 0.5 || $0.then >= 0.5 }
  }

  /// Two sizes and the change: `403,729 → 397,112 B, −1.64 %`.
  public static func sizes(_ old: Int, _ new: Int) -> String {
    "\(NumberFormat.grouped(old)) → \(NumberFormat.grouped(new)) B, \(change(old, new))"
  }

  /// The closing line of several files: `3 of 3 files, 1,234 → 1,200 B, −2.76 %, 1 not improvable`.
  public static func closing(_ files: [RecodedFile]) -> String {
    let (old, new) = files.reduce((0, 0)) { ($0.0 + $1.recoding.size, $0.1 + $1.outSize) }
    let same = files.count { $0.outSize >= $0.recoding.size }
    return
      "\(files.count) of \(NumberFormat.count(files.count, "file")), \(sizes(old, new)), \(same) not improvable"
  }

  private static func change(_ old: Int, _ new: Int) -> String {
    guard old > 0, old != new else { return "±0 %" }
    let share = abs(Double(new - old)) / Double(old)
    return (new < old ? "−" : "+") + NumberFormat.percent(share, decimals: 2)
  }
}
