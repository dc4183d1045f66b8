package import JSON
internal import Text

extension StateCodec {
  /// Writes one instance's file of imported recommendations.
  package static func encode(_ score: RecordedImport, named name: String) -> JSONValue {
    var file = ImportFile(name: name, score: score)
    var members = StateMembers()
    file.exchange(&members)
    return members.value
  }

  /// Reads such a file.
  ///
  /// - Throws: ``ReadError`` where the value is not what ``encode(_:named:)`` writes for this
  ///   source.
  package static func decodeImport(
    _ value: JSONView, from source: ImportedSource, path: String
  ) throws(ReadError) -> RecordedImport {
    var file = ImportFile(
      name: "",
      score: RecordedImport(
        source: source, observation: ImportedObservation(), standings: [:], records: []))
    var members = StateMembers(StateReader(path: path, value: value))
    file.exchange(&members)
    if let fault = members.fault { throw fault }
    return file.score
  }
}

private struct ImportFile {
  var name: String
  var score: RecordedImport

  mutating func exchange(_ members: inout StateMembers) {
    members.document(score.source.stateKind)
    members.derived("name", .string(name))
    members.time("scoredAt", &score.observation.scoredAt)
    members.points("currentScore", &score.observation.current)
    members.points("maxScore", &score.observation.possible)
    var controls = score.observation.controls.map {
      ControlRow(control: $0, standing: score.standings[$0.id] ?? ControlRow.blank.standing)
    }
    members.list("controls", &controls)
    members.list("written", &score.records)
    guard members.isReading else { return }
    score.observation.controls = controls.map(\.control)
    score.standings = Dictionary(firstOf: controls.map { ($0.control.id, $0.standing) })
    members.reading { [score] reader throws(StateCodec.ReadError) in
      let states = score.source.states
      for (place, record) in score.records.enumerated() where !states.contains(record.state) {
        throw reader.fault(
          "written[\(place)].state", isNot: "one of \(states.joined(separator: ", "))")
      }
    }
  }
}

/// What a vendor says of a control, and how it stands.
private struct ControlRow: Recorded {
  var control: ImportedControl
  var standing: RecordedImport.ControlRecord

  static var blank: Self {
    Self(
      control: ImportedControl(id: ""),
      standing: RecordedImport.ControlRecord(compliance: .unknown, status: nil, exception: nil))
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("id", &control.id)
    members.text("title", &control.title)
    members.text(unlessEmpty: "service", &control.service)
    members.text(unlessEmpty: "category", &control.category)
    members.text(unlessEmpty: "tier", &control.tier)
    members.text(unlessEmpty: "userImpact", &control.userImpact)
    members.text(unlessEmpty: "implementationCost", &control.implementationCost)
    members.texts(unlessEmpty: "threats", &control.threats)
    members.text("manage", &control.manage)
    members.flag("deprecated", &control.isDeprecated)
    var possible: ImportedPoints? = control.possible
    members.points("maxScore", &possible)
    control.possible = possible ?? .zero
    members.points("score", &control.earned)
    members.text(unlessEmpty: "standing", &control.standing)
    members.word("compliance", &standing.compliance)
    members.word("status", &standing.status)
    members.text("exception", &standing.exception)
    members.text("instance", &standing.instance)
    var decision = control.decision == .undecided ? nil : Optional(control.decision)
    members.object("decision", &decision)
    control.decision = decision ?? .undecided
  }
}

extension TargetState: Recorded {
  static var blank: Self { .undecided }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("state", &state)
    members.text("comment", &comment)
    members.text("by", &by)
  }
}

extension Effect.Record: Recorded {
  static var blank: Self {
    Self(
      subject: "", title: "", state: "", because: nil, outcome: Effect.Outcome(.failed),
      at: Instant(secondsSince1970: 0), observation: nil)
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("control", &subject)
    members.text("title", &title)
    members.text("state", &state)
    members.text("exception", &because)
    members.word("outcome", &outcome.kind)
    members.fault(&outcome.fault, code: "fault")
    // Earlier versions recorded a sentence of what was left alone too; its state says the same.
    if outcome.kind != .failed { outcome.fault = nil }
    members.object("decision", &outcome.state)
    var time: Instant? = at
    members.time("at", &time)
    members.reading { [time] reader throws(StateCodec.ReadError) in
      if time == nil { throw reader.fault("at", isNot: "a time") }
    }
    at = time ?? at
    members.text("observation", &observation)
  }
}

extension StateMembers {
  fileprivate mutating func points(_ name: String, _ value: inout ImportedPoints?) {
    member(name, &value, write: { $0.map { .double($0.number) } }) {
      reader throws(StateCodec.ReadError) in
      guard let number = try reader.optionalDouble(name) else { return nil }
      guard let points = ImportedPoints(number) else {
        throw reader.fault(name, isNot: "a number of points")
      }
      return points
    }
  }
}
