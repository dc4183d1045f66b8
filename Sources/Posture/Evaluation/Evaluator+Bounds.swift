internal import CEL
internal import Connectors
package import JSON

extension Evaluator {
  /// How much one recommendation may cost on one instance, and how much of a tenant is written
  /// down: work, memory and reports do not grow with what a tenant names its users, nor with what a
  /// condition builds.
  package enum Bounds {
    /// Affected resources that are listed, of one recommendation on one instance.
    package static let affected = 1_000
    /// Resources whose settings are recorded, of one recommendation on one instance.
    package static let recorded = 1_000
    /// Bytes of a resource's identity.
    package static let identity = 256
    /// Bytes of a resource's label.
    package static let label = 256
    /// Bytes of one recorded setting of one resource.
    package static let value = 4_096
    /// Bytes of one setting, piece of evidence or expected value of the instance as a whole.
    package static let fact = 65_536
    /// Different sets of exceptions that match a recommendation's resources.
    package static let exceptionSets = 5_000
    /// Bytes of a text that a reason or a fault quotes.
    package static let reason = 1_024
    /// Bytes of a recommendation's affected resources that are listed, and of its recorded settings.
    package static let listed = 512 << 10
    /// The same of all own recommendations on an instance together, in even shares.
    package static let listedOfOwn = 64 << 20
    /// Steps of all conditions of a recommendation on an instance, over all of its resources.
    package static let steps = 500_000_000
    /// Steps of all own recommendations on an instance together, in even shares.
    package static let stepsOfOwn = 10_000_000_000
    /// Bytes that the conditions of a recommendation build.
    package static let size = 4 << 30
    /// Steps of one evaluation.
    package static let evaluationSteps = 100_000_000
    /// Bytes that one evaluation builds.
    package static let evaluationSize = 64 << 20
    /// Recommendations that a desired state has of its own.
    package static let ownRecommendations = 500

    static var limits: Limits { Limits(steps: evaluationSteps, size: evaluationSize) }
  }

  /// What one recommendation may take on one instance.
  package struct Allowance: Sendable {
    /// Steps of all of its evaluations.
    var steps = Bounds.steps
    /// Bytes of the affected that are listed, and of the settings that are recorded.
    var listed = Bounds.listed

    var budget: Budget { Budget(steps: steps, size: Bounds.size) }

    /// What a recommendation of the catalog may take.
    static let catalog = Allowance()

    /// What each of so many own recommendations may take: an even share, so that neither the order
    /// nor what another one takes decides a verdict.
    static func own(of count: Int) -> Allowance {
      Allowance(
        steps: min(Bounds.steps, Bounds.stepsOfOwn / max(1, count)),
        listed: min(Bounds.listed, Bounds.listedOfOwn / max(1, count)))
    }
  }
}

extension String {
  /// The text, or its beginning with its length and digest, so that two long texts stay two.
  ///
  /// - Parameter limit: In bytes of UTF-8.
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
  /// The value; a long text is cut, and a large list or object becomes a text: its beginning,
  /// length and digest.
  ///
  /// - Parameter limit: In bytes, about as it is written.
  package func bounded(to limit: Int) -> JSONValue {
    if case .string(let text) = self {
      return text.utf8.count <= limit ? self : .string(text.cut(to: limit))
    }
    var room = limit
    return fits(&room) ? self : .string(compactText.cut(to: 256))
  }

  /// About how many bytes it takes, written.
  package var weight: Int {
    var room = Int.max
    _ = fits(&room)
    return Int.max - room
  }

  /// Whether the texts and values have room; it looks at no more than that.
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
