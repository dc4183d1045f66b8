/// A host that a connector declares: a name (`api.github.com`), or all names below one
/// (`*.okta.com`).
package struct HostPattern: Sendable, Hashable, CustomStringConvertible {
  /// In lower case, without the leading `*.`.
  private let name: String
  private let isWildcard: Bool

  /// - Returns: Nil when the text is neither. `*` alone, `*.com` and addresses are refused: a
  ///   wildcard covers one vendor's names.
  package init?(_ text: String) {
    isWildcard = text.hasPrefix("*.")
    name = (isWildcard ? String(text.dropFirst(2)) : text).lowercased()
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy(HostPattern.isLabel),
      labels[labels.count - 1].contains(where: \.isLetter)
    else { return nil }
  }

  /// Whether the pattern covers a host.
  ///
  /// A wildcard stands for one or more labels, never for none.
  ///
  /// - Parameter host: In lower case, without port.
  package func matches(_ host: String) -> Bool {
    isWildcard ? host.hasSuffix("." + name) : host == name
  }

  package var description: String { (isWildcard ? "*." : "") + name }

  /// A label of a host name: letters, digits, hyphens inside (RFC 1123).
  static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
      && label.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
      }
  }
}
