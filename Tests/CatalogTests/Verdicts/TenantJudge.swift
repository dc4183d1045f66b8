import Connectors
import JSON
import Posture
import TestSupport
import Testing
import YAML

/// Judges tenants of an app that a test writes down, as `plan` judges stored observations.
struct TenantJudge {
  private let evaluator: Evaluator
  private let collections: [String]

  init(app: String, now: Instant) throws {
    let declared = Declared(
      Declare.instance("tenant", of: app, source: "recorded: { path: observations/tenant }"),
      library: CatalogTests.library)
    let state = declared.state
    let compiled = declared.compile([app])
    try #require(declared.diagnostics.all.map(\.description) == [])
    let instance = try #require(state.instances.first)
    evaluator = compiled.evaluator(for: instance, in: state, now: now)
    collections = try #require(state.connectors[app]).collections.filter { $0.notAvailable == nil }
      .map(\.name)
  }

  /// The verdict of each recommendation, by name; collections that are not given are empty.
  func judge(_ given: [String: [JSONValue]]) throws -> [String: Verdict] {
    #expect(Set(given.keys).isSubset(of: collections))
    return evaluator.evaluate(
      MemoryReading(
        collections.map { ($0, given[$0] ?? []) }, observedAt: Instant(secondsSince1970: 0)))
  }
}
