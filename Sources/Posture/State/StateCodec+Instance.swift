package import JSON

extension StateCodec {
  /// Writes one instance's file.
  package static func encode(_ instance: Snapshot.Instance) -> JSONValue { instance.recorded }

  /// - Throws: ``ReadError`` where the value is not what is written for an instance.
  package static func decodeInstance(
    _ value: JSONView, path: String
  ) throws(ReadError) -> Snapshot.Instance {
    try Snapshot.Instance(StateReader(path: path, value: value))
  }

  /// - Throws: ``ReadError`` where the text is not what is written for an instance.
  package static func decodeInstance(
    _ text: RecordedText, path: String
  ) throws(ReadError) -> Snapshot.Instance {
    try Snapshot.Instance(StateReader(path: path, value: text.view, unread: text.lists))
  }
}

extension Snapshot.Instance: Recorded {
  static var blank: Self {
    Self(
      name: "", app: "", displayName: "", recommendations: false, digest: "", observedAt: nil,
      observationDigest: nil, collections: [], staleReason: nil, results: [])
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.document(StateCodec.instanceKind)
    members.text("name", &name)
    members.text("app", &app)
    members.text("appTitle", &appTitle)
    members.text("displayName", &displayName)
    members.texts(byName: "labels", &labels)
    members.isOn("recommendations", &recommendations)
    members.text("digest", &digest)
    members.time("observedAt", &observedAt)
    members.time("judgedAt", &judgedAt)
    members.text("observationDigest", &observationDigest)
    members.laterCount("cost", &cost)
    members.member("stale", &staleReason, write: { $0.map(StateCodec.encode) }) {
      reader throws(StateCodec.ReadError) in try reader.instanceStaleReason()
    }
    members.list("breakGlass", &breakGlass, isKept: false)
    members.list("sources", &sources, isKept: false)
    members.list("collections", &collections)
    var results = Array(self.results)
    members.list("results", &results)
    if members.isReading { self.results = ByName(results) }
  }
}

extension Instance.BreakGlass: Recorded {
  static var blank: Self { Self() }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("id", &id)
    members.word("kind", &kind)
    members.text("reason", &reason)
    members.text("owner", &owner)
  }
}

extension CollectionSummary: Recorded {
  static var blank: Self { Self(name: "", state: .failed, count: 0) }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("name", &name)
    members.word("state", &state)
    members.count("count", &count)
    members.fault(&fault, code: "code")
    members.text("source", &source)
  }
}

extension Snapshot.Source: Recorded {
  static var blank: Self { Self(name: "", observedAt: nil, digest: nil, staleReason: nil) }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("name", &name)
    members.time("observedAt", &observedAt)
    members.text("digest", &digest)
    members.member("stale", &staleReason, write: { $0.map(StateCodec.encode) }) {
      reader throws(StateCodec.ReadError) in try reader.object("stale")?.staleReason()
    }
  }
}

extension StateMembers {
  /// A fault as two members: its code, which earlier versions left out, and a `reason`.
  mutating func fault(_ fault: inout Fault?, code: String) {
    var (word, reason) = (fault?.code.rawValue, fault?.detail)
    text(code, &word)
    text("reason", &reason)
    if isReading { fault = reason.map { Fault(.init(recorded: word), $0) } }
  }
}
