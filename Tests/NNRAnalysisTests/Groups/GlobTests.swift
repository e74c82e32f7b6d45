import NNRAnalysis
import Testing

/// Patterns of names.
@Suite struct GlobTests {
  @Test(arguments: [
    ("*", ""), ("*", "a.b/c"), ("layer?.*", "layer1.weight"), ("*.bias", "conv.bias"),
    ("a*b*c", "a--b--bc"), ("[ab]x", "bx"), ("[a-c]*", "cde"), ("[!a]*", "b"), ("[]]", "]"),
    ("a[", "a["), ("größe*", "größe.1"), ("plain", "plain"), ("**", "x"),
  ]) func fits(_ pattern: String, _ name: String) { #expect(Glob(pattern).matches(name)) }

  @Test(arguments: [
    ("", "a"), ("?", ""), ("*.bias", "conv.bias2"), ("[!a]*", "a"), ("[ab]", "c"), ("a*b", "a"),
    ("[z-a]", "m"), ("A", "a"), ("a?c", "ac"),
  ]) func fitsNot(_ pattern: String, _ name: String) { #expect(!Glob(pattern).matches(name)) }

  /// The worst there is for a matcher that tries again from every star.
  @Test func takesNoMoreThanTheProductOfTheLengths() {
    let pattern = Glob(String(repeating: "a*", count: 200) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 5000)))
  }

  @Test func patternsAreTold() {
    #expect(Glob.isPattern("a*") && Glob.isPattern("[a]") && !Glob.isPattern("a.b"))
  }
}
