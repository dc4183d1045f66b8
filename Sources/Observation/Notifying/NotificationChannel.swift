private import Foundation
package import Posture
internal import Text

/// Where a channel is, what it takes, and what proves who tells it: all of it from the environment. A pull request may
/// name a channel, and never choose where data goes.
///
/// | variable | what it is |
/// |---|---|
/// | `PLUMB_NOTIFY_<NAME>_URL` | the address; https, or http on this machine |
/// | `PLUMB_NOTIFY_<NAME>_KIND` | `webhook` (the default), `slack`, `teams` or `alertmanager` |
/// | `PLUMB_NOTIFY_<NAME>_SECRET` | of a webhook, what it is signed with; of an Alertmanager, `user:password` or a token |
package struct NotificationChannel: Sendable {
  /// As Settings name it.
  package let name: String
  /// What it takes.
  package let form: Settings.NotificationForm
  let address: Address
  /// What messages are signed with, several while a secret is being changed.
  let keys: [WebhookKey]
  /// The value of an `Authorization` header; nil where none is sent.
  let authorization: String?

  /// Variables of channels begin so. They are nobody's credentials.
  static let prefix = "PLUMB_NOTIFY_"

  /// `PLUMB_NOTIFY_SECURITY_URL` for part `URL` of channel `security`.
  package static func variable(_ name: String, _ part: String) -> String {
    "\(prefix)\(name)_\(part)".uppercased().replacing("-", with: "_")
  }

  /// - Throws: ``Fault`` that says which variable is missing or wrong; it tells no value.
  package init(_ name: String, environment: [String: String]) throws(Fault) {
    func value(_ part: String) -> (name: String, text: String)? {
      let variable = Self.variable(name, part)
      return environment[variable].flatMap { $0.isEmpty ? nil : (variable, $0) }
    }
    guard let url = value("URL") else {
      let variable = Self.variable(name, "URL")
      let known = environment.keys.filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix("_URL") }
      throw Fault(
        .misconfigured,
        "channel '\(name)' has no address: set \(variable)"
          + Suggestion.hint(for: variable, among: known.sorted()))
    }
    let kind = value("KIND")
    guard let form = Settings.NotificationForm(rawValue: kind?.text ?? "webhook") else {
      let known = Settings.NotificationForm.allCases.map(\.rawValue)
      throw Fault(
        .misconfigured,
        "\(kind?.name ?? "") is none of \(known.joined(separator: ", "))")
    }
    guard let address = Address(url.text.trimmed), address.scheme == .https || address.isLoopback
    else {
      throw Fault(
        .misconfigured,
        "\(url.name) is no address that messages may go to: https://…, or http://127.0.0.1:… on this machine"
      )
    }
    self.name = name
    self.form = form
    self.address = form == .alertmanager ? Self.alerts(at: address) : address
    let secret = value("SECRET")
    switch form {
    case .webhook:
      guard let secret else {
        throw Fault(
          .misconfigured,
          "channel '\(name)' has nothing to sign with: set \(Self.variable(name, "SECRET")) to what 'echo whsec_$(openssl rand -base64 32)' prints, and tell the receiver"
        )
      }
      keys = try secret.text.split(separator: " ").map { text throws(Fault) in
        guard let key = WebhookKey(text) else {
          throw Fault(
            .misconfigured,
            "\(secret.name) is no secret of Standard Webhooks: whsec_ and 24 to 64 bytes in base64, as 'echo whsec_$(openssl rand -base64 32)' prints"
          )
        }
        return key
      }
      authorization = nil
    case .alertmanager:
      keys = []
      authorization = secret.map { secret in
        secret.text.contains(":")
          ? "Basic \(Data(secret.text.utf8).base64EncodedString())" : "Bearer \(secret.text)"
      }
    case .slack, .teams:
      if let secret {
        throw Fault(
          .misconfigured,
          "\(secret.name) is given and not used: the address of a \(form.rawValue) channel is its secret; leave it out"
        )
      }
      keys = []
      authorization = nil
    }
    try Self.enter(SecretGate.process, address, secret?.text, of: name)
  }

  /// Makes known what must not be told: the secret, and an address that is one.
  private static func enter(
    _ gate: SecretGate, _ address: Address, _ secret: String?, of name: String
  ) throws(Fault) {
    if let secret, secret.utf8.count < SecretGate.shortest {
      throw Fault(
        .misconfigured,
        "\(variable(name, "SECRET")) has less than \(SecretGate.shortest) bytes: too short to be masked"
      )
    }
    gate.add((secret.map(parts) ?? []) + secrets(in: address))
  }

  /// A secret, and what of it is one alone: each of those that a webhook is signed with, and the password behind a user's name.
  private static func parts(of secret: String) -> [String] {
    [secret] + secret.split(separator: " ").map(String.init)
      + (secret.firstIndex(of: ":").map { [String(secret[secret.index(after: $0)...])] } ?? [])
  }

  /// The parts of an address that open it: long ones of its path, and its query.
  private static func secrets(in address: Address) -> [String] {
    address.path.split(separator: "/").filter { $0.utf8.count >= 20 }.map(String.init)
      + (address.query.map { [$0] } ?? [])
  }

  /// The address of Alertmanager's API, be it given whole or as the server's root.
  private static func alerts(at address: Address) -> Address {
    if address.path.hasSuffix("/alerts") { return address }
    var path = address.path
    while path.hasSuffix("/") { path.removeLast() }
    return Address("\(address.scheme.rawValue)://\(address.authority)\(path)/api/v2/alerts")
      ?? address
  }
}
