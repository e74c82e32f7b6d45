extension CellValue {
  /// What a filter expression writes behind `==` to mean this value; nil for curves, which have no such form.
  public var condition: String? {
    switch self {
    case .missing: return "none"
    case .flag(let value): return value ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .number(let value): return "\(value)"
    case .shape(let sides): return Shape.typed(sides)
    case .text(let text):
      let kept = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }
      return "\"\(kept.joined())\""
    case .curve: return nil
    }
  }
}
