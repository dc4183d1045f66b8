package import JSON
internal import Text

/// All that a plan needs of one assessed instance: what was seen and judged of it, and why it could not be seen.
///
/// It is what is recorded of an instance before anything is decided or compared, in the same members; no resource
/// that was read is in it beyond what verdicts quote.
package struct AssessmentRecord: Sendable, Hashable {
  /// The instance's name.
  package private(set) var instance: String
  /// What counts of its observation; nil where there is none.
  package var observed: Observed?
  /// Why what is stored or named cannot be read; nil where it can.
  package var unreadable: Fault?
  /// The last failure to observe it; nil where none is known.
  package var attempt: Attempt?

  package init(instance: String) { self.instance = instance }

  /// What was read, and how it was judged.
  package struct Observed: Sendable, Hashable {
    /// What was read.
    package var summary: ObservationSummary
    /// By recommendation.
    package var verdicts: [String: Verdict]
    /// A vendor's own score; nil where the app has none.
    package var imported: Imported?
    /// What was judged once more, at the time of what is recorded; nil where nothing was.
    package var earlier: Earlier?

    package init(summary: ObservationSummary, verdicts: [String: Verdict]) {
      self.summary = summary
      self.verdicts = verdicts
    }
  }

  /// An imported score, with the source that gave it.
  package struct Imported: Sendable, Hashable {
    /// The source.
    package var source: ImportedSource
    /// What it said.
    package var observation: ImportedObservation

    package init(source: ImportedSource, observation: ImportedObservation) {
      self.source = source
      self.observation = observation
    }
  }

  /// Verdicts of the same observation at an earlier time.
  package struct Earlier: Sendable, Hashable {
    /// The time that conditions read as `now`.
    package var at: Instant
    /// By recommendation.
    package var verdicts: [String: Verdict]

    package init(at: Instant, verdicts: [String: Verdict]) {
      self.at = at
      self.verdicts = verdicts
    }
  }

  /// A failure to observe.
  package struct Attempt: Sendable, Hashable {
    /// When it was tried.
    package var at: Instant
    /// Why it failed.
    package var fault: Fault

    package init(at: Instant, fault: Fault) {
      self.at = at
      self.fault = fault
    }
  }

  /// Writes it.
  package var value: JSONValue { recorded }

  /// - Throws: ``StateCodec/ReadError`` for what ``value`` did not write.
  package init(_ value: JSONView, path: String) throws(StateCodec.ReadError) {
    try self.init(StateReader(path: path, value: value))
  }
}

private let noTime = Instant(secondsSince1970: 0)

extension AssessmentRecord: Recorded {
  static var blank: Self { Self(instance: "") }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("instance", &instance)
    members.object("observation", &observed)
    members.object("unreadable", &unreadable)
    members.object("attempt", &attempt)
  }
}

extension AssessmentRecord.Observed: Recorded {
  static var blank: Self {
    Self(
      summary: ObservationSummary(observedAt: noTime, digest: "", collections: []), verdicts: [:])
  }

  mutating func exchange(_ members: inout StateMembers) {
    var (observedAt, digest) = (summary.observedAt, summary.digest)
    var (collections, requests) = (summary.collections, summary.requests)
    members.requiredTime("observedAt", &observedAt)
    members.text("digest", &digest)
    members.laterCount("requests", &requests)
    var sources = summary.sources
    members.list("sources", &sources, isKept: false)
    members.list("collections", &collections)
    if members.isReading {
      summary = ObservationSummary(
        observedAt: observedAt, digest: digest, collections: collections, sources: sources)
      summary.requests = requests
    }
    members.verdicts("verdicts", &verdicts)
    members.object("imported", &imported)
    members.object("earlier", &earlier)
  }
}

extension SourceSummary: Recorded {
  static var blank: Self { Self(name: "", observedAt: nil, digest: nil, state: .absent) }

  private enum Word: String { case fresh, tooOld, absent, unreadable }

