internal import JSON

extension Snapshot.Result: Recorded {
  static var blank: Self {
    Self(of: Verdict(compliance: .unknown), named: "")
  }

  /// A verdict alone: nothing that is declared or decided beside it.
  init(of verdict: Verdict, named name: String) {
    self.init(
      name: name, title: "", digest: "", points: 0, since: nil, verdict: verdict,
      decision: Decision(verdict))
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("recommendation", &name)
    members.text("title", &title)
    members.text("digest", &digest)
    members.text("declaration", &declaration)
    members.text("collection", &collection)
    // Points are multiplied by counts.
    members.count("points", &points, upTo: 1_000_000)
    members.word("compliance", &verdict.compliance)
    var (status, exception) = (decision.status, decision.exception)
    members.word("status", &status)
    members.text("exception", &exception)
    members.time("since", &since)
    members.word("cause", &cause)
    members.word("affectedCause", &affectedCause)
    members.member("reason", &verdict.reason, write: { $0.map(StateCodec.encode) }) {
      reader throws(StateCodec.ReadError) in try reader.reason("reason")
    }
    members.count("counted", &verdict.counted)
    members.count("compliantCount", &verdict.compliantCount)
    members.count("affectedCount", &verdict.affectedCount)
    let holding = members.tally(&verdict, holding: decision.holding)
    members.list("affected", &verdict.affectedList)
    members.values("evidence", &verdict.evidence, isKept: false)
    members.values("expected", &verdict.expected, isKept: false)
    members.texts(byName: "sources", &verdict.sources)
    members.list("settings", &verdict.settingsList)
    // Files without the member were cut by number alone.
    let settings = verdict.settingsList
    members.flag(
      "settingsAreCut", &verdict.settingsAreCut,
      absent: settings.elements.count >= Evaluator.Bounds.recorded)
    guard members.isReading else { return }
    decision = Decision(verdict, holding: holding)
    (decision.status, decision.exception) = (status, exception)
  }
}

extension AffectedResource: Recorded {
  static var blank: Self { Self(id: "", label: "", settings: .object([])) }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("id", &id)
    members.text("label", &label)
    members.member("settings", &settings, write: { $0 }) {
      reader throws(StateCodec.ReadError) in
      try reader.value(ofObject: "settings").map(JSONValue.init) ?? .object([])
    }
    members.texts(unlessEmpty: "exceptions", &exceptions)
  }
}

extension ResourceSettings: Recorded {
  static var blank: Self { Self(id: "", label: "", values: []) }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("id", &id)
    members.text("label", &label)
    var named = values.map(NamedValue.init)
    members.values("values", &named)
    if members.isReading { values = named.map { ($0.name, $0.value) } }
  }
}
