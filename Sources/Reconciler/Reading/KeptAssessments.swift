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
  /// Whether what rests on the time is kept too: where the time may come again, because somebody gave it.
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
  /// - Parameter time: The time that they were made for, where they rest on it.
  func verdicts(
    of instance: String, key: String, at time: Instant? = nil, _ reading: any ProvenReading
  ) -> [String: Verdict]? {
    guard let bytes = store.bytes(of: instance, key: key),
      let kept = KeptText(bytes, key: key), kept.head["at"]?.string == time?.description,
      let list = kept.head["files"]
    else { return nil }
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
    if known != files { keep(verdicts, known, of: instance, key: key, at: time) }
    return verdicts
  }

  /// Nil for what was not written here.
  private static func verdicts(in text: RecordedText) -> [String: Verdict]? {
    let verdicts = try? StateCodec.decodeVerdicts(text, member: "verdicts", path: "")
    return text.isTaken ? verdicts : nil
  }

  /// Keeps verdicts and the files that they were made of, in the layout of recorded results: the same list is the same text.
  ///
  /// - Returns: The same verdicts, with the texts of their lists where they were kept.
  @discardableResult func keep(
    _ verdicts: [String: Verdict], _ files: [ProvenFile], of instance: String, key: String,
    at time: Instant? = nil
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
    let head =
      (time.map { [("at", JSONValue.string($0.description))] } ?? []) + [("files", .array(list))]
    store.keep(
      KeptText.bytes(key: key, head, text, hasLists: true), of: instance, key: key)
    return verdicts.merging(written) { verdict, written in verdict.withTexts(of: written) }
  }

  private static let format = "plumb assessment 3"
}

extension Assessor {
  /// The verdict of each recommendation on an instance: kept ones where they still hold. Those that rest on the time
  /// hold for the time that they were made for, and are judged in each run where it does not come again.
  func verdicts(
    of instance: Instance, on side: Side, _ reading: any ObservationReading
  ) -> [String: Verdict] {
    func judged(_ only: Set<String>?) -> [String: Verdict] {
      side.compiled.evaluator(for: instance, in: side.state, now: now, only: only)
        .evaluate(reading)
    }
    guard let kept, let proven = reading as? any ProvenReading else { return judged(nil) }
    let timed = side.compiled.timeReaders(for: instance, in: side.state)
    let judgement = side.compiled.assessmentDigest(of: instance, in: side.state)
    let lasting = KeptAssessments.key(judgement, proven)
    // One entry beside the other: a later time takes the place of an earlier one, and of nothing else.
    let timely = KeptAssessments.key("\(judgement)\ntimely", proven)
    func keep(_ verdicts: [String: Verdict], isTimely: Bool) -> [String: Verdict] {
      let verdicts = verdicts.filter { timed.contains($0.key) == isTimely }
      guard let files = proven.provenFiles, !isTimely || kept.keepsTimely else { return verdicts }
      return kept.keep(
        verdicts, files, of: instance.name, key: isTimely ? timely : lasting,
        at: isTimely ? now : nil)
    }
    guard let known = kept.verdicts(of: instance.name, key: lasting, proven) else {
      let verdicts = judged(nil)
      let lasting = keep(verdicts, isTimely: false)
      if timed.isEmpty { return lasting }
      return lasting.merging(keep(verdicts, isTimely: true)) { _, new in new }
    }
    if timed.isEmpty { return known }
    let due =
      (kept.keepsTimely
        ? kept.verdicts(of: instance.name, key: timely, at: now, proven) : nil)
      ?? keep(judged(timed), isTimely: true)
    return known.merging(due) { _, new in new }
  }
}
