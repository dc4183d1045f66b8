internal import Text
internal import YAML

extension NodeDecoder where Value == String {
  /// A scalar as it was written: `5.1` stays `5.1`, though YAML reads a number.
  static var written: NodeDecoder<String> {
    NodeDecoder("a string", shape: .written) { node, diagnostics in
      if let text = node.scalar, !text.isEmpty { return text }
      diagnostics.error("expected a string", at: node.mark)
      return nil
    }
  }

  /// A text without white space at either end: YAML's block scalars keep a line break.
  static var prose: NodeDecoder<String> { text.map(\.trimmed) }

  /// A path relative to the repository's root that does not leave it.
  static var repositoryPath: NodeDecoder<String> {
    string.checked { path in
      if path.isEmpty { return "this path may not be empty" }
      if path.hasPrefix("/") {
        return "'\(path)' is an absolute path; write it relative to the repository's root"
      }
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      if parts.contains("..") { return "'\(path)' leaves the repository: '..' is not allowed" }
      if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" })
      {
        return "a path has no control characters and no backslashes"
      }
      return nil
    }.described(
      shape: .pattern(
        "^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\\\]+$", "a path relative to the repository's root"))
  }
}

extension NodeDecoder where Value == Int {
  /// A length of time, in seconds.
  static var seconds: NodeDecoder<Int> { NodeDecoder<Timespan>.timespan.map(\.seconds) }
}
