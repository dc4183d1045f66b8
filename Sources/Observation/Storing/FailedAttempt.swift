private import Foundation
internal import JSON
package import Posture

/// A failure to observe an instance, stored beside its last observation, so that a plan that
/// observes nothing knows it. It counts while it is later than that observation.
package struct FailedAttempt: Sendable, Hashable {
  /// When it was tried.
  package let at: Instant
  /// Why it failed.
  package let failure: Fault
  /// What was to be observed: a failure of another source says nothing of this one.
  package let origin: ObservationOrigin

  package init(at: Instant, failure: Fault, of origin: ObservationOrigin) {
    self.at = at
    self.failure = failure
    self.origin = origin
  }

  private static let kind = "FailedObservation"
  fileprivate static let limit = 1 << 16

  fileprivate static func name(_ instance: String) -> String { "\(instance).failed.json" }
  fileprivate static func draft(_ instance: String) -> String { ".\(instance).failed.draft" }

  fileprivate var bytes: [UInt8] {
    var writer = JSONWriter(layout: .pretty)
    writer.object { writer in
      writer.member("apiVersion", "plumb/v1")
      writer.member("kind", Self.kind)
      writer.member("instance", origin.instance)
      writer.member("source", origin.source)
      writer.member("attemptedAt", at.description)
      writer.member("code", failure.code.rawValue)
      writer.member("reason", failure.detail)
    }
    writer.newline()
    return writer.bytes
  }

  /// - Returns: Nil for anything but a failure to observe the origin.
  fileprivate init?(_ bytes: [UInt8], of origin: ObservationOrigin) {
    guard let view = try? JSONView(parsing: bytes), view["kind"]?.string == Self.kind,
      view["instance"]?.string == origin.instance, view["source"]?.string == origin.source,
      let at = view["attemptedAt"]?.string.flatMap(Instant.init),
      let reason = view["reason"]?.string
    else { return nil }
    self.init(
      at: at, failure: Fault(.init(recorded: view["code"]?.string), reason), of: origin)
  }
}

extension ObserverOptions {
  /// Stores that observing has just failed, so that whoever plans later without observing knows it.
  /// Where nothing can be stored, nothing is thrown: this run knows all the same.
  package func note(_ failure: Fault, of origin: ObservationOrigin) {
    try? store?.note(
      FailedAttempt(
        at: Instant(secondsSince1970: Int(pace.now)), failure: failure, of: origin))
  }
}

extension ObservationStore {
  /// Stores that an instance could not be observed, in place of an earlier failure.
  func note(_ attempt: FailedAttempt) throws(Fault) {
    let folder = try made()
    let instance = attempt.origin.instance
    let draft = FailedAttempt.draft(instance)
    try folder.remove(draft)
    let handle = FileHandle(fileDescriptor: try folder.makeFile(draft), closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(attempt.bytes))
      try handle.synchronize()
      try handle.close()
    } catch {
      throw Fault(.failed, "\(folder.path)/\(draft) cannot be written")
    }
    try folder.rename(draft, to: FailedAttempt.name(instance))
  }

  /// Forgets an earlier failure: the instance was observed.
  func forgetFailure(of instance: String) {
    try? folder(makes: false)?.remove(FailedAttempt.name(instance))
  }

  /// The last failure to observe an origin; nil where there is none, or it cannot be read.
  package func failedAttempt(of origin: ObservationOrigin) -> FailedAttempt? {
    guard let folder = try? folder(makes: false),
      let bytes = try? folder.file(FailedAttempt.name(origin.instance))?
        .contents(limit: FailedAttempt.limit)
    else { return nil }
    return FailedAttempt(bytes, of: origin)
  }
}
