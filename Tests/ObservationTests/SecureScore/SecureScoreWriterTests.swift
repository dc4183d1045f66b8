import Connectors
import JSON
import Posture
import SecureScore
import Synchronization
import TestSupport
import Testing
import YAML

@testable import Observation

/// Writing into Microsoft Secure Score over the built-in connector.
@Suite struct SecureScoreWriterTests {
  private static func effect(_ control: String) -> Effect {
    Effect(
      on: .imported(.secureScore, instance: "demo-one"), subject: control, title: "T",
      from: .undecided,
      to: TargetState(state: "Ignored", comment: "[plumb] exception e: Because."), because: "e")
  }

  /// What comes of effects at a target, one after the other.
  private static func outcomes(
    of effects: [Effect], at target: ObservationTarget, options: ObserverOptions
  ) async -> [Effect.Outcome] {
    let actuator = SecureScoreActuator(target, options: options)
    var outcomes: [Effect.Outcome] = []
    for effect in effects { outcomes.append(await actuator.outcome(of: effect)) }
    await actuator.close()
    return outcomes
  }

  /// Carries out one effect for each control at a server, without waiting.
  private static func carryOut(
    _ controls: [String], at server: VendorServer
  ) async throws -> [Effect.Outcome] {
    let connector = try #require(
      DecodedCatalog.builtIn(diagnostics: Diagnostics()).connectors["microsoft-365"])
    var options = ObserverOptions(store: nil)
    options.pace = TestPace()
    options.allowedHosts = [try AllowedHost(server.origin)]
    let target = ObservationTarget(
      instance: try #require(
        TestConnector.instance(
          app: "microsoft-365",
          parameters: ["tenant": "t", "graph": server.authority, "login": server.authority])),
      connector: connector,
      credentials: Credentials(["client_id": "c", "client_secret": "s-0123456789"]))
    return await outcomes(of: controls.map(effect), at: target, options: options)
  }

  private static let token = VendorServer.Answer.json(
    #"{"access_token":"t-0123456789","expires_in":3600}"#)

  private static func profile(_ state: String, _ comment: String = "") -> VendorServer.Answer {
    .json(
      #"{"id":"A","controlStateUpdates":[{"state":"\#(state)","comment":"\#(comment)"}],"vendorInformation":{"vendor":"Contoso","provider":"Score"}}"#
    )
  }

  @Test("reads the profile, then writes state, comment and the profile's own vendor")
  func writing() async throws {
    try await VendorServer.serve { request, _ in
      switch request.method {
      case "POST": Self.token
      case "PATCH": .answer(status: 204, headers: [], body: [])
      default: Self.profile("Default")
      }
    } _: { server in
      let results = try await Self.carryOut(["A/b c"], at: server)
      #expect(results.map(\.kind) == [.written])
      let asked = server.requests.filter { $0.method != "POST" }
      #expect(
        asked.map { "\($0.method) \($0.target)" } == [
          "GET /v1.0/security/secureScoreControlProfiles/A%2Fb%20c",
          "PATCH /v1.0/security/secureScoreControlProfiles/A%2Fb%20c",
        ])
      #expect(asked.allSatisfy { $0.header("authorization") == "Bearer t-0123456789" })
      let body = JSONValue(try JSONView(parsing: asked[1].body))
      #expect(body["state"] == "Ignored")
      #expect(body["vendorInformation"] == ["vendor": "Contoso", "provider": "Score"])
    }
  }

  @Test(
    "does not write what is there, nor over what somebody decided",
    arguments: [
      ("Ignored", "[plumb] exception e: Because.", Effect.Outcome.Kind.written),
      ("Ignored", "mine", .found), ("Reviewed", "mine", .leftAlone),
    ])
  func objections(
    _ state: String, _ comment: String, _ outcome: Effect.Outcome.Kind
  ) async throws {
    try await VendorServer.serve { request, _ in
      request.method == "POST" ? Self.token : Self.profile(state, comment)
    } _: { server in
      let results = try await Self.carryOut(["A"], at: server)
      #expect(results.map(\.kind) == [outcome])
      #expect(!server.requests.contains { $0.method == "PATCH" })
    }
  }

  @Test(
    "what fails is said, and the rest is written",
    arguments: [
      (500, "127.0.0.1", "answered 500, 6 times"),
      (403, "", "the credentials lack SecurityEvents.ReadWrite.All (“no”)"),
      (400, "", "answered 400 (“no”)"), (404, "", "answered 404 (“no”)"),
    ])
  func failures(_ status: Int, _ prefix: String, _ reason: String) async throws {
    try await VendorServer.serve { request, _ in
      if request.method == "POST" { return Self.token }
      guard request.method == "PATCH" else { return Self.profile("Default") }
      return request.path.hasSuffix("/A")
        ? .json(#"{"error":{"message":"no"}}"#, status: status)
        : .json(#"{"id":"B"}"#)
    } _: { server in
      let results = try await Self.carryOut(["A", "B"], at: server)
      #expect(results.map(\.kind) == [.failed, .written])
      let text = try #require(results[0].fault?.detail)
      #expect(text.hasPrefix(prefix) && text.hasSuffix(reason), "\(text)")
    }
  }

  @Test("a throttled write is tried again, as long as it is asked to wait")
  func throttling() async throws {
    let patches = Mutex(0)
    try await VendorServer.serve { request, _ in
      if request.method == "POST" { return Self.token }
      guard request.method == "PATCH" else { return Self.profile("Default") }
      return patches.withLock { count in
        count += 1
        return count == 1
          ? .json("{}", status: 429, headers: [("retry-after", "7")])
          : .answer(status: 204, headers: [], body: [])
      }
    } _: { server in
      let results = try await Self.carryOut(["A"], at: server)
      #expect(results.map(\.kind) == [.written])
      #expect(patches.withLock { $0 } == 2)
    }
  }

  @Test("without credentials nothing is asked")
  func credentials() async throws {
    let connector = try #require(
      DecodedCatalog.builtIn(diagnostics: Diagnostics()).connectors["microsoft-365"])
    let target = ObservationTarget(
      instance: try #require(
        TestConnector.instance(app: "microsoft-365", parameters: ["tenant": "t"])),
      connector: connector, credentials: Credentials([:]))
    let results = await Self.outcomes(
      of: [Self.effect("A")], at: target, options: ObserverOptions(store: nil))
    #expect(results.map(\.kind) == [.failed])
    #expect(results[0].fault?.detail.contains("no credentials for instance") == true)
  }
}
