import DeepCABAC
import TestSupport
import Testing

/// Integers of weights: no path through the states is nearer than the one that is found.
@Suite struct ScalarQuantizerTests {
  private static func error(_ integers: [Int32], _ weights: [Double]) -> Double {
    zip(integers, weights).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  }

  /// Every list of integers from −`most` to `most` that dependent quantization can give.
  private static func paths(_ geometry: TensorGeometry, most: Int32) -> [[Int32]] {
    var found: [[Int32]] = [[]]
    for _ in 0..<geometry.count {
      found = found.flatMap { start in (-most...most).map { start + [$0] } }
    }
    return found.filter { integers in
      do throws(EncodingError) {
        _ = try TrellisPath.levels(of: integers, geometry, dependent: true)
        return true
      } catch {
        return false
      }
    }
  }

  @Test func noPathIsNearer() throws {
    var random = SeededGenerator(seed: 15)
    let geometry = try TensorGeometry(
      CodedTensorParameters(dimensions: [5], dependentQuantization: true))
    let paths = Self.paths(geometry, most: 4)
    #expect(paths.count > 1000 && paths.count < 59_049)
    for _ in 0..<40 {
      let weights = (0..<5).map { _ in Double.random(in: -3...3, using: &random) }
      let found = try #require(ScalarQuantizer.trellis(weights, geometry))
      #expect(paths.contains(found), "\(found) is a path")
      let least = try #require(paths.map { Self.error($0, weights) }.min())
      #expect(abs(Self.error(found, weights) - least) < 1e-12, "\(weights)")
    }
  }

  /// In blocks the states follow the scan.
  @Test(arguments: 0...4) func thePathFitsTheScan(_ scan: Int) throws {
    var random = SeededGenerator(seed: UInt64(scan) + 3)
    let parameters = CodedTensorParameters(
      dimensions: [70, 67], dependentQuantization: true, scanOrder: scan)
    let geometry = try TensorGeometry(parameters)
    let weights = (0..<geometry.count).map { _ in
      Double.random(in: -6...6, using: &random) * Double.random(in: 0...1, using: &random)
    }
    let found = try #require(ScalarQuantizer.trellis(weights, geometry))
    #expect(throws: Never.self) {
      _ = try TrellisPath.levels(of: found, geometry, dependent: true)
    }
    // Half the lattice each, and yet nearer than every second integer for itself.
    let halves = weights.map { Int32(2 * ($0 / 2).rounded()) }
    #expect(Self.error(found, weights) < Self.error(halves, weights))
    let nearest = ScalarQuantizer.nearest(weights)
    #expect(Self.error(nearest, weights) <= Self.error(found, weights))
    #expect(zip(nearest, weights).allSatisfy { abs(Double($0) - $1) <= 0.5 })
  }

  @Test func itStopsAndRefusesOtherSizes() throws {
    let geometry = try TensorGeometry(CodedTensorParameters(dimensions: [4]))
    #expect(ScalarQuantizer.trellis([0, 1, 2, 3], geometry) { true } == nil)
    #expect(ScalarQuantizer.trellis([0, 1, 2], geometry) == nil)
    let none = try TensorGeometry(CodedTensorParameters(dimensions: [0]))
    #expect(ScalarQuantizer.trellis([], none) == [])
  }
}
