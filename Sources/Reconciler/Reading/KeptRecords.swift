internal import Connectors
internal import Git
internal import Observation
internal import Posture

/// Recorded files of instances as they were read before, less the lists that were seen as well.
///
/// They are known by the name that git gives to their content: a file that somebody changed has another one. Where every
/// list is seen again, nothing of the file is read.
struct KeptRecords: Sendable {
  private let store: AssessmentStore

  init(beside observations: ObservationStore) {
    store = AssessmentStore(beside: observations)
  }

  /// The text of a file; nil where it was not kept, or a list of it is not among those that are seen.
  func text(of instance: String, _ file: ObjectID, seen: [ListText]) -> RecordedText? {
    let key = Self.key(file)
    guard let bytes = store.bytes(of: instance, key: key) else { return nil }
    let known = Dictionary(seen.map { ($0.digest, $0) }) { first, _ in first }
    return KeptText(bytes, key: key, known: known)?.text
  }

  /// Keeps the text of a file that was just read, where most of it is in lists that were left unread.
  func keep(_ text: RecordedText, of instance: String, _ file: ObjectID, bytes: Int) {
    guard text.rest.count < bytes / 2 else { return }
    let key = Self.key(file)
    store.keep(KeptText.bytes(key: key, [], text, hasLists: false), of: instance, key: key)
  }

  private static func key(_ file: ObjectID) -> String {
    Digest.sha256("plumb record 1\n\(KeptText.program)\n\(file.hex)")
  }
}
