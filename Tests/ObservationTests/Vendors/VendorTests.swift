import Connectors
import Posture
import Reports
import TestSupport
import Testing

@testable import Observation

/// Vendors with their own manners: paging, errors, limits, token exchanges, texts for numbers, silent gaps.
///
/// Of each app's vendor every recommendation is seen compliant, not compliant, and unknown for something that is
/// absent, through an observation of a server, not only in the recommendation's own tests.
@Suite("Vendors on the loopback interface")
struct VendorTests {
  private static let apps = [
    "atlassian", "citrix-sharefile", "docusign", "dropbox", "netdocuments", "salesforce",
    "servicenow", "zendesk", "zoom",
  ]
  /// The time that counts as now.
  private static let now = Instant(secondsSince1970: 1_780_000_000)

  @Test("Each script is played")
  func scripts() throws {
    #expect(try VendorScript.apps() == Self.apps)
  }

  @Test("What is observed of a vendor can be judged, and is judged each way", arguments: apps)
  func judgements(app: String) async throws {
    let script = try VendorScript.read(app)
    var seen: [String: Set<Compliance>] = [:]
    var byHand: Set<String> = []
    var routes: Set<String> = []
    var asked: [String: Int] = [:]
    for (index, tenant) in script.tenants.enumerated() {
      let name = "\(app), \(tenant.name)"
      let play = try VendorPlay(script, tenant: tenant, now: Self.now)
      let scene = Scene(pace: TestPace(now: Double(Self.now.secondsSince1970)))
      defer { scene.remove() }
      let parameters = script.parameters.merging(tenant.parameters) { $1 }
      let report = try await scene.observe(
        app, parameters: parameters, hosts: script.hosts,
        credentials: tenant.credentials ?? script.credentials, play.answer(to:))
      #expect(play.faults == [], "\(name)")
      #expect(Set(play.routes.map(\.name)).count == play.routes.count, "\(name): routes' names")
      routes.formUnion(play.routes.map(\.name))
      asked.merge(play.asked) { $0 + $1 }
      #expect(report.failure?.code == tenant.fails, "\(name): \(report.failureText ?? "observed")")
      // Nothing was observed, on purpose: what is unknown then is no verdict.
      guard report.failure == nil else { continue }

      let isFirst = index == 0
      if let expected = isFirst ? [:] : tenant.incomplete {
        let states = report.collections.map { ($0.name, $0.state) }.filter { $0.1 != .complete }
        #expect(Dictionary(uniqueKeysWithValues: states) == expected, "\(name)")
      }
      var expected = tenant.expect
      for (recommendation, verdict) in try scene.judge(
        app, parameters: parameters, tuned: tenant.tuned)
      {
        let reason = verdict.reason.map(Phrases.text) ?? ""
        if let compliance = expected.removeValue(forKey: recommendation) {
          #expect(verdict.compliance == compliance, "\(name): \(recommendation): \(reason)")
        }
        switch verdict.reason {
        case .notDelivered, .notAvailable:
          byHand.insert(recommendation)
          continue
        default: break
        }
        seen[recommendation, default: []].insert(verdict.compliance)
        if isFirst {
          #expect(verdict.compliance != .unknown, "\(name): \(recommendation): \(reason)")
        }
      }
      #expect(expected.isEmpty, "\(name): no such recommendations")
    }

    #expect(routes.subtracting(asked.keys) == [], "\(app): routes that nothing asks for")
    var counts: [String] = []
    for state in [Compliance.compliant, .notCompliant, .unknown] {
      let lacking = Set(seen.filter { !$0.value.contains(state) }.keys)
      let excused = Set(script.unseen.filter { $0.state == state }.map(\.recommendation))
      #expect(lacking == excused, "\(app): never seen \(state.rawValue), and declared so")
      counts.append("\(seen.count - lacking.count) \(state.rawValue)")
    }
    // The manners that a vendor is for.
    let answers = script.routes.flatMap(\.before) + script.routes.map(\.answer)
    #expect(answers.contains { $0.status >= 400 }, "\(app): no limit, no token that runs out")
    #expect(
      script.tenants.contains { $0.incomplete?.values.contains(.denied) == true },
      "\(app): nothing is denied")
    print(
      "\(app): of \(seen.count) recommendations \(counts.joined(separator: ", "))"
        + (byHand.isEmpty ? "" : "; \(byHand.subtracting(seen.keys).count) on no API")
        + "; \(routes.count) routes, \(asked.values.reduce(0, +)) requests, "
        + "\(script.tenants.count) tenants")
  }
}
