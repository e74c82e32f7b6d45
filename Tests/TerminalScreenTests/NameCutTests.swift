import TerminalScreen
import Testing

/// Names that are cut stay different.
@Suite struct NameCutTests {
  private let names = (0..<3).flatMap { layer in
    ["self_attn.q_proj", "self_attn.k_proj", "mlp.up_proj", "mlp.down_proj"].map {
      "model.language_model.layers.\(layer).\($0).weight"
    }
  }

  @Test(arguments: [12, 14, 17, 24, 32, 40]) func allDiffer(_ width: Int) {
    let cut = NameCut(names, to: names.map { _ in width })
    #expect(Set(cut.names).count == names.count, "\(cut.names)")
    for name in cut.names { #expect(name.count <= width) }
    #expect(cut.shared == "model.language_model.layers.")
  }

  @Test func whatFitsIsWhole() {
    let cut = NameCut(names, to: names.map(\.count))
    #expect(cut.names == names && cut.shared.isEmpty)
  }

  /// Ends that differ late are kept, as are numbers whole.
  @Test func theMiddleGoes() {
    let names = [
      "layer1.0.bn1.running_mean", "layer1.0.bn1.running_var", "layer1.10.bn1.running_var",
    ]
    let cut = NameCut(names, to: [18, 18, 18])
    #expect(cut.names[0].hasSuffix("mean") && cut.names[1].hasSuffix("var"))
    #expect(cut.names[1].contains("0.") && cut.names[2].contains("10."))
    #expect(Set(cut.names).count == 3)
  }

  /// A column of numbers takes the room that they need.
  @Test func numbersAreNotCut() {
    let table = TableView(
      ListState(),
      columns: [
        TableColumn("name", width: 8, weight: 1, cut: .shared),
        TableColumn("bits", .right, width: 4),
      ], count: 2
    ) { row in [StyledText(row == 0 ? "a.b" : "a.c"), StyledText(row == 0 ? "1" : "1,234,567,890")]
    }
    var grid = Grid(Size(30, 4))
    table.draw(on: &grid, in: grid.bounds)
    #expect(ScreenText.plain(grid).contains("1,234,567,890"))
  }
}
