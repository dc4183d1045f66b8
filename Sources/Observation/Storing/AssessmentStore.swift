private import Foundation
internal import Posture

/// Where this user's assessments are kept, and what was read of records, beside the observations: by instance, each under
/// a name that tells what it was made of.
///
/// Whoever asks makes anew what cannot be read or written: nothing here is the only copy of
/// anything.
package struct AssessmentStore: Sendable {
  private let place: ObservationStore

  /// Keeps them in the folder `assessments`, next to the folder of observations.
  package init(beside observations: ObservationStore) {
    place = observations.sibling("assessments")
  }

  /// Bytes of one entry at the most.
  private static let limit = 32 << 20
  /// Entries of one instance at the most: those of a branch, of its base, and of what came before, each with what
  /// rests on the time, or what is recorded.
  private static let kept = 8

  /// The entry under a key; nil where there is none, or it cannot be read.
  package func bytes(of instance: String, key: String) -> [UInt8]? {
    guard let folder = try? place.folder(makes: false)?.folder(instance, makes: false),
      let file = try? folder.file(Self.name(key))
    else { return nil }
    return try? file.contents(limit: Self.limit)
  }

  /// Keeps an entry, and removes the oldest ones where there are too many.
  package func keep(_ bytes: [UInt8], of instance: String, key: String) {
    guard bytes.count <= Self.limit,
      let folder = try? place.folder(makes: true)?.folder(instance, makes: true)
    else { return }
    let name = Self.name(key)
    let draft = ".\(ProcessInfo.processInfo.processIdentifier).draft"
    do {
      try folder.remove(draft)
      let handle = FileHandle(fileDescriptor: try folder.makeFile(draft), closeOnDealloc: true)
      try handle.write(contentsOf: Data(bytes))
      try handle.close()
      try folder.rename(draft, to: name)
    } catch {
      try? folder.remove(draft)
      return
    }
    prune(folder, but: name)
  }

  private func prune(_ folder: OwnFolder, but newest: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard names.count > Self.kept else { return }
    let aged = names.filter { $0 != newest }.map { name in
      (name: name, changed: (try? folder.file(name))?.stamp?.numbers[3] ?? 0)
    }.sorted { ($0.changed, $0.name) > ($1.changed, $1.name) }
    for (name, _) in aged.dropFirst(Self.kept - 1) { try? folder.remove(name) }
  }

  private static func name(_ key: String) -> String { "\(key.prefix(32)).json" }
}