  mutating func exchange(_ members: inout StateMembers) {
    var (name, observedAt, digest) = (name, observedAt, digest)
    var word = Word.fresh
    var fault: Fault?
    switch state {
    case .fresh: word = .fresh
    case .tooOld: word = .tooOld
    case .absent: word = .absent
    case .unreadable(let reason): (word, fault) = (.unreadable, reason)
    }
    members.text("name", &name)
    members.time("observedAt", &observedAt)
    members.text("digest", &digest)
    members.word("state", &word)
    members.object("fault", &fault)
    guard members.isReading else { return }
    let state: State =
      switch word {
      case .fresh: .fresh
      case .tooOld: .tooOld
      case .absent: .absent
      case .unreadable: .unreadable(fault ?? .blank)
      }
    self = Self(name: name, observedAt: observedAt, digest: digest, state: state)
  }
}

extension AssessmentRecord.Earlier: Recorded {
  static var blank: Self { Self(at: noTime, verdicts: [:]) }

  mutating func exchange(_ members: inout StateMembers) {
    members.requiredTime("at", &at)
    members.verdicts("verdicts", &verdicts)
  }
}

extension AssessmentRecord.Attempt: Recorded {
  static var blank: Self { Self(at: noTime, fault: .blank) }

  mutating func exchange(_ members: inout StateMembers) {
    members.requiredTime("at", &at)
    var fault: Fault? = fault
    members.object("fault", &fault)
    self.fault = fault ?? .blank
  }
}

extension Fault: Recorded {
  static var blank: Self { Fault(.failed, "") }

  mutating func exchange(_ members: inout StateMembers) {
    var (code, detail) = (code.rawValue, detail)
    members.text("code", &code)
    members.text("detail", &detail)
    if members.isReading { self = Fault(.init(recorded: code), detail) }
  }
}

extension AssessmentRecord.Imported: Recorded {
  static var blank: Self {
    Self(source: .secureScore, observation: ImportedObservation())
  }

  mutating func exchange(_ members: inout StateMembers) {
    var name: String? = source.name
    members.text("source", &name)
    let known = ImportedSource.all.first { $0.name == name }
    members.reading { reader throws(StateCodec.ReadError) in
      if known == nil { throw reader.fault("source", isNot: "a known source") }
    }
    source = known ?? source
    var score = RecordedImport(
      source: source, observation: observation, standings: [:], records: [])
    members.member(
      "score", &score, write: { StateCodec.encode($0, named: "") },
      read: { [source] reader throws(StateCodec.ReadError) in
        guard let score = try reader.value(ofObject: "score") else {
          throw reader.fault("score", isNot: "an object")
        }
        return try StateCodec.decodeImport(score, from: source, path: reader.path)
      })
    // What is not recorded of a score, and read from an observation.
    var remediations = observation.controls.map { NamedText(name: $0.id, text: $0.remediation) }
      .filter { !$0.text.isEmpty }
    members.list("remediations", &remediations, isKept: false)
    var obstacle = observation.obstacle
    members.member("obstacle", &obstacle, write: { $0.map(StateCodec.encode) }) {
      reader throws(StateCodec.ReadError) in try reader.reason("obstacle")
    }
    guard members.isReading else { return }
    observation = score.observation
    observation.obstacle = obstacle
    let texts = Dictionary(firstOf: remediations.map { ($0.name, $0.text) })
    for place in observation.controls.indices {
      observation.controls[place].remediation = texts[observation.controls[place].id] ?? ""
    }
  }
}

private struct NamedText: Recorded {
  var name = ""
  var text = ""
  static var blank: Self { Self() }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("id", &name)
    members.text("text", &text)
  }
}

extension StateMembers {
  fileprivate mutating func requiredTime(_ name: String, _ value: inout Instant) {
    var time: Instant? = value
    self.time(name, &time)
    let read = time
    reading { reader throws(StateCodec.ReadError) in
      if read == nil { throw reader.fault(name, isNot: "a time") }
    }
    value = time ?? value
  }

  /// Verdicts as results are recorded, without what is declared or decided, in order of their names.
  fileprivate mutating func verdicts(_ name: String, _ value: inout [String: Verdict]) {
    var results = value.sorted { $0.key < $1.key }.map {
      Snapshot.Result(of: $0.value, named: $0.key)
    }
    list(name, &results)
    if isReading { value = Dictionary(firstOf: results.map { ($0.name, $0.verdict) }) }
  }
}
