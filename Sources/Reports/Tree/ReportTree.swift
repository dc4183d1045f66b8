internal import JSON
package import Posture
internal import Text

/// The committed reports: the posture as files that people read and git compares.
///
/// Everything follows from the plan and from what was recorded before it: no clock, no age, no name of
/// a machine. What tells of *changes* (`drift.md`, `events.md`, the overview's "What changed"), and the
/// scores of the days before, are about the commit that they are written in: `apply` writes a commit only
/// when something changed or the record is renewed, and renders every file then. So days that pass
/// make no commit.
package enum ReportTree {
  /// What the pages tell beside the plan.
  package struct Background: Sendable {
    /// The scores of the days before, with those of the plan as the last; nil where none were read.
    package var history: ScoreHistory?
    /// The frameworks of which the plan's recommendations decide a control.
    package var frameworks: [FrameworkStanding] = []

    /// Nothing beside the plan.
    package init() {}
  }

  /// Every file, relative to the reports folder, sorted by path. A file beneath the folder that is
  /// not among them belongs to an instance or initiative that is gone.
  ///
  /// - Parameters:
  ///   - plan: Unfiltered: a filter changes what is shown, never what is recorded.
  ///   - background: What is told beside it.
  ///   - kept: Files of machine state that are left out: they stay as they are recorded.
  ///   - cores: How many cores share the pages out; the bytes do not depend on it.
  package static func render(
    _ plan: Plan, background: Background = Background(), keeping kept: Set<String> = [],
    cores: Int = 1
  ) -> [(path: String, bytes: [UInt8])] {
    let context = TreeContext(plan.comparison, background: background)
    var files: [String: [UInt8]] = [:]
    func add(_ page: TreePage, _ bytes: [UInt8]) { files[page.path] = bytes }
    add(.overview, OverviewPage.render(context))
    add(.drift, DriftPage.render(context))
    add(.exceptions, ExceptionsPage.render(context))
    add(.events, EventsPage.render(context))
    add(.recommendations, RecommendationsPage.render(context))
    for file in state(of: plan, keeping: kept, cores: cores) { files[file.path] = file.bytes }
    for initiative in plan.initiatives {
      add(.initiative(initiative.name), InitiativePage.render(initiative, in: context))
    }
    let pages = plan.instances.sharedOut(over: cores, least: fewest) { own in
      own.map { (InstancePage($0, in: context).render(), SettingsFile.render($0)) }
    }
    for (instance, page) in zip(plan.instances, pages) {
      add(.instance(instance.name), page.0)
      files["instances/\(Slug(instance.name).text)/settings.yaml"] = page.1
    }
    let views = context.byRecommendation.map { $0 }
    let viewed = views.sharedOut(over: cores) { own in
      own.map { RecommendationPage.render($0.key, $0.value, in: context) }
    }
    for ((name, _), page) in zip(views, viewed) { add(.recommendation(name), page) }
    for standing in background.frameworks {
      add(.framework(standing.framework.name), FrameworkPage.render(standing, in: context))
    }
    for score in plan.imports {
      files["instances/\(Slug(score.instance).text)/\(score.source.file).md"] = ImportPage.render(
        score)
    }
    return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The machine state among the files: what the next plan is the difference to.
  package static func state(
    of plan: Plan, keeping kept: Set<String> = [], cores: Int = 1
  ) -> [(path: String, bytes: [UInt8])] {
    let snapshot = plan.snapshot
    var files = [("state.json", json(StateCodec.encode(snapshot)))]
    files += snapshot.instances.filter { !kept.contains(path(of: $0.name)) }
      .sharedOut(over: cores, least: fewest) { own in
        own.map { (path(of: $0.name), json(StateCodec.encode($0))) }
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

  /// Instances that are worth a core of their own.
  private static let fewest = 16

  private static func path(of instance: String, _ source: ImportedSource? = nil) -> String {
    "instances/\(Slug(instance).text)/\(source?.file ?? "state").json"
  }

  private static func json(_ value: JSONValue) -> [UInt8] {
    VisibleJSON.bytes(value.bytes(layout: .pretty) + [UInt8(ascii: "\n")])
  }
}
