internal import JSON
package import Posture

/// The committed reports: the posture as files that people read and git compares.
///
/// Everything follows from the plan: no clock, no age, no name of a machine. The same posture gives
/// the same bytes, so that a commit shows what changed and nothing else. What tells of *changes*
/// (`drift.md`, `events.md`, the overview's "What changed") is about the commit that it is written
/// in: `apply` writes a commit only when something changed or the record is renewed, and renders every file
/// then.
package enum ReportTree {
  /// Every file, relative to the reports folder, sorted by path. A file beneath the folder that is
  /// not among them belongs to an instance or initiative that is gone.
  ///
  /// - Parameter plan: Unfiltered: a filter changes what is shown, never what is recorded.
  package static func render(_ plan: Plan) -> [(path: String, bytes: [UInt8])] {
    let index = PlanIndex(plan.comparison)
    var files: [String: [UInt8]] = [
      "README.md": OverviewPage.render(index),
      "drift.md": DriftPage.render(index),
      "exceptions.md": ExceptionsPage.render(plan.comparison),
      "events.md": EventsPage.render(index),
    ]
    for file in state(of: plan) { files[file.path] = file.bytes }
    for initiative in plan.initiatives {
      files["initiatives/\(Slug(initiative.name).text).md"] = InitiativePage.render(
        initiative, index: index)
    }
    for instance in plan.instances {
      let folder = "instances/\(Slug(instance.name).text)"
      files["\(folder)/README.md"] = InstancePage.render(
        instance, urgencies: index.urgencies, imports: plan.imports)
      files["\(folder)/settings.yaml"] = SettingsFile.render(instance)
    }
    for score in plan.imports {
      files["instances/\(Slug(score.instance).text)/\(score.source.file).md"] = ImportPage.render(
        score)
    }
    return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The machine state among the files: what the next plan is the difference to.
  package static func state(of plan: Plan) -> [(path: String, bytes: [UInt8])] {
    let snapshot = plan.snapshot
    return [("state.json", json(StateCodec.encode(snapshot)))]
      + snapshot.instances.map { instance in
        (
          "instances/\(Slug(instance.name).text)/state.json",
          json(StateCodec.encode(instance))
        )
      }
      + snapshot.imports.map { name, score in
        (
          "instances/\(Slug(name).text)/\(score.source.file).json",
          json(StateCodec.encode(score, named: name))
        )
      }
  }

  private static func json(_ value: JSONValue) -> [UInt8] {
    VisibleJSON.bytes(value.bytes(layout: .pretty) + [UInt8(ascii: "\n")])
  }
}
