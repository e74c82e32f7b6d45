import TerminalScreen
import Testing

/// Splits: parts never overlap, never leave the region, and fill it when they can.
@Suite struct LayoutTests {
  private let cases: [[Extent]] = [
    [], [.fixed(3)], [.flexible()], [.fixed(1), .flexible(), .fixed(1)],
    [.flexible(2, min: 10), .flexible(3, min: 5, max: 20)],
    [.fixed(1), .flexible(1, min: 3), .flexible(2, min: 4), .fixed(6), .fixed(1)],
    [.flexible(1, max: 4), .flexible(1, max: 4)],
  ]

  @Test func everySizeKeepsTheInvariants() {
    for extents in cases {
      for total in 0...60 {
        for spacing in 0...2 {
          check(extents, total, spacing)
        }
      }
    }
  }

  private func check(_ extents: [Extent], _ total: Int, _ spacing: Int) {
    let sizes = Layout.sizes(total, extents, spacing: spacing)
    let room = max(0, total - spacing * max(0, extents.count - 1))
    #expect(sizes.count == extents.count)
    #expect(sizes.allSatisfy { $0 >= 0 })
    #expect(sizes.reduce(0, +) <= room)
    #expect(zip(sizes, extents).allSatisfy { $0 <= $1.maximum })
    let canGrow = zip(sizes, extents).contains { $1.weight > 0 && $0 < $1.maximum }
    if canGrow { #expect(sizes.reduce(0, +) == room) }
    if extents.reduce(0, { $0 + $1.minimum }) <= room {
      #expect(zip(sizes, extents).allSatisfy { $0 >= $1.minimum })
    }
    let rect = Rect(x: 3, y: 5, width: total, height: 7)
    var last = rect.x
    for part in Layout.columns(rect, extents, spacing: spacing) where part.width > 0 {
      #expect(part.x >= last && part.maxX <= rect.maxX && part.height == 7)
      last = part.maxX
    }
    let column = Rect(x: 3, y: 5, width: 7, height: total)
    last = column.y
    for part in Layout.rows(column, extents, spacing: spacing) where part.height > 0 {
      #expect(part.y >= last && part.maxY <= column.maxY && part.width == 7)
      last = part.maxY
    }
  }

  @Test func laterPartsShrinkFirst() {
    let extents: [Extent] = [.fixed(1), .flexible(1, min: 10), .fixed(5)]
    #expect(Layout.sizes(20, extents) == [1, 14, 5])
    #expect(Layout.sizes(13, extents) == [1, 10, 2])
    #expect(Layout.sizes(6, extents) == [1, 5, 0])
    #expect(Layout.sizes(0, extents) == [0, 0, 0])
  }
}
