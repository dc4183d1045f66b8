package import JSON

extension StateCodec {
  /// One instance's file of imported recommendations.
  package static func encode(_ score: RecordedImport, named name: String) -> JSONValue {
    var members = Members()
    members.add("apiVersion", apiVersion)
    members.add("kind", score.source.stateKind)
    members.add("name", name)
    members.add("scoredAt", score.observation.scoredAt)
    members.add("currentScore", number(score.observation.current))
    members.add("maxScore", number(score.observation.possible))
    members.add(
      "controls",
      .array(score.observation.controls.map { encode($0, score.standings[$0.id]) }))
    members.add("written", .array(score.records.map(encode)))
    return members.value
  }

  private static func number(_ points: ImportedPoints?) -> JSONValue? {
    points.map { .double($0.number) }
  }

  private static func encode(
    _ control: ImportedControl, _ standing: RecordedImport.ControlRecord?
  ) -> JSONValue {
    func optional(_ text: String) -> String? { text.isEmpty ? nil : text }
    var members = Members()
    members.add("id", control.id)
    members.add("title", control.title)
    members.add("service", optional(control.service))
    members.add("category", optional(control.category))
    members.add("tier", optional(control.tier))
    members.add("userImpact", optional(control.userImpact))
    members.add("implementationCost", optional(control.implementationCost))
    if !control.threats.isEmpty {
      members.add("threats", .array(control.threats.map(JSONValue.string)))
    }
    members.add("manage", control.manage)
    if control.isDeprecated { members.add("deprecated", .bool(true)) }
    members.add("maxScore", number(control.possible))
    members.add("score", number(control.earned))
    members.add("standing", optional(control.standing))
    members.add("compliance", standing?.compliance.rawValue)
    members.add("status", standing?.status?.rawValue)
    members.add("exception", standing?.exception)
    members.add("instance", standing?.instance)
    if control.decision != .undecided { members.add("decision", encode(control.decision)) }
    return members.value
  }

  private static func encode(_ decision: TargetState) -> JSONValue {
    var members = Members()
    members.add("state", decision.state)
    members.add("comment", decision.comment)
    members.add("by", decision.by)
    return members.value
  }

  private static func encode(_ record: Effect.Record) -> JSONValue {
    var members = Members()
    members.add("control", record.subject)
    members.add("title", record.title)
    members.add("state", record.state)
    members.add("exception", record.because)
    members.add("outcome", record.outcome.kind.rawValue)
    members.add("fault", record.outcome.fault?.code.rawValue)
    members.add("reason", record.outcome.fault?.detail)
    if let state = record.outcome.state { members.add("decision", encode(state)) }
    members.add("at", record.at)
    members.add("observation", record.observation)
    return members.value
  }

  // MARK: Reading

  /// - Throws: ``ReadError`` where the value is not what is written for this source.
  package static func decodeImport(
    _ value: JSONValue, from source: ImportedSource, path: String
  ) throws(ReadError) -> RecordedImport {
    let reader = StateReader(path: path, value: value)
    try reader.check(kind: source.stateKind)
    var observation = ImportedObservation()
    observation.scoredAt = try reader.instant("scoredAt")
    observation.current = try points("currentScore", of: reader)
    observation.possible = try points("maxScore", of: reader)
    var standings: [String: RecordedImport.ControlRecord] = [:]
    for reader in try reader.list("controls") {
      let control = try control(reader)
      observation.controls.append(control)
      standings[control.id] = RecordedImport.ControlRecord(
        compliance: try reader.choice("compliance", as: Compliance.self),
        status: try reader.optionalChoice("status", as: Status.self),
        exception: try reader.optionalString("exception"),
        instance: try reader.optionalString("instance"))
    }
    return RecordedImport(
      source: source, observation: observation, standings: standings,
      records: try reader.list("written").map { (reader) throws(ReadError) in
        try record(reader, from: source)
      })
  }

  private static func points(
    _ name: String, of reader: StateReader
  ) throws(ReadError) -> ImportedPoints? {
    guard let number = try reader.optionalDouble(name) else { return nil }
    guard let points = ImportedPoints(number) else {
      throw reader.fault(name, isNot: "a number of points")
    }
    return points
  }

  private static func control(_ reader: StateReader) throws(ReadError) -> ImportedControl {
    func text(_ name: String) throws(ReadError) -> String { try reader.optionalString(name) ?? "" }
    var control = ImportedControl(id: try reader.string("id"))
    control.title = try reader.string("title")
    control.service = try text("service")
    control.category = try text("category")
    control.tier = try text("tier")
    control.userImpact = try text("userImpact")
    control.implementationCost = try text("implementationCost")
    control.threats = try reader.strings("threats")
    control.manage = try reader.optionalString("manage")
    control.isDeprecated = try reader.optionalBool("deprecated") ?? false
    control.possible = try points("maxScore", of: reader) ?? .zero
    control.earned = try points("score", of: reader)
    control.standing = try text("standing")
    control.decision = try decision(reader) ?? .undecided
    return control
  }

  private static func decision(_ reader: StateReader) throws(ReadError) -> TargetState? {
    guard let reader = try reader.object("decision") else { return nil }
    return TargetState(
      state: try reader.string("state"), comment: try reader.string("comment"),
      by: try reader.string("by"))
  }

  private static func record(
    _ reader: StateReader, from source: ImportedSource
  ) throws(ReadError) -> Effect.Record {
    guard let at = try reader.instant("at") else { throw reader.fault("at", isNot: "a time") }
    let state = try reader.string("state")
    guard source.states.contains(state) else {
      throw reader.fault("state", isNot: "one of \(source.states.joined(separator: ", "))")
    }
    let kind = try reader.choice("outcome", as: Effect.Outcome.Kind.self)
    let code = Fault.Code(recorded: try reader.optionalString("fault"))
    // Earlier versions recorded a sentence of what was left alone too; its state says the same.
    let fault = kind == .failed ? try reader.optionalString("reason").map { Fault(code, $0) } : nil
    return Effect.Record(
      subject: try reader.string("control"), title: try reader.string("title"), state: state,
      because: try reader.optionalString("exception"),
      outcome: Effect.Outcome(kind, fault: fault, state: try decision(reader)), at: at,
      observation: try reader.optionalString("observation"))
  }
}
