internal import Connectors
internal import JSON
internal import Posture
internal import Text

/// Has claims signed by a service that keeps the key: the job's identity is exchanged for a token, and with
/// that the service is asked. Nothing of it is kept.
struct RemoteSigning: Sendable {
  let signer: RemoteSigner
  let url: Address
  let exchangeURL: Address
  let values: SecretValues
  let mask: SecretGate
  let identify: TokenKeeper.Identify
  let exchange: TokenKeeper.Exchange

  /// - Parameter claims: As JSON.
  /// - Returns: The signed token in compact form.
  func signed(_ claims: String) async throws(Fault) -> String {
    let token = try await token()
    var request = APIRequest(method: "POST", address: url)
    request.headers = [
      .init("Accept", "application/json"), .init("Content-Type", "application/json"),
      .init("Authorization", "Bearer \(token)"),
    ]
    request.body = JSONValue.object([(signer.member, .string(claims))]).bytes()
    return try text(at: signer.signed, in: try await exchange(request), "signed token")
  }

  private func token() async throws(Fault) -> String {
    guard let audience = signer.exchange.identity.audience.filled({ values[$0] }) else {
      throw Self.missing
    }
    let identity = try await identify(audience)
    var pairs: [String] = []
    for (name, template) in signer.exchange.fields {
      guard let value = template.filled({ $0 == "identity_token" ? identity : values[$0] }) else {
        throw Self.missing
      }
      pairs.append("\(PercentEncoding.encoded(name))=\(PercentEncoding.encoded(value))")
    }
    var request = APIRequest(method: "POST", address: exchangeURL)
    request.headers = [
      .init("Accept", "application/json"),
      .init("Content-Type", "application/x-www-form-urlencoded"),
    ]
    request.body = Array(pairs.joined(separator: "&").utf8)
    return try text(at: signer.exchange.token, in: try await exchange(request), "token")
  }

  private static var missing: Fault {
    Fault(.refusedCredentials, "a field of the credentials is missing")
  }

  /// A secret in an answer, known to the gate before anybody can say it.
  private func text(
    at pointer: String, in response: APIResponse, _ what: String
  ) throws(Fault) -> String {
    guard let root = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32)),
      let value = root.value(at: pointer)?.string,
      value.utf8.count >= SecretGate.shortest,
      value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw Fault(.refusedCredentials, "the answer to the request of a \(what) has no \(pointer)")
    }
    mask.add([value], .issued(seconds: nil))
    return value
  }
}
