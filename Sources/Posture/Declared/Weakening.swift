internal import Connectors
private import JSON

/// What a pull request weakens, all together, under the digest with which a maintainer lets it through.
package struct Weakening: Sendable, Hashable {
  /// The first 32 hexadecimal digits of a SHA-256 over what is declared, in whatever order;
  /// `--accept-less` takes it.
  package let digest: String
  /// The changes that weaken, in the order of the plan.
  package let changes: [Change]
  /// Whether somebody let just this through on the command line.
  package let isAccepted: Bool

  /// Picks the changes that weaken; nil where none does.
  ///
  /// - Parameter accepted: The digests that the command line names.
  package init?(of changes: [Change], accepted: [String]) {
    let weakened = changes.filter { $0.effect == .weakens }
    guard !weakened.isEmpty else { return nil }
    // What is declared, and not what it hides: the tenants may move while somebody thinks about it.
    let lines = weakened.map { change in
      JSONValue.array(
        [
          change.type.rawValue, change.instance, change.recommendation, change.initiative,
          change.metric, change.exception, change.document, change.resource, change.setting,
          change.contentDigest,
        ].map { $0.map(JSONValue.string) ?? .null }
      ).compactText
    }
    digest = String(Digest.sha256(lines.sorted().joined(separator: "\n")).prefix(32))
    self.changes = weakened
    isAccepted = accepted.contains(digest)
  }
}
