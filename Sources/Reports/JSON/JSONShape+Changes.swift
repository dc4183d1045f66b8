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
      .object("summary", sums) { ChangeSums($0.changes, ChangeGroups($0.changes)) },
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
  fileprivate static var change: Self {
    Self([
      .value("type", \.type), .optional("instance", \.instance),
      .optional("recommendation", \.recommendation), .optional("initiative", \.initiative),
      .optional("resource", \.resource), .optional("from", \.from), .optional("to", \.to),
      .value("reason") { Phrases.reason(of: $0) }, .value("cause", \.cause),
      .optional("metric", \.metric), .optional("exception", \.exception),
      .optional("setting", \.setting), .optional("resourceId", \.resourceID),
      .optional("document", \.document), .optional("effect", \.effect),
      .optional("hides") { $0.hides.map(Phrases.text) },
    ])
  }
}
