import Posture
import Testing
import YAML

/// A declared difference from a published verdict is shown by a test, and a published verdict needs one where it differs.
@Suite struct DifferenceTesterTests {
  static func failures(_ direction: String, _ tests: String, control: String = "A.1") throws
    -> [String]
  {
    let (_, compiled, diagnostics) = Bench.compile(
      Bench.text(
        """
        compliant: size(collections.users) > 1
        controls: [{ framework: scuba, id: \(control) }]
        differs:
          - framework: scuba
            id: A.1
            direction: \(direction)
            why: Because.
            reference: https://vendor.example/a
        tests:
        \(tests)
        """))
    try #require(!diagnostics.hasErrors, "\(diagnostics.all)")
    let recommendation = try #require(compiled.recommendations["okta"]?.first?.recommendation)
    return DifferenceTester.run(recommendation).map(\.message)
  }

  @Test("a test in which both verdicts stand")
  func shown() throws {
    #expect(
      try Self.failures("stricter", "  - notCompliant: { published: { A.1: compliant } }") == [])
    #expect(
      try Self.failures(
        "lenient",
        "  - compliant: { published: { A.1: notCompliant }, collections: { users: [{}, {}] } }")
        == [])
  }

  @Test("no test, one of the other direction, one that differs in nothing, another control")
  func missing() throws {
    let none =
      "no test shows that A.1 is judged more strictly than published: write one with 'published: { A.1: … }'"
    #expect(try Self.failures("stricter", "  - notCompliant: {}") == [none])
    #expect(
      try Self.failures("stricter", "  - notCompliant: { published: { A.1: notCompliant } }")
        == [none])
    #expect(
      try Self.failures(
        "stricter",
        "  - compliant: { published: { A.1: notCompliant }, collections: { users: [{}, {}] } }")
        == [
          none, "A.1 is published as notCompliant, and no 'differs' says why it is compliant here",
        ])
    #expect(
      try Self.failures(
        "stricter", "  - notCompliant: { published: { A.1: compliant } }", control: "A.2")
        == ["scuba A.1 is none of the recommendation's controls"])
  }
}
