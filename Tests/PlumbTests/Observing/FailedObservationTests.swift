import Foundation
import Synchronization
import TestSupport
import Testing

/// What an observation that failed does to the run, to the report, and to those who plan later.
@Suite("Failed observations")
struct FailedObservationTests {
  /// What a vendor does that keeps Plumb from observing, and how that is told.
  enum Trouble: String, CaseIterable, Sendable {
    case refused = "refusedCredentials"
    case denied, throttled
    case quota = "quotaSpent"
    case failed = "malformed"

    func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
      switch self {
      case .refused: .json(#"{"message":"Bad credentials"}"#, status: 401)
      case .denied: .json(#"{"message":"Not yours"}"#, status: 403)
      case .throttled: .json("{}", status: 429, headers: [("retry-after", "0")])
      case .quota: .json("{}", status: 429, headers: [("retry-after", "86400")])
      case .failed: .answer(status: 200, headers: [("content-type", "text/html")], body: [])
      }
    }

    /// What the report says of it.
    var words: String {
      switch self {
      case .refused: "refused: the credentials are not accepted (“Bad credentials”)"
      case .denied: "denied: the credentials lack "
      case .throttled: "throttled: "
      case .quota: "quota: "
      case .failed: "answered text/html instead of JSON"
      }
    }
  }

  private struct Bench {
    let company: LiveCompany
    let server: VendorServer

    init(_ server: VendorServer, _ other: VendorServer) throws {
      self.server = server
      var company = try LiveCompany(
        LiveCompany.instance(at: server.authority)
          + LiveCompany.instance("acme-us", at: other.authority))
      company.environment["PLUMB_ACME_US_TOKEN"] = "another-token-0123456789"
      self.company = company
    }

    func page(_ instance: String = "acme-eu") throws -> String {
      try company.scratch.git("show", "plumb/reports:reports/instances/\(instance)/README.md")
    }
  }

