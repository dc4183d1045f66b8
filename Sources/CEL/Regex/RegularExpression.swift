internal import CRE2

/// A pattern of [RE2](https://github.com/google/re2/wiki/Syntax), compiled: langdef, "Regular Expressions".
///
/// Matching takes time linear in the text, whatever the pattern. Unchecked: RE2 objects are immutable and thread-safe.
final class RegularExpression: @unchecked Sendable {
  private let handle: OpaquePointer
  /// The pattern as it was written.
  let source: String
  let groupCount: Int

  /// How much memory a pattern's automata may take.
  private static let memory: Int64 = 1 << 20

  /// Compiles a pattern.
  ///
  /// - Parameter limit: How many bytes it may have.
  /// - Throws: A fault that says what is wrong.
  init(_ pattern: String, limit: Int) throws(Fault) {
    let bytes = Array(pattern.utf8)
    guard bytes.count <= limit else { throw .limit("bytes of a pattern", limit) }
    guard let handle = cre2_new(bytes, bytes.count, Self.memory) else {
      throw Fault(.limit, "out of memory")
    }
    if let reason = cre2_error(handle) {
      let message = String(cString: reason)
      cre2_free(handle)
      throw Fault(.invalidArgument, "the pattern is invalid: \(message)")
    }
    self.handle = handle
    source = pattern
    groupCount = Int(cre2_groups(handle))
  }

  deinit { cre2_free(handle) }

  /// Whether the pattern matches anywhere in the text.
  func matches(_ text: Span<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { cre2_match(handle, $0.baseAddress, $0.count, 0, nil, 0) != 0 }
  }

  /// The bytes of the first match at or behind an offset: of the whole and of each group, nil for groups that took no
  /// part.
  func firstMatch(in text: [UInt8], from start: Int) -> [Range<Int>?]? {
    var bounds = [Int](repeating: -1, count: 2 * (groupCount + 1))
    let isMatch = cre2_match(handle, text, text.count, start, &bounds, Int32(groupCount + 1)) != 0
    guard isMatch else { return nil }
    return (0...groupCount).map { group in
      bounds[2 * group] < 0 ? nil : bounds[2 * group]..<bounds[2 * group + 1]
    }
  }
}
