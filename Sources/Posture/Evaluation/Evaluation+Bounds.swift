internal import CEL
package import JSON

extension Evaluation {
  /// How much one recommendation may cost on one instance, and how much of a tenant is written down: work, memory and
  /// reports do not grow with what a tenant names its users, nor with what a condition builds.
  package enum Bounds {
    /// Affected resources that are listed.
    package static let affected = 1_000
    /// Resources whose settings are recorded.
    package static let recorded = 1_000
    /// Bytes of a resource's identity.
    package static let identity = 256
    /// Bytes of a resource's label.
    package static let label = 256
    /// Bytes of one setting of one resource.
    package static let value = 4_096
    /// Bytes of one setting, piece of evidence or expected value of the instance as a whole.
    package static let fact = 65_536
    /// Bytes of a reason.
    package static let reason = 1_024
    /// Steps of all conditions of a recommendation on an instance, over all of its resources.
    package static let steps = 500_000_000
    /// Bytes that they build.
    package static let size = 4 << 30
    /// Steps of one evaluation.
    package static let evaluationSteps = 100_000_000
    /// Bytes that one evaluation builds.
    package static let evaluationSize = 64 << 20
    /// Recommendations that a desired state has of its own.
    package static let ownRecommendations = 500

    static var limits: Limits { Limits(steps: evaluationSteps, size: evaluationSize) }
    static var budget: Budget { Budget(steps: steps, size: size) }
  }
}

extension String {
  /// The text, or its beginning with its length and digest, so that two long texts stay two.
  package func bounded(to limit: Int) -> String {
    utf8.count <= limit ? self : cut(to: limit)
  }

  /// Never longer than `limit` bytes, when that leaves room for the digest.
  fileprivate func cut(to limit: Int) -> String {
    let mark = "… (\(utf8.count) bytes, sha256 \(Digest.sha256(self).prefix(32)))"
    var end = utf8.index(
      utf8.startIndex, offsetBy: min(utf8.count, max(0, limit - mark.utf8.count)))
    while String.Index(end, within: unicodeScalars) == nil { end = utf8.index(before: end) }
    return self[..<end] + mark
  }
}

extension JSONValue {
  /// The value; a long text cut, and a large list or object as a text of its beginning, with length and digest.
  package func bounded(to limit: Int) -> JSONValue {
    if case .string(let text) = self {
      return text.utf8.count <= limit ? self : .string(text.cut(to: limit))
    }
    var room = limit
    return fits(&room) ? self : .string(compactText.cut(to: 256))
  }

  /// Whether the texts and values have room; looks at no more than that.
  private func fits(_ room: inout Int) -> Bool {
    switch self {
    case .string(let text): room -= text.utf8.count + 2
    case .array(let elements):
      room -= 2
      for element in elements where !element.fits(&room) { return false }
    case .object(let members):
      room -= 2
      for (name, value) in members {
        room -= name.utf8.count + 4
        if !value.fits(&room) { return false }
      }
    default: room -= 4
    }
    return room >= 0
  }
}
