internal import CGit2

/// Who did something, and when.
public struct Signature: Hashable, Sendable {
  /// The person's name.
  public var name: String
  /// The person's address; git asks for no particular form.
  public var email: String
  /// Seconds since 1970-01-01T00:00:00Z.
  public var time: Int64
  /// The writer's distance from UTC in minutes, east positive: 120 is `+0200`.
  public var offset: Int

  /// Describes who and when. Nothing is checked before it is written.
  public init(name: String, email: String, time: Int64, offset: Int = 0) {
    self.name = name
    self.email = email
    self.time = time
    self.offset = offset
  }
}

extension Signature {
  init(_ raw: UnsafePointer<git_signature>?) {
    guard let raw = raw?.pointee else {
      // A commit whose header cannot be parsed; git log shows it with an empty author too.
      self.init(name: "", email: "", time: 0)
      return
    }
    self.init(
      name: raw.name.map { String(cString: $0) } ?? "",
      email: raw.email.map { String(cString: $0) } ?? "", time: raw.when.time,
      offset: Int(raw.when.offset))
  }

  /// Makes libgit2's form; the caller frees it.
  ///
  /// - Throws: ``GitError`` with `invalidSignature` for what would not come back from a commit as it was,
  ///   or what `git fsck --strict` finds fault with.
  func makeRaw() throws(GitError) -> UnsafeMutablePointer<git_signature> {
    for (part, text) in [("name", name), ("address", email)] {
      let isBroken = text.unicodeScalars.contains {
        $0 == "<" || $0 == ">" || $0.value < 0x20 || $0.value == 0x7F
      }
      guard !isBroken, text.contains(where: { !$0.isWhitespace }) else {
        throw GitError(
          .invalidSignature,
          "the \(part) of a signature must hold some text, and no '<', '>' or control character")
      }
    }
    guard time >= 0, (-14 * 60...14 * 60).contains(offset) else {
      throw GitError(
        .invalidSignature,
        "the time of a signature must not lie before 1970, nor its offset beyond 14 hours")
    }
    var raw: UnsafeMutablePointer<git_signature>?
    let result = git_signature_new(&raw, name, email, time, Int32(offset))
    guard result >= 0, let raw else {
      throw GitError.fromLibrary(
        result, context: "making a signature", mapping: [result: .invalidSignature])
    }
    return raw
  }
}
