import TerminalScreen
import Testing

extension Extent {
  fileprivate static func fixed(_ cells: Int) -> Extent {
    Extent(minimum: cells, maximum: cells, weight: 0)
  }

  fileprivate static func flexible(
    _ weight: Int = 1, min minimum: Int = 0, max maximum: Int = .max
  ) -> Extent {
    Extent(minimum: minimum, maximum: maximum, weight: weight)
  }
}

/// Splits: parts never take more than there is, and fill it when they can.
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
  }

  @Test func laterPartsShrinkFirst() {
    let extents: [Extent] = [.fixed(1), .flexible(1, min: 10), .fixed(5)]
    #expect(Layout.sizes(20, extents) == [1, 14, 5])
    #expect(Layout.sizes(13, extents) == [1, 10, 2])
    #expect(Layout.sizes(6, extents) == [1, 5, 0])
    #expect(Layout.sizes(0, extents) == [0, 0, 0])
  }
}
