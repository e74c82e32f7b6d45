/// Context numbers of a tensor, in the reference numbering (format reference 4.8).
public struct ContextLayout: Sendable, Hashable {
  /// U, the number of abs_level_greater flags.
  public let unaryLength: Int

  /// Layout for unary length `unaryLength`, 1 to 256.
  public init(unaryLength: Int) { self.unaryLength = unaryLength }

  /// First sig_flag context; `3 * state + {0, 1, 2}` by the neighbour's sign.
  public static let sig = 0
  /// First sig_flag context where the parent integer is not 0; `2 * state + {0, 1}`.
  public static let sigTemporal = 24
  /// First sig_flag context where history applies; `+ state`.
  public static let sigHistory = 40
  /// First sign_flag context; `+ {0, 1, 2}` by the neighbour's sign.
  public static let sign = 48
  /// First sign_flag context by the parent's sign; `+ {0 negative, 1 positive}`.
  public static let signTemporal = 51
  /// First abs_level_greater context; `+ 2 * j + (negative ? 1 : 0)`.
  public static let greater = 53
  /// First abs_level_greater context by the parent; `+ 2 * j + (abs(base) >= j ? 0 : 1)`.
  public var greaterTemporal: Int { 53 + 2 * unaryLength }
  /// First remainder prefix context; `+ j`.
  public var remainder: Int { 53 + 4 * unaryLength }
  /// Context of the shift parameter flags.
  public var shift: Int { remainder + 34 }
  /// Context of the row skip flags.
  public var rowSkip: Int { remainder + 36 }
  /// Number of contexts to allocate.
  public var count: Int { remainder + 37 }

  /// Text name of a context, for inspectors.
  public func name(of context: Int) -> String {
    let neighbours = ["nb = 0", "nb < 0", "nb > 0"]
    switch context {
    case 0..<24: return "sig_flag, state \(context / 3), \(neighbours[context % 3])"
    case 24..<40:
      let i = context - 24
      return "sig_flag, state \(i / 2), abs(base) \(i % 2 == 0 ? "= 1" : "> 1")"
    case 40..<48: return "sig_flag, state \(context - 40), history"
    case 48..<51: return "sign_flag, \(neighbours[context - 48])"
    case 51..<53: return "sign_flag, base \(context == 51 ? "< 0" : "> 0")"
    case 53..<greaterTemporal:
      let i = context - 53
      return "abs_level_greater[\(i / 2)], \(i % 2 == 0 ? "positive" : "negative")"
    case greaterTemporal..<remainder:
      let i = context - greaterTemporal
      return "abs_level_greater[\(i / 2)], abs(base) \(i % 2 == 0 ? ">=" : "<") \(i / 2)"
    case remainder..<shift: return "abs_remainder prefix[\(context - remainder)]"
    case shift: return "shift_flag"
    case rowSkip: return "row_skip_list"
    default: return "unused"
    }
  }
}

/// A run of contexts in the shift parameter list: the first ones coded, the rest at eco set 0.
package struct ShiftGroup: Sendable, Hashable {
  /// First context.
  package var start: Int
  /// End of the contexts whose eco set is coded.
  package var codedEnd: Int
  /// End of the run.
  package var end: Int
}

extension ContextLayout {
  /// The shift parameter list of a tensor in coded order (format reference 4.7).
  ///
  /// `temporal`: parent integers are in use; `history`: hist_dep_sig_prob_enabled_flag.
  package func shiftGroups(
    parameters: CodedTensorParameters, geometry: TensorGeometry, temporal: Bool, history: Bool
  ) -> [ShiftGroup] {
    let n = geometry.limitSize
    let z = geometry.limitZero
    let largest = n > 0 ? max(z, n - 1 - z) : -1
    let oneSided = n > 0 && (z == 0 || z == n - 1)
    let states = parameters.dependentQuantization ? 8 : 1
    func group(_ start: Int, _ count: Int, coded: Int) -> ShiftGroup {
      ShiftGroup(start: start, codedEnd: start + min(max(coded, 0), count), end: start + count)
    }
    let all = n == 1 ? 0 : Int.max
    var groups = [group(Self.sig, 3 * states, coded: all)]
    if temporal { groups.append(group(Self.sigTemporal, 2 * states, coded: all)) }
    if history { groups.append(group(Self.sigHistory, states, coded: all)) }
    groups.append(group(Self.sign, temporal ? 5 : 3, coded: oneSided ? 0 : all))
    let greaterCount = 2 * unaryLength
    groups.append(group(Self.greater, greaterCount, coded: largest < 0 ? .max : 2 * largest))
    if temporal {
      groups.append(
        group(greaterTemporal, greaterCount, coded: largest < 0 ? .max : 2 * (largest - 1)))
    }
    let prefixes = parameters.dialect == .edition1 ? 32 : 31
    var coded = prefixes
    if largest >= 0 {
      coded = 0
      while coded < prefixes && unaryLength - 1 + (1 << (coded + 1)) - 1 < largest { coded += 1 }
    }
    groups.append(group(remainder, prefixes, coded: coded))
    return groups
  }
}
