import Posture
import Testing
import YAML

/// The frameworks' lists and what the recommendations name of them.
@Suite("Framework lists") struct FrameworkListTests {
  private static let library = CatalogTests.library

  @Test("a control that a recommendation names stands in its framework, and so does its part")
  func named() throws {
    for recommendation in Self.library.recommendations.values {
      for control in recommendation.controls
      where !Framework.unlisted.contains(control.framework) {
        let framework = try #require(
          Self.library.frameworks[control.framework],
          "\(recommendation.name): no framework '\(control.framework)'")
        guard let listed = framework.controls.first(where: { $0.id == control.id }) else {
          Issue.record("\(recommendation.name): \(control.framework) has no \(control.id)")
          continue
        }
        if let part = control.part, !listed.parts.isEmpty {
          #expect(listed.parts.contains(part), "\(recommendation.name): \(control.id) \(part)")
        }
      }
    }
  }

  @Test("the lists are as long as the frameworks")
  func lengths() {
    let lengths = Self.library.frameworks.mapValues(\.controls.count)
    #expect(lengths["okta-stig"] == 29)
    #expect(lengths["cis-microsoft-365"] == 160)
    #expect(lengths["cis-google-workspace"] == 89)
    #expect(lengths["cis-zoom"] == 171)
    #expect(lengths["cisa-scuba"] == 129 + 138)
    for framework in Self.library.frameworks.values.sorted(by: { $0.name < $1.name }) {
      let standing = FrameworkStanding(
        framework, recommendations: Array(Self.library.recommendations.values), results: nil)
      let counts = standing.counts.map { "\($0.count) \($0.fulfilment.rawValue)" }
      print("\(framework.name): \(framework.controls.count) controls, \(counts)")
      #expect(framework.controls.allSatisfy { !$0.title.isEmpty })
    }
  }
}
