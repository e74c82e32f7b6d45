import Explorer
import Locking
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

/// What a screen costs depends on what it shows, not on how long the stream is.
@Suite struct LazyOpeningTests {
  private final class CountingSource: ByteSource {
    private let inner: MemorySource
    private let reads = Locked(0)

    init(_ bytes: [UInt8]) { inner = MemorySource(bytes) }

    var count: Int { inner.count }
    func change() -> SourceChange? { nil }
    func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
      reads.withLock { $0 += 1 }
      return try inner.read(range)
    }
    func take() -> Int {
      reads.withLock { count in
        defer { count = 0 }
        return count
      }
    }
  }

  @Test func onlyWhatIsShownIsParsed() throws {
    let source = CountingSource(try Fixture("many_units").bytes())
    let stream = NNRStream(source: source, name: "many")
    #expect(source.take() < 100)
    var model = ExplorerModel([(stream, "")], size: Size(120, 40))
    _ = model.draw()
    #expect(source.take() < 200)
    for key in ["G", "k", "PgUp"] {
      _ = model.update(.input(.key(try #require(Key(spelling: key)))))
      _ = model.draw()
      #expect(source.take() < 300, "\(key)")
    }
  }

  @Test func manyUnitsScrollAndOpen() throws {
    var session = try ExplorerSession("many_units")
    session.keys("G Space k k PgUp Space t G")
    #expect(session.screen.contains("5,003 units"))
    session.command("u4000")
    #expect(session.model.location.unit == 4000)
  }
}
