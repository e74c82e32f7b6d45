/// The order in which people expect names: `layer2` before `layer10`.
enum NaturalText {
  /// Whether `left` stands before `right`.
  static func precedes(_ left: String, _ right: String) -> Bool {
    var a = Substring(left)
    var b = Substring(right)
    while let x = a.first, let y = b.first {
      if x.isASCII, y.isASCII, x.isNumber, y.isNumber {
        let m = a.prefix { $0.isASCII && $0.isNumber }
        let n = b.prefix { $0.isASCII && $0.isNumber }
        a = a[m.endIndex...]
        b = b[n.endIndex...]
        let (p, q) = (m.drop { $0 == "0" }, n.drop { $0 == "0" })
        if p != q { return (p.count, String(p)) < (q.count, String(q)) }
        continue
      }
      if x != y { return x < y }
      a = a.dropFirst()
      b = b.dropFirst()
    }
    return (a.count, left) < (b.count, right)
  }
}
