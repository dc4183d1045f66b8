internal import Connectors
private import Foundation
internal import JSON
internal import Observation
internal import Posture

/// Verdicts of earlier runs, by all that they rest on: the bytes that were read, what judges them, and the program.
///
/// An entry is `SHA-256 of the rest`, a line feed, and JSON. It is taken only when every file that the verdicts were
/// made of still has the bytes that it had; what a manifest says of them is no proof.
struct KeptAssessments: Sendable {
  private let store: AssessmentStore

  init(beside observations: ObservationStore) {
    store = AssessmentStore(beside: observations)
  }

  /// What an entry's key is made of: the judgement, the observation's manifest, and this program.
  static func key(_ judgement: String, _ reading: any ProvenReading) -> String {
    Digest.sha256([format, program, judgement, reading.manifestDigest].joined(separator: "\n"))
  }

  /// The verdicts under a key, where their files still are what they were.
  ///
  /// - Parameter time: The time that they were made for, where they rest on it.
  func verdicts(
    of instance: String, key: String, at time: Instant? = nil, _ reading: any ProvenReading
  ) -> [String: Verdict]? {
    guard let bytes = store.bytes(of: instance, key: key), bytes.count > 65 else { return nil }
    let rest = Array(bytes[65...])
    guard Digest.sha256(rest) == String(decoding: bytes[..<64], as: UTF8.self),
      let view = try? JSONView(parsing: rest), view["key"]?.string == key,
      view["at"]?.string == time?.description, let list = view["files"],
      let results = view["verdicts"]
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
    guard let known = reading.proves(files),
      let verdicts = try? StateCodec.decodeVerdicts(results, path: instance)
    else { return nil }
    if known != files { keep(verdicts, known, of: instance, key: key, at: time) }
    return verdicts
  }

  /// Keeps verdicts and the files that they were made of.
  func keep(
    _ verdicts: [String: Verdict], _ files: [ProvenFile], of instance: String, key: String,
    at time: Instant? = nil
  ) {
    guard let results = StateCodec.encode(verdicts) else { return }
    let list = files.map { file in
      JSONValue.object(
        [("collection", .string(file.collection)), ("sha256", .string(file.sha256))]
          + (file.stamp.map { [("stamp", .array($0.map(JSONValue.int)))] } ?? []))
    }
    let rest = JSONValue.object(
      [("key", .string(key))] + (time.map { [("at", .string($0.description))] } ?? [])
        + [("files", .array(list)), ("verdicts", results)]
    ).bytes()
    store.keep(Array(Digest.sha256(rest).utf8) + [0x0A] + rest, of: instance, key: key)
  }

  private static let format = "plumb assessment 1"

  /// Tells this build of the program from every other: another one may judge otherwise.
  private static let program: String = {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let attributes = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
    let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return "\(path) \(attributes[.size] ?? 0) \(attributes[.systemFileNumber] ?? 0) \(changed)"
  }()
}

extension Assessor {
  /// The verdict of each recommendation on an instance: kept ones where they still hold. Those that rest on the time
  /// hold for the time that they were made for.
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
    func keep(_ verdicts: [String: Verdict], isTimely: Bool) {
      guard let files = proven.provenFiles else { return }
      kept.keep(
        verdicts.filter { timed.contains($0.key) == isTimely }, files, of: instance.name,
        key: isTimely ? timely : lasting, at: isTimely ? now : nil)
    }
    guard let known = kept.verdicts(of: instance.name, key: lasting, proven) else {
      let verdicts = judged(nil)
      keep(verdicts, isTimely: false)
      if !timed.isEmpty { keep(verdicts, isTimely: true) }
      return verdicts
    }
    if timed.isEmpty { return known }
    var due = kept.verdicts(of: instance.name, key: timely, at: now, proven)
    if due == nil {
      let judged = judged(timed)
      keep(judged, isTimely: true)
      due = judged
    }
    return known.merging(due ?? [:]) { _, new in new }
  }
}
