private import CGit2

extension GitError {
  /// Turns a negative result of libgit2 into an error, and passes any other result on.
  ///
  /// Must be called on the thread of the failed call, before any other: libgit2 keeps its last message
  /// per thread.
  @discardableResult
  static func check(
    _ result: Int32, _ context: @autoclosure () -> String, mapping: [Int32: Code] = [:]
  ) throws(GitError) -> Int32 {
    guard result < 0 else { return result }
    throw fromLibrary(result, context: context(), mapping: mapping)
  }

  /// Describes the failure that libgit2 reported last on this thread.
  static func fromLibrary(
    _ result: Int32, context: String? = nil, mapping: [Int32: Code] = [:]
  ) -> GitError {
    var message = "libgit2 gave no reason (code \(result))"
    var family = GIT_ERROR_NONE.rawValue
    if let last = git_error_last() {
      if let text = last.pointee.message { message = withoutUserInformation(String(cString: text)) }
      family = UInt32(bitPattern: last.pointee.klass)
    }
    let code =
      mapping[result] ?? fixedCodes[result] ?? families[family] ?? .library
    return GitError(code, message, context: context)
  }

  private static let fixedCodes: [Int32: Code] = [
    GIT_EEXISTS.rawValue: .alreadyExists,
    GIT_EAMBIGUOUS.rawValue: .ambiguousRevision,
    GIT_EUNBORNBRANCH.rawValue: .emptyRepository,
    GIT_ELOCKED.rawValue: .locked,
    GIT_EAUTH.rawValue: .authentication,
    GIT_ECERTIFICATE.rawValue: .certificate,
    GIT_EMISMATCH.rawValue: .corrupt,
    GIT_EOWNER.rawValue: .dubiousOwnership,
    GIT_ENOTFOUND.rawValue: .objectNotFound,
    GIT_EDIRECTORY.rawValue: .referenceConflict,
  ]

  private static let families: [UInt32: Code] = [
    GIT_ERROR_OS.rawValue: .operatingSystem,
    GIT_ERROR_FILESYSTEM.rawValue: .operatingSystem,
    GIT_ERROR_NET.rawValue: .network,
    GIT_ERROR_HTTP.rawValue: .network,
    GIT_ERROR_SSH.rawValue: .network,
    GIT_ERROR_SSL.rawValue: .certificate,
    GIT_ERROR_ZLIB.rawValue: .corrupt,
    GIT_ERROR_OBJECT.rawValue: .corrupt,
    GIT_ERROR_ODB.rawValue: .corrupt,
  ]

  /// Cuts `user:password@` and everything from `?` or `#` on out of every URL in a text, for libgit2's
  /// messages quote URLs, and a token may stand in either.
  public static func withoutUserInformation(_ text: String) -> String {
    var pieces = text.pieces(around: "://")
    guard pieces.count > 1 else { return text }
    for index in pieces.indices.dropFirst() {
      let authorityEnd =
        pieces[index].firstIndex { "/ '\"?#".contains($0) } ?? pieces[index].endIndex
      let authority = pieces[index][..<authorityEnd]
      if let at = authority.lastIndex(of: "@") {
        pieces[index].removeSubrange(pieces[index].startIndex...at)
      }
      let piece = pieces[index]
      let end = piece.firstIndex { $0.isWhitespace || "'\"<>".contains($0) } ?? piece.endIndex
      if let query = piece[..<end].firstIndex(where: { "?#".contains($0) }) {
        pieces[index].removeSubrange(query..<end)
      }
    }
    return pieces.joined(separator: "://")
  }
}

extension String {
  /// The parts of the text between occurrences of a separator.
  func pieces(around separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    parts.append(String(rest))
    return parts
  }
}
