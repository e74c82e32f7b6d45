import TestSupport
import Testing

@testable import TerminalScreen

/// Colours that stand for values.
@Suite struct HeatColorTests {
  @Test func shadesReadWithoutColour() {
    func light(_ shades: [Shade]) -> [Double] { shades.map(\.color.luminance) }
    let ramp = light((0..<10).map { .ramp($0) })
    #expect(ramp == ramp.sorted() && Set(ramp).count == 10)
    // Away from 0 either side is darker, and equally far steps are about as dark.
    let (below, above) = (
      light((0...5).map { .diverging(-$0) }), light((0...5).map { .diverging($0) })
    )
    #expect(below == below.sorted(by: >) && above == above.sorted(by: >))
    for (one, other) in zip(below, above) { #expect((one - other).magnitude < 0.25) }
    // Blue against orange: never only red against green.
    for step in Int8(1)...5 {
      let (blue, orange) = (Shade.diverging(-step).color.rgb, Shade.diverging(step).color.rgb)
      #expect(blue.blue > blue.red && orange.red > orange.blue)
    }
    let all = Shade.ramp + Shade.diverging
    for odd in [Shade.nan, .infinite(negative: true), .infinite(negative: false)] {
      #expect(!all.contains(odd.color.index))
    }
  }

  @Test(arguments: [
    (0.0, Int8(0)), (0.01, 1), (0.2, 1), (0.21, 2), (1, 5), (7, 5), (-0.01, -1), (-1, -5),
  ]) func signedSteps(_ value: Double, _ step: Int8) {
    #expect(Shade.signed(value) == .diverging(step))
  }

  @Test func twoRowsALine() {
    let cells: [[HeatValue]] = [
      [.share(0), .share(1), .unknown, .nan], [.share(1), .unknown, .unknown, .share(0)],
      [.signed(-1), .infinite(negative: true), .unknown, .share(0.5)],
    ]
    var grid = Grid(Size(6, 3))
    HeatMap(rows: 3, columns: 4, isPaired: true) { cells[$0][$1] }
      .draw(on: &grid, in: grid.bounds)
    #expect(ScreenText.plain(grid).split(separator: "\n").map { $0.trimmed } == ["▀▀ ▀", "▀▀ ▀"])
    #expect(grid[0, 0].style == Style(.ramp(0), over: .ramp(9)))
    #expect(grid[1, 0].style == Style(.ramp(9), over: nil))
    #expect(grid[3, 0].style == Style(.nan, over: .ramp(0)))
    #expect(grid[0, 1].style == Style(.diverging(-5), over: nil))
    #expect(grid[1, 1].style == Style(.infinite(negative: true), over: nil))
    let look = Theme(.dark, depth: .palette).appearance(grid[0, 0].style)
    #expect(look.foreground == Color(53) && look.background == Color(191))
    let basic = Theme(.dark, depth: .basic).appearance(grid[0, 0].style)
    #expect(basic.background?.index ?? 0 < 8)
  }

  @Test func withoutColourTheyAreCharacters() {
    let values: [HeatValue] = [
      .share(1), .signed(-1), .nan, .infinite(negative: false), .infinite(negative: true), .unknown,
    ]
    #expect(values.map { $0.glyph(.ascii).text } == ["@", "@", "N", "^", "v", "?"])
    #expect(HeatValue.signed(-1).glyph(.ascii).style != HeatValue.signed(1).glyph(.ascii).style)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
