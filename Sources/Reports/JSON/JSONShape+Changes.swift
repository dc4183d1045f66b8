internal import JSON
internal import Posture

extension JSONShape<Comparison> {
  /// The changes, their sums, and the events.
  static var changes: Self {
    let event = JSONShape<Event>([
      .value("initiative", \.initiative), .optional("metric", \.metric),
      .value("from", \.from.rounded), .value("to", \.to.rounded),
    ])
    let sums = JSONShape<ChangeSums>([
      .value("regressed", \.regressed), .value("new", \.new),
      .value("newNotCompliant", \.newNotCompliant), .value("resolved", \.resolved),
      .value("otherwiseChanged", \.otherwiseChanged), .value("settings", \.settings),
      .value("resources", \.resources), .value("control", \.control), .value("gaps", \.gaps),
    ])
    return Self([
      .object("summary", sums) { ChangeSums($0.changes) },
      .list("changes", of: .change, \.changes), .list("events", of: event, \.events),
    ])
  }

  /// The accounts and groups that are kept for emergencies; left out where none are declared.
  static var breakGlass: Self {
    let entry = JSONShape<BreakGlassEntry>([
      .value("id", \.item.id), .value("kind", \.item.kind), .value("instance", \.instance),
      .value("owner", \.item.owner), .value("reason", \.item.reason),
    ])
    return Self([.optionalList("breakGlass", of: entry) { BreakGlassEntry.of($0) }])
  }
}

extension JSONShape<Change> {
  /// Closures read a change where it stands; a key path copies it for each member.
  fileprivate static var change: Self {
    Self([
      .value("type") { $0.type }, .optional("instance") { $0.instance },
      .optional("recommendation") { $0.recommendation }, .optional("initiative") { $0.initiative },
      .optional("resource") { $0.resource }, .optional("from") { $0.from },
      .optional("to") { $0.to },
      .value("reason") { Phrases.reason(of: $0) }, .value("cause") { $0.cause },
      .optional("metric") { $0.metric }, .optional("exception") { $0.exception },
      .optional("setting") { $0.setting }, .optional("resourceId") { $0.resourceID },
      .optional("document") { $0.document }, .optional("effect") { $0.effect },
      .optional("hides") { $0.hides.map(Phrases.text) },
    ])
  }
}
