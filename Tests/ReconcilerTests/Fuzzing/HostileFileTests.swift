import JSON
import Posture
import Reconciler
import Reports
import TestSupport
import Testing
import YAML

/// What stands in a repository, mutated: it is read, or refused with its place; what is read can be written again.
@Suite("Hostile files") struct HostileFileTests {
  @Test("a desired state, with its connector")
  func desiredStates() {
    let library = Library(files: [], diagnostics: Diagnostics())
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

  @Test("recorded states: what is taken is written, and read again as the same")
  func states() throws {
    let recorded = try World().plan()
    let root = StateCodec.encode(recorded).bytes()
    let instances = recorded.instances.map {
      StateCodec.encode(RecordedInstance($0), named: $0.name).bytes()
    }
    var mutator = Mutator([root] + instances)
    var taken = 0
    mutator.run("recorded states") { bytes in
      guard let view = try? JSONView(parsing: bytes) else { return }
      let value = JSONValue(view)
      _ = try? StateCodec.decodeRoot(value, path: "state.json")
      guard let (name, instance) = try? StateCodec.decodeInstance(value, path: "state.json") else {
        return
      }
      taken += 1
      let again = StateCodec.encode(instance, named: name)
      #expect(
        (try? StateCodec.decodeInstance(again, path: "state.json")).map {
          StateCodec.encode($0.instance, named: $0.name)
        } == again)
    }
    #expect(taken > 50)
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
