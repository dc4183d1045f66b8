internal import Text

/// A sender policy: [RFC 7208](https://www.rfc-editor.org/rfc/rfc7208), sections 4.5, 4.6 and 12.
struct SPFRecord: Equatable {
  struct Mechanism: Equatable {
    /// `+`, `-`, `~` or `?`; `+` where none is written.
    let qualifier: String
    /// In lower case.
    let name: String
    /// What follows the name, without the colon; a prefix length keeps its slash.
    let value: String
  }

  struct Modifier: Equatable {
    let name: String
    let value: String
  }

  var mechanisms: [Mechanism] = []
  var modifiers: [Modifier] = []

  /// Why a record is a permanent error.
  struct Problem: Error, Equatable {
    let text: String
  }

  /// Whether a text is a policy at all: "the version section is terminated by either an SP character or the end of the
  /// record", so that `v=spf10` is none.
  static func isOne(_ text: String) -> Bool {
    let head = text.prefix { $0 != " " }
    return head.lowercased() == "v=spf1"
  }

  init(_ text: String) throws(Problem) {
    for term in text.split(separator: " ").dropFirst() {
      if let modifier = Self.modifier(term) {
        guard !modifier.value.isEmpty || !["redirect", "exp"].contains(modifier.name) else {
          throw Problem(text: "'\(modifier.name)=' names no domain")
        }
        if ["redirect", "exp"].contains(modifier.name),
          modifiers.contains(where: { $0.name == modifier.name })
        {
          throw Problem(text: "'\(modifier.name)' stands twice")
        }
        modifiers.append(modifier)
      } else {
        mechanisms.append(try Self.mechanism(term))
      }
    }
  }

  /// The qualifier of `all`, empty without one. What stands behind the first is never reached.
  var all: String { mechanisms.first { $0.name == "all" }?.qualifier ?? "" }

  /// Where the policy goes on; empty without one, and beside `all`, which makes it ignored (section 6.1).
  var redirect: String {
    all.isEmpty ? modifiers.first { $0.name == "redirect" }?.value ?? "" : ""
  }

  /// The terms that ask the DNS, of which a receiver follows ten (section 4.6.4).
  var lookups: Int {
    mechanisms.filter { ["include", "a", "mx", "ptr", "exists"].contains($0.name) }.count
      + (redirect.isEmpty ? 0 : 1)
  }

  private static func modifier(_ term: Substring) -> Modifier? {
    guard let equals = term.firstIndex(of: "="), let first = term.utf8.first, first.isLetter,
      term[..<equals].utf8.allSatisfy({
        $0.isLetter || $0.isDigit || [0x2D, 0x5F, 0x2E].contains($0)
      })
    else { return nil }
    return Modifier(
      name: term[..<equals].lowercased(), value: String(term[term.index(after: equals)...]))
  }

  private static func mechanism(_ term: Substring) throws(Problem) -> Mechanism {
    var rest = term
    var qualifier = "+"
    if let first = rest.first, "+-~?".contains(first) {
      qualifier = String(first)
      rest = rest.dropFirst()
    }
    let name = rest.prefix { $0 != ":" && $0 != "/" }.lowercased()
    var value = rest.dropFirst(name.count)
    let hasColon = value.first == ":"
    if hasColon { value = value.dropFirst() }
    let isSound =
      switch name {
      case "all": rest.count == name.count
      case "include", "exists": hasColon && isDomain(value)
      case "a", "mx": isDomainWithPrefixes(value, isNamed: hasColon)
      case "ptr": hasColon ? isDomain(value) : value.isEmpty
      case "ip4": hasColon && isNetwork(value, version4: true)
      case "ip6": hasColon && isNetwork(value, version4: false)
      default: false
      }
    guard isSound else { throw Problem(text: "'\(term.prefix(60))' is no term of SPF") }
    return Mechanism(qualifier: qualifier, name: name, value: String(value))
  }

  /// Visible characters without a slash that ends a name: macros stand in percent signs and braces.
  private static func isDomain(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// `domain/24//64`, each part of which may be left out.
  private static func isDomainWithPrefixes(_ text: Substring, isNamed: Bool) -> Bool {
    let domain = text.prefix { $0 != "/" }
    guard isNamed ? isDomain(domain) : domain.isEmpty else { return false }
    var lengths = text.dropFirst(domain.count)
    if let both = lengths.range(of: "//") {
      guard isLength(lengths[both.upperBound...], most: 128) else { return false }
      lengths = lengths[..<both.lowerBound]
    }
    return lengths.isEmpty || isLength(lengths.dropFirst(), most: 32)
  }

  private static func isNetwork(_ text: Substring, version4: Bool) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = IPAddress(String(parts[0])),
      address.isVersion4 == version4
    else { return false }
    return parts.count == 1 || isLength(parts[1], most: version4 ? 32 : 128)
  }

  private static func isLength(_ text: Substring, most: Int) -> Bool {
    guard text.utf8.allSatisfy(\.isDigit), let length = Int(text) else { return false }
    return length <= most && (text == "0" || text.first != "0")
  }
}

extension Substring {
  /// The first place where a text stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
