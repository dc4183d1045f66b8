/// A key of a mail signer: [RFC 6376](https://www.rfc-editor.org/rfc/rfc6376), section 3.6.1.
struct DKIMRecord {
  let tags: TagList
  /// Why the key can't be used; nil when it can, or is revoked.
  let problem: String?

  /// Whether a text is a key record: it begins with `v=DKIM1`, or has no version and a key. "Records beginning with a
  /// v= tag with any other value MUST be discarded."
  static func isOne(_ text: String) -> Bool {
    let first = text.prefix { $0 != ";" }.split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard first.count == 2 else { return false }
    if first[0].trimmed == "v" { return first[1].trimmed == "DKIM1" }
    guard let tags = try? TagList(text, foldsCase: false) else { return false }
    return tags["v"] == nil && tags["p"] != nil
  }

  init(_ text: String) throws(TagList.Problem) {
    tags = try TagList(text, foldsCase: false)
    let key = tags["p"]?.filter { !$0.isWhitespace }
    if let key {
      problem = Base64.decode(key) == nil ? "the key is not base64" : nil
    } else {
      problem = "the tag 'p' is missing"
    }
  }

  /// "An empty value means that this public key has been revoked."
  var isRevoked: Bool { tags["p"] == "" }

  /// The parts of a tag that lists them between colons.
  func list(_ name: String) -> [String] {
    (tags[name] ?? "").split(separator: ":").map(\.trimmed).filter { !$0.isEmpty }
  }
}
