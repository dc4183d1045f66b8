import Connectors
import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation

extension Scene {
  private static let library = DecodedCatalog.builtIn(diagnostics: Diagnostics())

  /// Observes `demo-one` of an app that is built in; a server on the loopback interface stands in for its hosts.
  func observe(
    _ app: String, parameters: [String: String], hosts: [String], credentials: [String: String],
    _ answer: @escaping @Sendable (VendorServer.Request) -> VendorServer.Answer
  ) async throws -> ObservationReport {
    try await VendorServer.serve { request, _ in
      answer(request)
    } _: { server in
      var options = options
      let origin = try #require(Address(server.origin))
      options.detours = Dictionary(
        hosts.map { ($0, origin) }, uniquingKeysWith: { first, _ in first })
      return await Observer.observe(
        try #require(TestConnector.instance(app: app, parameters: parameters)),
        connector: try #require(Self.library.connectors[app]),
        credentials: Credentials(
          credentials, store: try TokenStore(path: folder + "-tokens/tokens.json")),
        options: options)
    }
  }

  /// Judges what was stored, by every recommendation of the app; sorted by name.
  ///
  /// - Parameter tuned: Parameters of recommendations, by their names.
  func judge(
    _ app: String, parameters: [String: String], tuned: [String: JSONValue] = [:]
  ) throws -> [(name: String, verdict: Verdict)] {
    let list = parameters.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ", ")
    let overrides = tuned.map { name, values in
      Declare.document(
        "RecommendationOverride", "tuned-\(name)",
        "{ recommendation: \(name), parameters: \(values.compactText) }")
    }
    let instances = [
      Declare.instance("demo-one", of: app, source: "api: { parameters: { \(list) } }")
    ]
    let (state, compiled) = try Declared(
      (instances + overrides).documents, library: Self.library
    ).sound([app])
    let instance = try #require(state.instances.first)
    let reading = try Readings.open(
      instance, in: state, files: WorkingDirectory(root: folder),
      stored: ObservationStore(folder: folder), clock: Instant(secondsSince1970: 4_000_000_000))
    let evaluator = compiled.evaluator(
      for: instance, in: state, now: Instant(secondsSince1970: 1_780_000_000))
    // The evaluator is generic over the reading; the box is opened here.
    func evaluate(_ reading: some ObservationReading) -> [String: Verdict] {
      evaluator.evaluate(reading)
    }
    return evaluate(reading).sorted { $0.key < $1.key }.map { (name: $0.key, verdict: $0.value) }
  }
}
