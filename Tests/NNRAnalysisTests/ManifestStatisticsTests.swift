import NNRAnalysis
import NNRModel
import TestSupport
import Testing

/// The figures of every fixture are those of the ground truth: of levels and extremes exactly, of sums to 1e-6.
@Suite struct ManifestStatisticsTests {
  @Test(arguments: Fixture.quick) func figuresAgree(_ fixture: Fixture) throws {
    // The reference's reader alone saw this stream; its payload was coded without the layer parameter set.
    guard fixture.name != "walk_units" else { return }
    let manifest = try fixture.manifest()
    let session = try fixture.session()
    let stream = session.streams.count - 1
    var options = FiguresOptions()
    options.sketches = false
    var expected = manifest.coded_tensors[...]
    for unit in session.directory(stream).byUnit.keys.sorted() {
      let figures = UnitFigures(session, stream: stream, unit: unit, options: options)
      #expect(figures.failure == nil)
      for tensor in figures.tensors {
        if tensor.start.tensor.quantizer != .raw {
          let next = expected.popFirst()
          compare(tensor.levels, try #require(next).levels, tensor.start.tensor.name)
        }
        guard !manifest.appliesScaling else { continue }
        let name = tensor.start.tensor.name
        guard let wanted = manifest.reconstructed.first(where: { $0.name == name }) else {
          continue
        }
        compare(tensor.values, wanted)
      }
    }
    #expect(expected.isEmpty)
    if manifest.appliesScaling { compareModel(session, stream, manifest) }
  }

  private func compareModel(_ session: Session, _ stream: Int, _ manifest: Manifest) {
    var names: [String] = []
    session.parameters(stream: stream) { parameter in
      names.append(parameter.name)
      if let wanted = manifest.reconstructed.first(where: { $0.name == parameter.name }) {
        compare(ParameterFigures(parameter, hashes: false).values, wanted)
      }
      return true
    }
    #expect(Set(manifest.reconstructed.map(\.name)).isSubset(of: names))
  }

  private func compare(_ found: LevelStatistics, _ wanted: Manifest.Levels, _ name: String) {
    #expect(found.count == wanted.count, "\(name)")
    #expect(found.nonzero == wanted.nonzero, "\(name)")
    #expect(found.min.map(Int.init) == wanted.min, "\(name)")
    #expect(found.max.map(Int.init) == wanted.max, "\(name)")
    #expect(Int(found.sum) == wanted.sum, "\(name)")
    #expect(Int(exactly: found.sumOfSquares) == wanted.sum_sq, "\(name)")
  }

  private func compare(_ found: ValueStatistics, _ wanted: Manifest.Reconstructed) {
    guard found.isFinite, found.count > 0 else { return }
    #expect(found.min == wanted.min, "\(wanted.name)")
    #expect(found.max == wanted.max, "\(wanted.name)")
    let scale = max(abs(wanted.min ?? 0), abs(wanted.max ?? 0))
    expectClose(found.mean, wanted.mean, scale, wanted.name)
    expectClose(found.standardDeviation, wanted.std, scale, wanted.name)
    if let zeros = wanted.zero_fraction {
      #expect((found.zeroFraction - zeros).magnitude <= 1e-9, "\(wanted.name)")
    }
  }

  /// Means near zero are sums that cancel: they are close by the size of what was summed.
  private func expectClose(_ found: Double?, _ wanted: Double?, _ scale: Double, _ name: String) {
    guard let found, let wanted else {
      #expect(found == nil && wanted == nil, "\(name)")
      return
    }
    let tolerance = max(1e-6 * wanted.magnitude, 1e-12 * scale)
    #expect((found - wanted).magnitude <= tolerance, "\(name)")
  }
}
