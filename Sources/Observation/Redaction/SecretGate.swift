private import Synchronization

/// The one gate through which text passes on its way out: into files, logs, reports, commits, and onto the
/// console. It knows what must never be seen, and puts ``replacement`` in its place.
///
/// Secrets are added the moment they are known (the credentials when they are read, a token when it
/// comes, an assertion when it is signed), and count for whatever passes afterwards, on every thread.
/// A conversation has a gate of its own, for what its tenant sends back; what that one learns the
/// process's knows too, which stands before the console and the commits. What is made within a conversation passes its gate before
/// it is stored or handed on; what is said later passes the process's, which holds a secret as long as ``Holding`` says.
package final class SecretGate: Sendable {
  /// What stands in place of a secret.
  package static let replacement = "REDACTED"

  /// The process's gate, which knows every secret.
  package static let process = SecretGate()

  /// Bytes that a secret must have at least: a shorter one could not be told from other text.
  package static let shortest = SecretForms.shortest

  /// Whether secrets that are too short to be masked may be used. They may in a rehearsal, which
  /// asks only servers on this machine: there they open nothing.
  package let allowsShort: Bool

  /// How long a secret is held.
  package enum Holding: Sendable {
    /// As long as the process: what it was started with.
    case always
    /// As long as nothing else comes for the same place, and a day and an hour longer: what a file or a store keeps, and may change.
    case standing(in: String)
    /// An hour longer than it is good: what is issued anew for each conversation.
    ///
    /// - Parameter seconds: From now; nil where nobody says.
    case issued(seconds: Double?)

    /// What a field of an instance's credentials is.
    ///
    /// - Parameter isKept: Whether it came from the store of tokens, which has it beside the one that was given.
    static func field(_ field: String, of instance: String, isKept: Bool) -> Holding {
      .standing(in: "\(instance) \(field)\(isKept ? " kept" : "")")
    }
  }

  private let held = Mutex(HeldSecrets())
  private let parent: SecretGate?
  private let pace: any Pace

  /// - Parameters:
  ///   - parent: Learns what this one learns.
  ///   - pace: Whose clock says what has ended.
  package init(
    parent: SecretGate? = nil, secrets: [String] = [], allowsShort: Bool = false,
    pace: any Pace = SystemPace()
  ) {
    self.parent = parent
    self.allowsShort = allowsShort
    self.pace = pace
    add(secrets)
  }

  /// Makes secrets known, except those that are too short to be searched for.
  package func add(_ secrets: [String], _ holding: Holding = .always) {
    held.withLock { $0.add(secrets, holding, now: pace.now) }
    parent?.add(secrets, holding)
  }

  /// The text with every secret replaced, and everything that has the shape of a vendor's token;
  /// nil when there is none.
  package func masked(_ text: String) -> String? {
    Self.masked(Array(text.utf8), known, shapes: true)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// What is known by now.
  var known: SecretForms { held.withLock { $0.forms } }

  /// The text as it may be told: masked where it has to be.
  package func telling(_ text: String) -> String { masked(text) ?? text }

  /// The bytes with every known secret replaced: the last gate, for what is made of masked parts
  /// already.
  package func passing(_ bytes: [UInt8]) -> [UInt8] {
    Self.masked(bytes, known, shapes: false) ?? bytes
  }

  private static func masked(
    _ bytes: [UInt8], _ forms: SecretForms, shapes: Bool
  ) -> [UInt8]? {
    guard bytes.count >= SecretForms.shortest, shapes || !forms.isEmpty else { return nil }
    var result: [UInt8] = []
    // What is before it is in the result already.
    var kept = 0
    var index = 0
    // Whether the byte at the index is the second half of an escape such as `\n`.
    var isEscaped = false
    while index < bytes.count {
      var end = forms.end(at: index, in: bytes)
      if end == nil, shapes { end = shapeEnd(at: index, in: bytes) }
      guard let end else {
        isEscaped = bytes[index] == 0x5C && !isEscaped
        index += 1
        continue
      }
      // Half an escape would spoil the text around it.
      result += bytes[kept..<(isEscaped && index > kept ? index - 1 : index)]
      result += replacement.utf8
      index = end
      kept = end
      isEscaped = false
    }
    guard kept > 0 else { return nil }
    result += bytes[kept...]
    return result
  }

  /// Where what looks like a token ends; nil when nothing of the kind begins there.
  static func shapeEnd(at index: Int, in bytes: [UInt8]) -> Int? {
    guard TokenShape.begins[Int(bytes[index])] else { return nil }
    // A known shape begins a word.
    if index > 0, TokenShape.isWord(bytes[index - 1]) { return nil }
    for shape in TokenShape.known where bytes[index] == shape.prefix[0] {
      if let length = shape.length(at: index, in: bytes) { return index + length }
    }
    return nil
  }
}
