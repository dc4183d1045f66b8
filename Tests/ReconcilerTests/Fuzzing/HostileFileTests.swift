import Connectors
import JSON
import Posture
import Reports
import TestSupport
import Testing
import YAML

@testable import Reconciler

/// What stands in a repository, mutated: it is read, or refused with its place; what is read can be written again.
@Suite("Hostile files") struct HostileFileTests {
  @Test("a desired state, with its connector")
  func desiredStates() {
    let library = DecodedCatalog(files: [], diagnostics: Diagnostics())
    var mutator = Mutator(
      texts: World.catalog.components(of: "---\n") + World.desired.components(of: "---\n"))
    var faults = 0
    mutator.run("desired states") { bytes in
      let diagnostics = Diagnostics()
      let state = DesiredStateReader.read(
        [(path: "x.yaml", bytes: bytes)], library: library, diagnostics: diagnostics)
      _ = CompiledState(state, apps: nil, diagnostics: diagnostics)
      if !diagnostics.isEmpty { faults += 1 }
      for item in diagnostics.all { #expect(item.mark.file == "x.yaml") }
    }
    #expect(faults > Mutator.count / 10)
  }

  @Test("YAML: what is read can be written, and read again as the same")
  func yaml() {
    var mutator = Mutator(
      texts: World.desired.components(of: "---\n") + [
        "a: &a [x, 0x1F, 1e3, .inf, ~]\nb: {c: *a, ? d : |-\n  text\n}\n",
        "- >+\n  folded\n\n- 'it''s'\n",
      ])
    var taken = 0
    mutator.run("YAML") { bytes in
      let diagnostics = Diagnostics()
      let documents = YAMLParser.parse(bytes, file: "x.yaml", into: diagnostics)
      guard !diagnostics.hasErrors else { return }
      for document in documents {
        guard let value = YAMLValue(document.root, into: diagnostics) else { continue }
        taken += 1
        let written = Array(YAMLWriter().write(value).utf8)
        let again = YAMLParser.parse(written, file: "y.yaml", into: Diagnostics())
        #expect(again.first.flatMap { YAMLValue($0.root, into: Diagnostics()) } == value)
      }
    }
    #expect(taken > 20)
  }

  @Test("JSON: what is read can be written, and read again as the same")
  func json() {
    var mutator = Mutator(texts: [
      #"{"a":[1,-2.5e3,true,null,"x\n\u00e9\ud83d\ude00"],"n":18446744073709551615,"m":-9223372036854775808}"#,
      #"[[],{},[{"k":0.1}],"",1e-320]"#,
    ])
    var taken = 0
    mutator.run("JSON") { bytes in
      guard let view = try? JSONView(parsing: bytes) else { return }
      taken += 1
      let value = JSONValue(view)
      #expect((try? JSONView(parsing: value.bytes())).map { JSONValue($0) } == value)
      _ = value.normalised
      _ = YAMLValue(value)
    }
    #expect(taken > 20)
  }

  @Test(
    "recorded states: what is taken is written, read again as the same, and can be computed with")
  func states() throws {
    let world = World()
    let recorded = try world.plan()
    let whole = try recorded.recorded()
    let declared = try world.state().state
    let root = StateCodec.encode(whole).bytes()
    let instances = whole.instances.map { StateCodec.encode($0).bytes() }
    var mutator = Mutator([root] + instances)
    var taken = 0
    mutator.run("recorded states") { bytes in
      guard let view = try? JSONView(parsing: bytes) else { return }
      let value = JSONValue(view)
      if let scores = try? StateCodec.decodeScores(view, path: "state.json") {
        let all =
          scores.initiatives.flatMap { [$0.score] + $0.metrics.map(\.value) }
          + scores.instances.map(\.score)
        for (left, right) in zip(all, all.reversed()) {
          if let left, let right { _ = (left - right).description }
        }
      }
      if let (state, _) = try? StateCodec.decodeRoot(value, path: "state.json"),
        state.initiatives != whole.initiatives
      {
        var damaged = whole
        damaged.initiatives = state.initiatives
        Self.compute(whole, damaged, declared)
      }
      guard let instance = try? StateCodec.decodeInstance(value, path: "state.json") else {
        return
      }
      taken += 1
      let again = StateCodec.encode(instance)
      #expect(
        (try? StateCodec.decodeInstance(again, path: "state.json")).map {
          StateCodec.encode($0)
        } == again)
      var damaged = whole
      damaged.instances[instance.name] = instance
      // An instance that cannot be observed keeps what was recorded: it is counted and scored.
      if taken % 10 == 0 {
        var blind = world
        blind.missing["okta-eu"] = "gone"
        _ = try? blind.plan(after: damaged)
        _ = try? world.plan(after: damaged)
      }
      Self.compute(whole, damaged, declared)
    }
    #expect(taken > 50)
  }

  /// Scores, differences and pages of two recorded states, in both directions.
  private static func compute(
    _ one: Snapshot, _ other: Snapshot, _ declared: DesiredState
  ) {
    for (from, to) in [(one, other), (other, one)] {
      let report = ReportReference(
        revision: "", at: Instant(secondsSince1970: 1_780_000_000), desiredRevision: nil)
      let difference = ReportDifference(
        from: (report, from), to: (report, to), desired: declared)
      _ = ReportTree.render(
        Plan(
          difference.comparison,
          desired: DesiredReference(revision: nil, path: "desired-state", digest: ""),
          recordedRevision: nil))
    }
  }

  @Test("saved plans")
  func plans() throws {
    var mutator = Mutator([SavedPlan.bytes(of: try World().plan())])
    var taken = 0
    mutator.run("saved plans") { bytes in
      if (try? SavedPlan(bytes, path: "plan.json")) != nil { taken += 1 }
    }
    #expect(taken > 10)
  }

  @Test("times and timespans: what is taken can be written, and read again as the same")
  func times() {
    var mutator = Mutator(texts: [
      "2026-06-01T07:00:00Z", "2026-06-01T07:00:00.123456789+14:00", "9999-12-31T23:59:59Z",
      "0001-01-01T00:00:00-00:01", "2024-02-29T23:59:60Z",
    ])
    var taken = 0
    mutator.runTexts("times") { text in
      guard let instant = Instant(text) else { return }
      taken += 1
      #expect(Instant(instant.description) == instant, "\(text)")
    }
    #expect(taken > 5)
    var spans = Mutator(texts: ["90d", "36h", "45m", "3600s", "2w", "1h30m"])
    spans.runTexts("timespans") { text in
      guard let span = Timespan(text) else { return }
      #expect(Timespan(span.description) == span, "\(text)")
    }
  }
}

extension String {
  fileprivate func components(of separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
