internal import Connectors
internal import JSON
internal import Observation
internal import Posture

/// Verdicts of earlier runs, by all that they rest on: the bytes that were read, what judges them, and the program.
///
/// An entry is taken only when every file that the verdicts were made of still has the bytes that it had; what a manifest
/// says of them is no proof.
struct KeptAssessments: Sendable {
  private let store: AssessmentStore
  /// Whether what holds for a moment alone is kept too: where the time may come again, because somebody gave it.
  let keepsTimely: Bool

  init(beside observations: ObservationStore, keepsTimely: Bool) {
    store = AssessmentStore(beside: observations)
    self.keepsTimely = keepsTimely
  }

  /// What an entry's key is made of: the judgement, the observation's manifest, and this program.
  static func key(_ judgement: String, _ reading: any ProvenReading) -> String {
    Digest.sha256(
      [format, KeptText.program, judgement, reading.manifestDigest].joined(separator: "\n"))
  }

  /// The verdicts under a key, where their files still are what they were.
  ///
  /// - Parameter time: The time, where they rest on it: they hold for some times only.
  func verdicts(
    of instance: String, key: String, at time: Instant? = nil, _ reading: any ProvenReading
  ) -> [String: Verdict]? {
    guard let bytes = store.bytes(of: instance, key: key),
      let kept = KeptText(bytes, key: key), let list = kept.head["files"]
    else { return nil }
    let times = Self.times(in: kept.head)
    if let time, times?.contains(time) != true { return nil }
    var files: [ProvenFile] = []
    for file in list.elements {
      guard let collection = file["collection"]?.string, let sha256 = file["sha256"]?.string
      else { return nil }
      files.append(
        ProvenFile(
          collection: collection, sha256: sha256,
          stamp: file["stamp"].map { $0.elements.compactMap(\.int64) }))
    }
    guard let known = reading.proves(files), let verdicts = Self.verdicts(in: kept.text)
    else { return nil }
    if known != files { keep(verdicts, known, of: instance, key: key, for: times) }
    return verdicts
  }

  private static func times(in head: JSONView) -> ClosedRange<Instant>? {
    guard let first = head["from"]?.string.flatMap({ Instant($0) }),
      let last = head["until"]?.string.flatMap({ Instant($0) }), first <= last
    else { return nil }
    return first...last
  }

  /// Nil for what was not written here.
  private static func verdicts(in text: RecordedText) -> [String: Verdict]? {
    let verdicts = try? StateCodec.decodeVerdicts(text, member: "verdicts", path: "")
    return text.isTaken ? verdicts : nil
  }

  /// Keeps verdicts and the files that they were made of, in the layout of recorded results: the same list is the same text.
  ///
  /// - Parameter times: Those that they hold for; nil for all.
  /// - Returns: The same verdicts, with the texts of their lists where they were kept.
  @discardableResult func keep(
    _ verdicts: [String: Verdict], _ files: [ProvenFile], of instance: String, key: String,
    for times: ClosedRange<Instant>? = nil
  ) -> [String: Verdict] {
    let results = JSONValue.object([("verdicts", StateCodec.encode(verdicts))])
    // As it will be read: a number may come back as another kind of number.
    guard let text = try? RecordedText(own: results.bytes(layout: .pretty)),
      let written = Self.verdicts(in: text), written.count == verdicts.count,
      written.allSatisfy({ verdicts[$0.key]?.isRecorded(as: $0.value) == true })
    else { return verdicts }
    let list = files.map { file in
      JSONValue.object(
        [("collection", .string(file.collection)), ("sha256", .string(file.sha256))]
          + (file.stamp.map { [("stamp", .array($0.map(JSONValue.int)))] } ?? []))
    }
    var head = [("files", JSONValue.array(list))]
    if let times {
      head += [
        ("from", .string(times.lowerBound.description)),
        ("until", .string(times.upperBound.description)),
      ]
    }
    store.keep(
      KeptText.bytes(key: key, head, text, hasLists: true), of: instance, key: key)
    return verdicts.merging(written) { verdict, written in verdict.withTexts(of: written) }
  }

  private static let format = "plumb assessment 4"
}

extension Assessor {
  /// The verdict of each recommendation on an instance: kept ones where they still hold. Those that rest on the time
  /// hold until one of the comparisons with it turns, or for the moment alone where they do something else with it.
  func verdicts(
    of instance: Instance, on side: Side, _ reading: any ObservationReading
  ) -> [String: Verdict] {
    func judged(_ only: Set<String>?) -> (verdicts: [String: Verdict], times: ClosedRange<Instant>)
    {
      let evaluator = side.compiled.evaluator(for: instance, in: side.state, now: now, only: only)
      return (evaluator.evaluate(reading), evaluator.validTimes)
    }
    guard let kept, let proven = reading as? any ProvenReading else { return judged(nil).verdicts }
    let timed = side.compiled.timeReaders(for: instance, in: side.state)
    let judgement = side.compiled.assessmentDigest(of: instance, in: side.state)
    let lasting = KeptAssessments.key(judgement, proven)
    // One entry beside the other: a later time takes the place of an earlier one, and of nothing else.
    let timely = KeptAssessments.key("\(judgement)\ntimely", proven)
    func keep(
      _ verdicts: [String: Verdict], as key: String, for times: ClosedRange<Instant>? = nil
    ) -> [String: Verdict] {
      guard let files = proven.provenFiles,
        kept.keepsTimely || times.map({ $0.upperBound > now }) ?? true
      else { return verdicts }
      return kept.keep(verdicts, files, of: instance.name, key: key, for: times)
    }
    guard let known = kept.verdicts(of: instance.name, key: lasting, proven) else {
      let (verdicts, times) = judged(nil)
      if timed.isEmpty { return keep(verdicts, as: lasting) }
      let due = keep(verdicts.filter { timed.contains($0.key) }, as: timely, for: times)
      return keep(verdicts.filter { !timed.contains($0.key) }, as: lasting)
        .merging(due) { _, new in new }
    }
    if timed.isEmpty { return known }
    if let due = kept.verdicts(of: instance.name, key: timely, at: now, proven) {
      return known.merging(due) { _, new in new }
    }
    let (due, times) = judged(timed)
    return known.merging(keep(due, as: timely, for: times)) { _, new in new }
  }
}
