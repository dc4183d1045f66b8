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
  /// - Parameters:
  ///   - plan: Unfiltered: a filter changes what is shown, never what is recorded.
  ///   - kept: Files of machine state that are left out: they stay as they are recorded.
  package static func render(
    _ plan: Plan, keeping kept: Set<String> = []
  ) -> [(path: String, bytes: [UInt8])] {
    let index = PlanIndex(plan.comparison)
    var files: [String: [UInt8]] = [
      "README.md": OverviewPage.render(index),
      "drift.md": DriftPage.render(index),
      "exceptions.md": ExceptionsPage.render(plan.comparison),
      "events.md": EventsPage.render(index),
    ]
    for file in state(of: plan, keeping: kept) { files[file.path] = file.bytes }
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
  package static func state(
    of plan: Plan, keeping kept: Set<String> = []
  ) -> [(path: String, bytes: [UInt8])] {
    let snapshot = plan.snapshot
    var files = [("state.json", json(StateCodec.encode(snapshot)))]
    for instance in snapshot.instances where !kept.contains(path(of: instance.name)) {
      files.append((path(of: instance.name), json(StateCodec.encode(instance))))
    }
    for (name, score) in snapshot.imports where !kept.contains(path(of: name, score.source)) {
      files.append((path(of: name, score.source), json(StateCodec.encode(score, named: name))))
    }
    return files
  }

  /// The files of machine state that hold what they are to hold already: those of instances, and of what
  /// was imported through them, that stand as they are recorded.
  package static func kept(by plan: Plan) -> Set<String> {
    let (before, after) = (plan.before, plan.snapshot)
    let instances = after.instances.filter {
      $0 == before.instances[$0.name] && !before.incomplete.contains($0.name)
    }
    let imports = after.imports.filter { $0.value == before.imports[$0.key] }
    return Set(
      instances.map { path(of: $0.name) } + imports.map { path(of: $0.key, $0.value.source) })
  }

  private static func path(of instance: String, _ source: ImportedSource? = nil) -> String {
    "instances/\(Slug(instance).text)/\(source?.file ?? "state").json"
  }

  private static func json(_ value: JSONValue) -> [UInt8] {
    VisibleJSON.bytes(value.bytes(layout: .pretty) + [UInt8(ascii: "\n")])
  }
}
