import JSON
import Observation
import Posture
import TestSupport
import Testing
import YAML

/// Judges exports of tenants as `plan` does, from the instance's YAML on.
struct ExportJudge {
  let state: DesiredState
  private let instance: Instance
  private let evaluator: Evaluator
  /// The instant that the variants of Google Workspace were judged at.
  private static let now = Instant("2026-07-20T19:43:08Z")

  init(app: String, format: String) throws {
    let declared = Declared(
      Declare.instance(
        "tenant", of: app, source: "export: { format: \(format), path: export.json }"),
      library: CatalogTests.library)
    state = declared.state
    let compiled = declared.compile([app])
    try #require(declared.diagnostics.all.map(\.description) == [])
    instance = try #require(state.instances.first)
    evaluator = compiled.evaluator(for: instance, in: state, now: try #require(Self.now))
  }

  /// The verdict of each recommendation, by name.
  func judge(_ export: [UInt8]) throws -> [String: Verdict] {
    let file = ExportFile(bytes: export)
    func evaluate(_ reading: some ObservationReading) -> [String: Verdict] {
      evaluator.evaluate(reading)
    }
    return evaluate(
      try Readings.open(
        instance, in: state, files: file, stored: nil,
        clock: Instant(secondsSince1970: 4_000_000_000)))
  }

  /// The one file that the instance names.
  private struct ExportFile: RepositoryFiles {
    let bytes: [UInt8]

    func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] { bytes }
    func open(_ path: String) throws(Fault) -> OpenFile? { nil }
  }
}
