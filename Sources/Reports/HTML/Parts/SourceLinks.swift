internal import Text
internal import YAML

/// Where a file of the repository is read on the web: a line of YAML at the commit that was read.
package struct SourceLinks: Sendable, Hashable {
  /// `https://github.com/contoso/posture`, without a name or a password; nil where the remote is no web address.
  let web: String?
  private let template: String?
  private let revision: String?

  /// - Parameters:
  ///   - remote: The address of the repository's remote, as git has it.
  ///   - revision: The commit that was read; nil for a working tree, of which nothing is on the web.
  ///   - template: `https://…/{revision}/{path}#L{line}`, where the host is none that is known.
  package init(remote: String?, revision: String?, template: String? = nil) {
    web = remote.flatMap(Self.web)
    self.revision = revision
    self.template = template ?? web.flatMap(Self.template)
  }

  /// `contoso/posture`; nil where there is no remote.
  var name: String? {
    web.map { $0.split(separator: "/").dropFirst(2).joined(separator: "/") }
  }

  func address(of mark: Mark) -> String? {
    guard let template, let revision, !mark.file.isEmpty else { return nil }
    return fill(template, revision: revision)
      .replacing("{path}", with: PercentEncoding.encoded(mark.file, keeping: "-._~/"))
      .replacing("{line}", with: String(mark.line))
  }

  /// Where a page is read, `reports/drift.md#…`; nil where nothing is on the web.
  func address(ofPage page: String) -> String? {
    guard let template, let revision else { return nil }
    let parts = page.split(separator: "#", maxSplits: 1)
    guard let path = parts.first else { return nil }
    // Of a template without a line's mark, what is known is the file.
    let file = fill(template, revision: revision)
      .replacing("#L{line}", with: "").replacing("#{line}", with: "")
    guard !file.contains("{line}") else { return nil }
    return file.replacing("{path}", with: PercentEncoding.encoded(path, keeping: "-._~/"))
      + (parts.count > 1 ? "#\(PercentEncoding.encoded(parts[1]))" : "")
  }

  func address(ofCommit revision: String) -> String? {
    guard let web, let host = Self.host(web) else { return nil }
    return host.contains("gitlab") ? "\(web)/-/commit/\(revision)" : "\(web)/commit/\(revision)"
  }

  private func fill(_ template: String, revision: String) -> String {
    template.replacing("{revision}", with: PercentEncoding.encoded(revision))
  }

  private static func host(_ web: String) -> String? {
    web.split(separator: "/").dropFirst().first.map(String.init)
  }

  private static func template(of web: String) -> String? {
    guard let host = host(web) else { return nil }
    if host == "github.com" || host.hasPrefix("github.") {
      return web + "/blob/{revision}/{path}#L{line}"
    }
    if host.contains("gitlab") { return web + "/-/blob/{revision}/{path}#L{line}" }
    if ["gitea", "forgejo", "codeberg"].contains(where: host.contains) {
      return web + "/src/commit/{revision}/{path}#L{line}"
    }
    return nil
  }

  /// `git@host:a/b.git`, `ssh://git@host/a/b`, `https://token@host/a/b.git` → `https://host/a/b`.
  private static func web(_ remote: String) -> String? {
    var rest = remote[...]
    if let scheme = rest.firstRange(of: "://") {
      guard ["https", "http", "ssh", "git"].contains(String(rest[..<scheme.lowerBound])) else {
        return nil
      }
      rest = rest[scheme.upperBound...]
    } else {
      // `host:path`, which is no path of this machine.
      guard let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") else { return nil }
      rest = "\(rest[..<colon])/\(rest[rest.index(after: colon)...])"
    }
    let parts = rest.split(separator: "/", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    // Who we are to the remote is nobody's business, nor is a port that is ssh's.
    let host = (parts[0].split(separator: "@").last ?? "").split(separator: ":").first ?? ""
    var path = parts[1]
    while path.hasSuffix("/") { path = path.dropLast() }
    if path.hasSuffix(".git") { path = path.dropLast(4) }
    let isPlain = { (text: Substring, marks: String) in
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || marks.utf8.contains(byte)
        }
    }
    guard isPlain(host, "-."), isPlain(path, "-._~/"), host.contains(".") else { return nil }
    return "https://\(host)/\(path)"
  }
}
