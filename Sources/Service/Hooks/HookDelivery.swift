#if Service
internal import Hummingbird

/// What a git host sends with a hook beside the body: who it is, what proves it, and what happened.
struct HookDelivery: Sendable, Equatable {
  let host: Host
  /// What proves it.
  let proof: Proof
  /// What happened, as the host calls it: `push`; empty where it does not say.
  let event: String
  /// What tells this delivery from others; nil where the host says nothing. Nothing signs it.
  let id: String?

  /// Who sends hooks.
  enum Host: String, Sendable { case github, gitea, gitlab, bitbucket }

  enum Proof: Sendable, Equatable {
    /// The HMAC-SHA256 of the body, as hexadecimal digits.
    case code(String)
    /// The secret itself.
    case token(String)
  }

  /// Reads the header fields; nil where nothing proves the delivery, or a field that counts stands there twice.
  ///
  /// The names are the hosts' own:
  /// [GitHub](https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers),
  /// [Gitea](https://docs.gitea.com/usage/webhooks), [Forgejo](https://forgejo.org/docs/latest/user/webhooks/),
  /// [GitLab](https://docs.gitlab.com/user/project/integrations/webhooks/),
  /// [Bitbucket](https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/).
  init?(_ headers: HTTPFields) {
    func one(_ name: String) -> String? {
      let values = headers.filter { $0.name.canonicalName == name.lowercased() }.map(\.value)
      return values.count == 1 ? values[0] : nil
    }
    // Gitea and Forgejo send GitHub's names too: their own are looked for first. What proves nothing under one name is not
    // looked for under another.
    if let code = one("X-Gitea-Signature") ?? one("X-Forgejo-Signature") {
      host = .gitea
      proof = .code(code)
      event = one("X-Gitea-Event") ?? one("X-Forgejo-Event") ?? ""
      id = one("X-Gitea-Delivery") ?? one("X-Forgejo-Delivery")
    } else if let code = one("X-Hub-Signature-256") {
      host = .github
      proof = .code(Self.digits(code))
      event = one("X-GitHub-Event") ?? ""
      id = one("X-GitHub-Delivery")
    } else if let token = one("X-Gitlab-Token") {
      host = .gitlab
      proof = .token(token)
      event = one("X-Gitlab-Event") ?? ""
      id = one("Idempotency-Key") ?? one("X-Gitlab-Event-UUID")
    } else if let code = one("X-Hub-Signature") {
      host = .bitbucket
      proof = .code(Self.digits(code))
      event = one("X-Event-Key") ?? ""
      id = one("X-Request-UUID") ?? one("X-Request-Id")
    } else {
      return nil
    }
  }

  /// `sha256=…` without its head; nothing of another method.
  private static func digits(_ code: String) -> String {
    code.hasPrefix("sha256=") ? String(code.dropFirst("sha256=".count)) : ""
  }

  /// Whether the secret proves the body.
  func isProven(by secret: HookSecret, body: [UInt8]) -> Bool {
    switch proof {
    case .code(let code): secret.signs(body, with: code)
    case .token(let token): secret.equals(token)
    }
  }
}
#endif
