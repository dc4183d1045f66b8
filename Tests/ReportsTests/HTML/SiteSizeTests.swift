import JSON
import Posture
import Testing

@testable import Reports

/// Fifty instances, two hundred recommendations, a thousand affected resources each: what a browser bears.
@Suite("Sizes of pages")
struct SiteSizeTests {
  /// Ten thousand results that each fail for a thousand people.
  static let story: Story = {
    let plan = Sample.quiet
    let model = plan.instances.first { $0.name == "okta-contoso-us" }!
    let failing = model.results.first { $0.name == "okta-password-minimum-length" }!
    let affected = (0..<1_000).map { number in
      Sample.affected("00u\(number)", "person.number.\(number)@contoso.example", 8)
    }
    let results = (0..<200).map { number in
      var state = failing.state
      state.name = "okta-password-minimum-length-\(number)"
      state.verdict.affected = affected
      state.verdict.settings = affected.map {
        ResourceSettings(id: $0.id, label: $0.label, values: [("minimumLength", 8)])
      }
      state.decision = Decision(
        Verdict(
          compliance: .notCompliant, counted: 1_200, compliantCount: 200, affectedCount: 1_000,
          affected: affected))
      return state
    }
    var story = Story(plan)
    story.comparison.instances = (0..<50).map { number in
      var instance = Sample.with(model, results: [])
      instance.state = Snapshot.Instance(
        name: "okta-contoso-\(number)", app: "okta", displayName: "Okta Contoso \(number)",
        recommendations: true, digest: "", observedAt: Sample.now, observationDigest: nil,
        collections: [], staleReason: nil, results: [])
      instance.results = results.map { state in
        RecommendationResult(
          state, on: instance.state, recommendation: Shared(failing.recommendation),
          parameters: [:], scores: [])
      }
      return instance
    }
    return story
  }()

  @Test("the site keeps to 100 MB, its pages to theirs")
  func site() throws {
    let site = HTMLReport.site(Self.story, options: SiteTests.options)
    let sizes = Dictionary(uniqueKeysWithValues: site.files.map { ($0.path, $0.bytes.count) })
    #expect(try #require(sizes["index.html"]) <= 300_000)
    #expect(try #require(sizes["instances/okta-contoso-7.html"]) <= 2_000_000)
    #expect(sizes.values.reduce(0, +) <= 100_000_000)
    #expect(site.maxAffected == 100)
    let table = try #require(site.files.first { $0.path == "recommendations.html" }).bytes
    #expect(table.count <= 1_000_000)
    let rows = String(decoding: table, as: UTF8.self).matches(of: /<tr id=/).count
    #expect(rows == 200)
  }

  @Test("one file keeps to its limit: it names fewer, and says so")
  func file() {
    let file = HTMLReport.file(Self.story, options: SiteTests.options)
    #expect(file.bytes.count <= HTMLReport.fileLimit)
    #expect(file.maxAffected < 100)
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(text.contains("100 were asked for: the page would have been too large."))
  }
}
