internal import Posture
private import Synchronization

/// How much may be stored: of a collection, of its instance, of the whole run. What one takes, the
/// one around it takes too.
package final class StorageQuota: Sendable {
  private let scope: String
  private let limit: Int
  private let whole: StorageQuota?
  private let used = Mutex(0)

  /// - Parameters:
  ///   - scope: What it bounds, with its article: `a collection`.
  ///   - limit: Bytes.
  package init(_ scope: String, limit: Int, within whole: StorageQuota? = nil) {
    self.scope = scope
    self.limit = limit
    self.whole = whole
  }

  /// Takes bytes.
  ///
  /// - Throws: ``Fault`` that names the bound; nothing may be stored then.
  func take(_ bytes: Int) throws(Fault) {
    let isRoom = used.withLock { used in
      guard bytes <= limit - used else { return false }
      used += bytes
      return true
    }
    guard isRoom else {
      throw Fault(
        .tooLarge, "there are more than \(limit) bytes to store, the limit of \(scope)")
    }
    try whole?.take(bytes)
  }
}
