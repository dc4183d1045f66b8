package import JSON

extension Change {
  /// The kind of change, by which changes are ordered, counted and filtered.
  package var type: Kind {
    switch what {
    case .suspect: .suspect
    case .verdict(let from, let to, _): Self.kind(from: from, to: to)
    case .status: .statusChanged
    case .affected(let isJoining, _): isJoining ? .affectedAdded : .affectedRemoved
    case .affectedCount(let from, let to): to > from ? .affectedAdded : .affectedRemoved
    case .drift: .drift
    case .resource(let isJoining, _, _): isJoining ? .resourceAdded : .resourceRemoved
    case .instanceAdded: .instanceAdded
    case .instanceRemoved: .instanceRemoved
    case .recommendations(let areOn): areOn ? .recommendationsOn : .recommendationsOff
    case .source: .instanceChanged
    case .breakGlass(nil, _): .breakGlassAdded
    case .breakGlass(_, nil): .breakGlassRemoved
    case .breakGlass: .breakGlassChanged
    case .tracked: .initiativeTracked
    case .untracked: .initiativeUntracked
    case .target: .targetChanged
    case .weight: .weightChanged
    case .metric, .counted, .covered: .initiativeChanged
    case .exception(let change): Self.kind(change.what)
    case .declared(let difference): difference.type
    case .data: .dataChanged
    case .imported(nil, _, _): .importedAdded
    case .imported(_, nil, _): .importedRemoved
    case .imported: .importedChanged
    case .score: .scoreChanged
    case .stale: .observationStale
    case .restored: .observationRestored
    case .sourceStale: .observationStale
    case .sourceRestored: .observationRestored
    case .taken: .sourceChanged
    case .collection(_, let to, _): to == .complete ? .collectionRestored : .collectionIncomplete
    }
  }

  private static func kind(from: Compliance?, to: Compliance?) -> Kind {
    switch (from, to) {
    case (_, nil): .removed
    case (nil, _): .new
    case (_, .notCompliant): .regressed
    case (.notCompliant, .compliant), (.unknown, .compliant), (.notCompliant, .notApplicable):
      .resolved
    default: .complianceChanged
    }
  }

  private static func kind(_ what: ExceptionChange.What) -> Kind {
    switch what {
    case .added: .exceptionAdded
    case .changed: .exceptionChanged
    case .removed: .exceptionRemoved
    case .expired: .exceptionExpired
    case .expiringSoon: .exceptionExpiringSoon
    case .unused: .exceptionUnused
    }
  }

  /// The verdict that now stands; nil where another thing than a verdict changed, or none stands.
  package var verdict: Compliance? {
    if case .verdict(_, let to, _) = what { to } else { nil }
  }

  /// The verdict that stood; nil where another thing than a verdict changed, or none stood.
  package var earlierVerdict: Compliance? {
    if case .verdict(let from, _, _) = what { from } else { nil }
  }

  /// What was, as a value; nil where there was nothing, or nothing that is one value.
  package var from: JSONValue? { values.from }

  /// What is, as a value; nil where there is nothing any more, or nothing that is one value.
  package var to: JSONValue? { values.to }

  private var values: (from: JSONValue?, to: JSONValue?) {
    func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    func number(_ number: Int) -> JSONValue { .int(Int64(number)) }
    func list(_ names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }
    switch what {
    case .suspect, .source, .untracked, .metric, .stale, .restored, .sourceStale, .sourceRestored:
      return (nil, nil)
    case .taken(let from, let to, _): return (text(from), text(to))
    case .verdict(let from, let to, _): return (text(from?.rawValue), text(to?.rawValue))
    case .status(let from, let to, _): return (text(from?.rawValue), text(to.rawValue))
    case .affected(_, let settings): return (nil, settings)
    case .affectedCount(let from, let to): return (number(from), number(to))
    case .drift(let from, let to): return (from, to)
    case .resource(let isJoining, let settings, _):
      // Not in one expression, in which nil would be the value null.
      if isJoining { return (nil, settings) }
      return (settings, nil)
    case .instanceAdded(_, let isOn): return (nil, text(isOn ? "on" : "off"))
    case .instanceRemoved(let app): return (text(app), nil)
    case .recommendations(let areOn):
      return (text(areOn ? "off" : "on"), text(areOn ? "on" : "off"))
    case .breakGlass(let from, let to): return (text(from?.kind.rawValue), text(to?.kind.rawValue))
    case .tracked(let target): return (nil, target.map(number))
    case .target(let from, let to): return (number(from), number(to))
    case .weight(let from, let to): return (text(from.rawValue), text(to.rawValue))
    case .counted(let from, let to): return (number(from), number(to))
    case .covered(let from, let to): return (list(from), list(to))
    case .exception(let change): return (text(change.from?.rawValue), text(change.to?.rawValue))
    case .declared(let difference):
      return (
        difference.words.map { .string($0.from) } ?? difference.from,
        difference.words.map { .string($0.to) } ?? difference.to
      )
    case .data(let from, let to, _): return (text(from?.description), text(to?.description))
    case .imported(let from, let to, _):
      return (text(from?.status?.rawValue), text(to?.status?.rawValue))
    case .score(let from, let to, _): return (.double(from.rounded), .double(to.rounded))
    case .collection(let from, let to, _): return (text(from?.rawValue), text(to.rawValue))
    }
  }
}
