internal import Crypto
private import Foundation
internal import JSON
package import Posture
internal import Synchronization
internal import Text

/// A file of an observation that was read, and what its bytes are known by.
package struct ProvenFile: Sendable, Hashable {
  /// The collection's name.
  package let collection: String
  /// SHA-256 of the bytes that were read, in hexadecimal.
  package let sha256: String
  /// The file's stamp then; nil where only its bytes count, because the file is not Plumb's own or
  /// was changed just before.
  package let stamp: [Int64]?

  package init(collection: String, sha256: String, stamp: [Int64]?) {
    self.collection = collection
    self.sha256 = sha256
    self.stamp = stamp
  }
}

/// A reading that can tell whether verdicts that were made from it earlier still hold.
package protocol ProvenReading: ObservationReading {
  /// SHA-256 over all that is known of the observation before its collections are read: the manifest, or the export
  /// as a whole.
  var manifestDigest: String { get }

  /// The files that were read so far, each as its manifest says; nil once one was not.
  var provenFiles: [ProvenFile]? { get }

  /// Checks that these files still have the same bytes, by stamp where one tells, else by digest.
  ///
  /// - Returns: The same files with their present stamps; nil when one has other bytes, or cannot
  ///   be read.
  func proves(_ files: [ProvenFile]) -> [ProvenFile]?
}

/// The files that a reading has read.
final class ProvenFiles: Sendable {
  private let state = Mutex<(files: [String: ProvenFile], isBroken: Bool)>(([:], false))

  func add(_ file: ProvenFile) { state.withLock { $0.files[file.collection] = file } }

  func fail() { state.withLock { $0.isBroken = true } }

  /// Sorted by collection.
  var all: [ProvenFile]? {
    state.withLock { state in
      state.isBroken ? nil : state.files.values.sorted { $0.collection < $1.collection }
    }
  }
}

extension ExportReading: ProvenReading {
  package var manifestDigest: String { summary.digest }

  /// An export is one file, whose digest is the manifest's.
  package var provenFiles: [ProvenFile]? { [] }

  package func proves(_ files: [ProvenFile]) -> [ProvenFile]? { files.isEmpty ? [] : nil }
}

extension RecordedReading: ProvenReading {
  package var provenFiles: [ProvenFile]? { proven.all }

  package func proves(_ files: [ProvenFile]) -> [ProvenFile]? {
    var known: [ProvenFile] = []
    for file in files {
      guard digests[file.collection] == file.sha256,
        let opened = try? self.files.open(path(of: file.collection))
      else { return nil }
      if isOwn, let stamp = file.stamp, opened.stamp?.numbers == stamp {
        known.append(file)
        continue
      }
      let before = opened.stamp
      guard let digest = Self.sha256(of: opened), digest == file.sha256 else { return nil }
      known.append(proof(file.collection, digest, opened, since: before))
    }
    return known
  }

  /// What the bytes of a file that was read are known by from now on.
  ///
  /// - Parameter before: Its stamp before the first byte was read.
  func proof(
    _ collection: String, _ digest: String, _ file: OpenFile?, since before: FileStamp?
  ) -> ProvenFile {
    let now = Int64(Date().timeIntervalSince1970 * 1_000_000_000)
    let isKnown = isOwn && before?.isSettled(at: now) == true && file?.stamp == before
    return ProvenFile(
      collection: collection, sha256: digest, stamp: isKnown ? before?.numbers : nil)
  }

  private static func sha256(of file: OpenFile) -> String? {
    var hash = SHA256()
    let handle = FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false)
    do {
      while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
        hash.update(data: bytes)
      }
    } catch {
      return nil
    }
    return Hexadecimal.text(Array(hash.finalize()))
  }
}
