internal import JSON

/// A recorded reason: its code and its values. Earlier versions wrote a sentence.
extension StateCodec {
  static func encode(_ reason: Reason) -> JSONValue {
    var members = Members()
    members.add("code", reason.code.rawValue)
    switch reason {
    case .incomplete(let collection, let state, let why):
      members.add("collection", collection)
      members.add("state", state.rawValue)
      members.add("why", why)
    case .notObserved(let collection): members.add("collection", collection)
    case .notDelivered(let collection, .export(let app, let title, let format)):
      members.add("collection", collection)
      members.add("app", app)
      members.add("export", title)
      members.add("format", format)
    case .notDelivered(let collection, .api(let app, let export)):
      members.add("collection", collection)
      members.add("app", app)
      members.add("export", export)
    case .notAvailable(let collection, let why, let place):
      members.add("collection", collection)
      members.add("why", why)
      members.add("place", place)
    case .unjudged(let count, let first):
      members.add("count", count)
      members.add("first", first.recorded)
    case .failed(let error, let unread):
      members.add("error", error)
      members.add("unread", encode(unread))
    case .affectedUnknown(let error): members.add("error", error)
    case .givenUp(let why): members.add("why", why)
    case .unreadable(let fault):
      members.add("why", fault.detail)
      members.add("fault", fault.code.rawValue)
    case .notScored(let source), .neverScored(let source), .selfAttested(let source):
      members.add("source", source.name)
    case .unseen(let why): members.add("stale", encode(why))
    case .sourceUnseen(let collection, let source, let why):
      members.add("collection", collection)
      members.add("from", source)
      members.add("stale", encode(why))
    case .text(let text): return .string(text)
    case .outOfScope, .nothingInScope, .everyResourceExempt, .notAssessed, .unanswered: break
    }
    return members.value
  }

  /// Nil where everything was read.
  fileprivate static func encode(_ unread: [Unread]) -> JSONValue? {
    if unread.isEmpty { return nil }
    return .array(
      unread.map { item in
        var members = Members()
        switch item {
        case .member(let name, let why):
          members.add("member", name)
          members.add("why", why)
        case .parts(let collection, let why):
          members.add("collection", collection)
          members.add("why", why)
        case .collection(let name, let state, let why):
          members.add("collection", name)
          members.add("state", state.rawValue)
          members.add("why", why)
        }
        return members.value
      })
  }
}

extension Unjudged: Recorded {
  static var blank: Self { Self(label: "", error: "") }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("label", &label)
    members.text("error", &error)
    members.member("unread", &unread, write: StateCodec.encode) {
      reader throws(StateCodec.ReadError) in try reader.unread()
    }
    // A file may say more than is ever kept.
    if members.isReading { self = Self(label: label, error: error, unread: unread) }
  }
}

extension StateReader {
  /// A reason; nil where there is none.
  func reason(_ name: String) throws(StateCodec.ReadError) -> Reason? {
    if let text = value[name]?.string { return .text(text) }
    guard let reader = try object(name) else { return nil }
    switch try reader.choice("code", as: Reason.Code.self) {
    case .incomplete:
      return .incomplete(
        collection: try reader.string("collection"),
        try reader.choice("state", as: CollectionSummary.State.self),
        why: try reader.optionalString("why"))
    case .notObserved: return .notObserved(collection: try reader.string("collection"))
    case .notDelivered:
      let (app, export) = (try reader.string("app"), try reader.string("export"))
      return .notDelivered(
        collection: try reader.string("collection"),
        try reader.optionalString("format").map { .export(app: app, title: export, format: $0) }
          ?? .api(app: app, export: export))
    case .notAvailable:
      return .notAvailable(
        collection: try reader.string("collection"), why: try reader.string("why"),
        place: try reader.string("place"))
    case .unjudged:
      guard let first = try reader.object("first") else {
        throw reader.fault("first", isNot: "an object")
      }
      return .unjudged(count: try reader.count("count"), first: try Unjudged(first))
    case .failed:
      return .failed(error: try reader.string("error"), unread: try reader.unread())
    case .outOfScope: return .outOfScope
    case .nothingInScope: return .nothingInScope
    case .everyResourceExempt: return .everyResourceExempt
    case .givenUp: return .givenUp(try reader.string("why"))
    case .affectedUnknown: return .affectedUnknown(error: try reader.string("error"))
    case .unreadable:
      return .unreadable(
        Fault(.init(recorded: try reader.optionalString("fault")), try reader.string("why")))
    case .notScored: return .notScored(try reader.importedSource())
    case .neverScored: return .neverScored(try reader.importedSource())
    case .selfAttested: return .selfAttested(try reader.importedSource())
    case .notAssessed: return .notAssessed
    case .unseen:
      // Earlier versions wrote the sentence of the instance.
      return .unseen(
        try reader.object("stale")?.staleReason() ?? .text(try reader.string("why"), nil))
    case .sourceUnseen:
      guard let stale = try reader.object("stale")?.staleReason() else {
        throw reader.fault("stale", isNot: "an object")
      }
      return .sourceUnseen(
        collection: try reader.string("collection"), source: try reader.string("from"), stale)
    case .unanswered: return .unanswered
    case .text: return .text(try reader.string("why"))
    }
  }

  private func importedSource() throws(StateCodec.ReadError) -> ImportedSource {
    let name = try string("source")
    guard let source = ImportedSource.all.first(where: { $0.name == name }) else {
      throw fault("source", isNot: "a source of imported scores")
    }
    return source
  }

  fileprivate func unread() throws(StateCodec.ReadError) -> [Unread] {
    try list("unread").map { reader throws(StateCodec.ReadError) in
      let why = try reader.optionalString("why")
      guard let name = try reader.optionalString("collection") else {
        return .member(try reader.string("member"), why: why)
      }
      let state = try reader.optionalChoice("state", as: CollectionSummary.State.self)
      return state.map { .collection(name, $0, why: why) } ?? .parts(of: name, why: why ?? "")
    }
  }
}
