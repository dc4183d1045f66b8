internal import JSON
internal import Posture

extension JSONShape<Comparison> {
  /// The changes and the events.
  static var changes: Self {
    let event = JSONShape<Event>([
      .value("initiative", \.initiative), .optional("metric", \.metric),
      .value("from", \.from.rounded), .value("to", \.to.rounded),
    ])
    return Self([.list("changes", of: .change, \.changes), .list("events", of: event, \.events)])
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
