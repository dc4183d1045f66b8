import Posture
import TestSupport
import Testing
import YAML

/// No verdict of the catalog takes absence for an answer.
@Suite struct AbsenceTests {
  /// Whether every recommendation is tried, as `Tests/long.sh` and `plumb test --catalog` do; otherwise one in eight.
  private static let isLong = TestEnvironment["PLUMB_LONG_TESTS"] == "1"

  /// The same recommendations in every run, whatever is added beside them.
  private static func isInSample(_ name: String) -> Bool {
    isLong || name.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) } % 8 == 0
  }

  @Test("what is absent, null, empty or mistyped passes nowhere, and lets no failure slip out")
  func catalog() async {
    let trials = await withTaskGroup(of: AbsenceTrial.self, returning: [AbsenceTrial].self) {
      group in
      for list in CatalogTests.compiled.recommendations.values {
        for item in list where Self.isInSample(item.recommendation.name) {
          group.addTask {
            let app = item.recommendation.app.value
            return AbsenceTrial(item, citations: CatalogTests.state.citations(of: app))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var count = AbsenceTrial.Count()
    for trial in trials { count += trial.count }
    let findings = trials.flatMap(\.failures).map { "\($0.mark): \($0.message)" }.sorted()
    print(
      "Absence: \(trials.count) recommendations, \(count.paths) paths and \(count.forms) forms tried, \(count.citations.count) citations used, \(findings.count) unexplained"
    )
    #expect(count.paths > (Self.isLong ? 25_000 : 3000))
    #expect(findings.count == 0, "\(findings.prefix(40).joined(separator: "\n"))")
  }

  @Test(
    "the tests of the shared definitions pass",
    arguments: CatalogTests.state.definitions.keys.sorted())
  func definitions(app: String) throws {
    let definitions = try #require(CatalogTests.state.definitions[app])
    let failures = DefinitionsTester.run(definitions, in: CatalogTests.state)
    #expect(failures.map { "\($0.mark): \($0.message)" } == [])
  }

  @Test(
    "every declared difference from a published verdict is shown by a test",
    arguments: CatalogTests.names)
  func differences(name: String) throws {
    let recommendation = try #require(CatalogTests.library.recommendations[name])
    let failures = DifferenceTester.run(recommendation)
    #expect(failures.map { "\($0.mark): \($0.message)" } == [])
  }
}
