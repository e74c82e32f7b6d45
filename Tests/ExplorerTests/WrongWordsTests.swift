import NNRAnalysis
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Words of the prompt that mean nothing, and what was meant.
@Suite struct WrongWordsTests {
  @Test(arguments: [
    ("tensor conv2.wieght", "no tensor conv2.wieght; did you mean conv2.weight"),
    ("tensor frobnicate", "no tensor frobnicate"),
    ("go fc.bais", "no place fc.bais; did you mean fc.bias"),
    ("go frobnicate", "no place frobnicate: try 0x1f4"),
    ("tensrs", "no command or place tensrs; did you mean tensors"),
    ("theme purple", "no theme purple, but: terminal, dark, light, contrast"),
    ("theme", "theme needs one of terminal, dark, light, contrast"),
  ]) func whatWasMeantIsSaid(_ line: String, _ answer: String) throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    let place = session.model.location
    session.command(line)
    let status = try #require(session.model.status)
    #expect(status.failed)
    #expect(status.text.hasPrefix(answer), "\(status.text)")
    #expect(session.model.location == place)
  }

  @Test func aThemeIsAskedFor() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("theme light")
    var themes: [Theme.Name] = []
    for effect in session.takeEffects() {
      if case .recolor(let theme) = effect { themes.append(theme) }
    }
    #expect(themes == [.light])
    session.keys(":")
    session.press("theme c".map { Key($0) } + [Key(.tab)])
    #expect(session.screen.contains("theme contrast"))
  }
}

/// Orders by their names.
@Suite struct NamedOrderTests {
  @Test func ofTheTensors() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("2")
    session.command("sort -bits")
    let bits = session.model.document.figures.lines.map(\.cells)
    let column = try #require(TensorColumns.places["bits"])
    func shown() -> [CellValue] {
      session.model.document.tensors.order.map { bits[$0][column] }
    }
    let falling = shown()
    #expect(falling.first == bits.map { $0[column] }.max { number($0) < number($1) })
    session.command("sort bits")
    #expect(shown().map(number) == falling.map(number).sorted())
    session.command("sort btis")
    #expect(session.model.status?.text == "no order btis; did you mean bits?")
    #expect(shown().map(number) == falling.map(number).sorted())
  }

  private func number(_ value: CellValue) -> Double {
    if case .number(let number) = value { number } else { .nan }
  }

  @Test func ofTheCosts() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("3")
    for (text, order, isReversed) in [
      ("bits", CostsState.Order.bits, true), ("-bits", .bits, false), ("name", .name, false),
      ("-name", .name, true), ("-bits-per-weight", .bitsPerWeight, false),
      ("-greater", .share(.greater), false), ("stream", .stream, false),
    ] {
      session.command("sort \(text)")
      #expect(session.model.document.costs.order == order, "\(text)")
      #expect(session.model.document.costs.isReversed == isReversed, "\(text)")
      #expect(session.model.status?.failed == false)
    }
    session.command("sort weight")
    #expect(session.model.status?.failed == true)
    #expect(session.model.status?.text.contains("no order weight") == true)
  }

  @Test func ofTheModel() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("t")
    session.command("sort -size")
    #expect(session.model.document.modelOutline.order == .size)
    let rows = session.model.document.modelOutline.rows.count
    session.command("sort name")
    #expect(session.model.document.modelOutline.order == .name)
    #expect(session.model.document.modelOutline.rows.count == rows)
    session.keys("t")
    session.command("sort name")
    #expect(session.model.status?.text.contains("the bitstream has one order") == true)
  }
}
