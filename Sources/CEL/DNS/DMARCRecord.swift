/// A domain's policy for mail that is not authenticated: [RFC 7489](https://www.rfc-editor.org/rfc/rfc7489), sections
/// 6.3, 6.4 and 6.6.3.
struct DMARCRecord {
  let tags: TagList
  /// `none`, `quarantine` or `reject`. A record whose `p` or `sp` can't be read acts as `none` where it names an address
  /// for reports, and as no record otherwise (section 6.6.3, step 6): `none` stands for both.
  let policy: String
  /// For subdomains: `p` unless `sp` says otherwise.
  let subdomainPolicy: String
  /// For subdomains that do not exist (RFC 9091): the subdomains' unless `np` says otherwise.
  let missingSubdomainPolicy: String
  let percentage: Int
  /// Why the policy is not what the record asks for; nil when it is.
  let problem: String?

  private static let policies = ["none", "quarantine", "reject"]

  /// Whether a text is a DMARC record: the tag `v` comes first, and its value is `DMARC1` to the letter.
  static func isOne(_ text: String) -> Bool {
    guard let equals = text.firstIndex(of: "="), text[..<equals].trimmed.lowercased() == "v" else {
      return false
    }
    return text[text.index(after: equals)...].prefix { $0 != ";" }.trimmed == "DMARC1"
  }

  init(_ text: String) throws(TagList.Problem) {
    let tags = try TagList(text, foldsCase: true)
    self.tags = tags
    func policy(_ name: String) -> String? {
      tags[name].flatMap { Self.policies.contains($0.lowercased()) ? $0.lowercased() : nil }
    }
    let asked = policy("p")
    if asked == nil {
      problem = tags["p"] == nil ? "the tag 'p' is missing" : "the tag 'p' names no policy"
    } else if tags["sp"] != nil && policy("sp") == nil {
      problem = "the tag 'sp' names no policy"
    } else {
      problem = nil
    }
    self.policy = problem == nil ? asked ?? "none" : "none"
    subdomainPolicy = problem == nil ? policy("sp") ?? self.policy : "none"
    missingSubdomainPolicy = problem == nil ? policy("np") ?? subdomainPolicy : "none"
    percentage =
      tags["pct"].flatMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
      .flatMap { (0...100).contains($0) ? $0 : nil } ?? 100
  }

  /// The addresses of a tag that lists them.
  func addresses(_ name: String) -> [String] {
    (tags[name] ?? "").split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
  }
}
