import PlainText
import TestSupport
import Testing

@Suite struct NumberFormatTests {
  @Test func groups() {
    #expect(NumberFormat.grouped(0) == "0" && NumberFormat.grouped(999) == "999")
    #expect(
      NumberFormat.grouped(1000) == "1,000" && NumberFormat.grouped(-1_234_567) == "-1,234,567")
    #expect(NumberFormat.grouped(Int.min) == "-9,223,372,036,854,775,808")
    #expect(NumberFormat.bytes(6583) == "6,583 B")
  }

  @Test func sizes() {
    #expect(NumberFormat.humanBytes(1023) == "1,023 B" && NumberFormat.humanBytes(1024) == "1 KiB")
    #expect(NumberFormat.humanBytes(6583) == "6.43 KiB")
    #expect(NumberFormat.humanBytes(1_048_575) == "1 MiB")
    #expect(NumberFormat.humanBytes(1_040_000) == "1,016 KiB")
    #expect(NumberFormat.humanBytes(UInt64.max) == "16 EiB")
    #expect(NumberFormat.bits(15) == "15 bit" && NumberFormat.bits(1864.25) == "1,864.25 bit")
  }

  @Test func percents() {
    #expect(NumberFormat.percent(0.612) == "61.2 %" && NumberFormat.percent(1) == "100.0 %")
    #expect(
      NumberFormat.percent(0.99999) == "> 99.9 %" && NumberFormat.percent(0.00001) == "< 0.1 %")
    #expect(NumberFormat.percent(0) == "0.0 %" && NumberFormat.percent(0.5, decimals: 0) == "50 %")
  }

  @Test func ratios() {
    #expect(NumberFormat.ratio(6.41) == "6.4×" && NumberFormat.ratio(6) == "6.0×")
    #expect(NumberFormat.ratio(0.417939) == "0.42×" && NumberFormat.ratio(1234.5) == "1,235×")
    #expect(NumberFormat.ratio(.infinity) == "–" && NumberFormat.ratio(42.9) == "43×")
  }

  @Test(arguments: [
    (0.0713482, "0.07135"), (1020.5, "1,021"), (1.5e-9, "1.5e-09"), (0, "0"), (-0.0, "0"),
    (9.9999, "10"), (0.00012345, "0.0001235"), (123456, "123,500"), (-2.5, "-2.5"), (.nan, "nan"),
    (.infinity, "inf"), (-.infinity, "-inf"), (1e300, "1e+300"),
    (Double.leastNonzeroMagnitude, "5e-324"),
    (0.0078125, "0.007813"),
    (999.95, "1,000"),
  ])
  func significant(value: Double, text: String) { #expect(NumberFormat.significant(value) == text) }

  @Test func fixedPoint() {
    #expect(NumberFormat.fixed(1864.255, decimals: 2) == "1,864.26")
    #expect(
      NumberFormat.fixed(0.004, decimals: 2) == "0.00"
        && NumberFormat.fixed(-0.001, decimals: 2) == "0.00")
    #expect(
      NumberFormat.fixed(0.005, decimals: 2) == "0.01"
        && NumberFormat.fixed(99.96, decimals: 1) == "100.0")
    #expect(
      NumberFormat.fixed(3, decimals: 0) == "3" && NumberFormat.fixed(0.5, decimals: 0) == "1")
    #expect(NumberFormat.fixed(1e-300, decimals: 3) == "0.000")
  }

  @Test func shortestReadsBack() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { #expect(Double(NumberFormat.shortest(value)) == value) }
      let small = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      if small.isFinite { #expect(Float(NumberFormat.shortest(small)) == small) }
    }
    #expect(NumberFormat.shortest(0.1) == "0.1" && NumberFormat.shortest(Float(0.1)) == "0.1")
    #expect(NumberFormat.shortest(3.0) == "3" && NumberFormat.shortest(1e-7) == "1e-07")
    #expect(NumberFormat.shortest(123456789012.0) == "123456789012")
  }

  @Test func durations() {
    #expect(NumberFormat.duration(seconds: 8.5e-7) == "850 ns")
    #expect(NumberFormat.duration(seconds: 0.0032) == "3.2 ms")
    #expect(NumberFormat.duration(seconds: 12.4) == "12.4 s")
    #expect(NumberFormat.duration(seconds: 185) == "3 min 05 s")
    #expect(NumberFormat.duration(seconds: 7380) == "2 h 03 min")
    #expect(NumberFormat.duration(seconds: -1) == "–" && NumberFormat.duration(seconds: 0) == "0 s")
  }
}