  @Test(
    "apply records the others, says why in the report and ends with 1; a later plan knows it",
    arguments: Trouble.allCases)
  func failure(trouble: Trouble) async throws {
    let isTroubled = Mutex(false)
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: 1)
    } _: { other in
      try await VendorServer.serve { request, _ in
        isTroubled.withLock { $0 } ? trouble.answer(request) : LiveCompany.answer(request)
      } _: { server in
        let bench = try Bench(server, other)
        let company = bench.company
        let first = try company.plumb(["apply"], at: [server, other])
        #expect(first.status == 0, "\(first.error)")
        let good = try #require(company.scratch.read("\(company.store())/acme-eu/observation.json"))

        isTroubled.withLock { $0 = true }
        let observed = try company.plumb(["observe", "acme-eu"], at: [server, other])
        #expect(observed.status == 1)
        // Both grow old, by half of maxAge: both are to be observed again, and one can be.
        let time = PastTime.ago(hours: 13)
        try company.age("acme-eu", to: time)
        try company.age("acme-us", to: time)
        let aged = try company.scratch.read("\(company.store())/acme-eu/observation.json")
        let applied = try company.plumb(["apply"], at: [server, other])
        #expect(applied.status == 1)
        #expect(applied.error.contains("acme-eu: not observed: "))
        #expect(applied.error.contains(trouble.words), "\(applied.error)")
        #expect(applied.error.contains("acme-us: 3 of 3 collections"))
        #expect(applied.error.contains("Recorded on plumb/reports as "))
        #expect(applied.output.contains("not observed now: "))
        // What was observed before stands, byte for byte, and so do its verdicts.
        #expect(company.scratch.read("\(try company.store())/acme-eu/observation.json") == aged)
        #expect(good.contains(#""state": "complete""#))
        let page = try bench.page()
        #expect(page.contains("not observed now: "))
        #expect(page.contains(trouble.words.prefix(8)), "\(page)")
        let state = try company.scratch.git(
          "show", "plumb/reports:reports/instances/acme-eu/state.json")
        #expect(state.contains(#""code": "\#(trouble.rawValue)""#))
        #expect(state.contains(#""compliance": "compliant""#))

        // It asks nobody, and knows.
        let asked = server.requests.count
        let later = try company.plumb(["plan", "--no-refresh"])
        #expect(later.status == 0, "\(later.error)")
        #expect(later.output.contains(trouble.words))
        #expect(server.requests.count == asked)
        // And so does a machine that has only the branch.
        let elsewhere = try company.plumb(["plan", "--no-refresh", "--store", "../other/store"])
        #expect(elsewhere.output.contains(trouble.words), "\(elsewhere.output)\(elsewhere.error)")
        #expect(elsewhere.output.contains("No changes."))
        // The same trouble the next night is no news.
        let again = try company.plumb(["apply"], at: [server, other])
        #expect(again.status == 1)
        #expect(!again.error.contains("Recorded on"), "\(again.error)")
        #expect(
          try company.plumb(["apply", "--allow-unobserved"], at: [server, other]).status == 0)

        isTroubled.withLock { $0 = false }
        let healed = try company.plumb(["apply"], at: [server, other])
        #expect(healed.status == 0, "\(healed.error)")
        #expect(healed.output.contains("the instance is observed again"))
        #expect(try !bench.page().contains("not observed now"))
      }
    }
  }

  @Test("one that is partly read, or of which only what is known without asking is there, is none")
  func nothingWhole() async throws {
    let isTroubled = Mutex(false)
    try await VendorServer.serve { request, _ in
      guard isTroubled.withLock({ $0 }) else { return LiveCompany.answer(request) }
      // The first page of each, and never the second.
      return request.query["page"] == nil
        ? .json(
          #"[{"id":"u0","mfa":true,"idle":15}]"#,
          headers: [("link", "<\(request.path)?page=2>; rel=\"next\"")])
        : .json("{}", status: 404)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      try company.scratch.commit([
        "desired-state/acme.yaml": LiveCompany.connector.replacing(
          "grantsHeader: x-grants\n  collections:\n",
          with: "grantsHeader: x-grants\n  collections:\n    known: { identity: id, fixed: [] }\n")
      ])
      #expect(try company.plumb(["apply"], at: [server]).status == 0)
      try company.age(to: PastTime.ago(hours: 13))
      let stored = try company.scratch.read("\(company.store())/acme-eu/observation.json")
      isTroubled.withLock { $0 = true }
      let run = try company.plumb(["apply"], at: [server])
      #expect(run.status == 1)
      #expect(run.error.contains("acme-eu: not observed: "), "\(run.error)")
      #expect(company.scratch.read("\(try company.store())/acme-eu/observation.json") == stored)
    }
  }

  @Test("credentials that were never there are an error too, and record no verdict")
  func neverObserved() async throws {
    try await VendorServer.serve { _, _ in
      .json(#"{"message":"Bad credentials"}"#, status: 401)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      let run = try company.plumb(["apply", "--format", "json"], at: [server])
      #expect(run.status == 1)
      #expect(run.output.contains(#""failure": "refusedCredentials""#))
      #expect(run.output.contains("refused: the credentials are not accepted"))
    }
  }

  @Test("with a base, what fails on both sides is told, and is no error; what fails on one is")
  func base() async throws {
    let isTroubled = Mutex(false)
    try await VendorServer.serve { request, _ in
      isTroubled.withLock { $0 }
        ? .json(#"{"message":"Bad credentials"}"#, status: 401) : LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority, isOn: true))
      #expect(try company.plumb(["apply"], at: [server]).status == 0)
      try company.scratch.git("checkout", "--quiet", "-b", "change")
      try company.scratch.commit(["README.md": "Nothing.\n"])
      isTroubled.withLock { $0 = true }
      try company.age(to: PastTime.ago(hours: 13))
      let both = try company.plumb(["plan", "--base", "main"], at: [server])
      #expect(both.status == 0, "\(both.output)\(both.error)")
      #expect(both.error.contains("acme-eu: not observed: refused: "))

      try company.scratch.git("checkout", "--quiet", "main")
      try company.scratch.commit([
        "desired-state/instances.yaml": LiveCompany.instance(at: server.authority, isOn: false)
      ])
      try company.scratch.git("checkout", "--quiet", "change")
      let one = try company.plumb(["plan", "--base", "main"], at: [server])
      #expect(one.status == 1, "\(one.output)\(one.error)")
    }
  }
}

/// Times before now, as observations write them.
enum PastTime {
  static func ago(hours: Int) -> String {
    Date(timeIntervalSinceNow: -3_600 * Double(hours)).ISO8601Format()
  }
}
