internal import Connectors
internal import JSON
internal import Posture

/// A job of GitHub Actions that may ask who it is (`permissions: id-token: write`).
///
/// GitHub gives the address and the token to ask with, in the job's environment
/// ([documentation](https://docs.github.com/en/actions/reference/security/oidc)); nothing of it
/// comes from the desired state.
struct ActionsJob: Sendable {
  let address: Address
  /// What the address is asked with; a secret.
  let token: String

  static let tokenVariable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN"
  private static let addressVariable = "ACTIONS_ID_TOKEN_REQUEST_URL"

  /// - Throws: ``Fault`` where the process is no such job.
  init(environment: [String: String]) throws(Fault) {
    guard environment["GITHUB_ACTIONS"] == "true" else {
      throw Fault(.misconfigured, "this is no job of GitHub Actions, which alone can vouch for it")
    }
    guard let url = environment[Self.addressVariable], !url.isEmpty,
      let token = environment[Self.tokenVariable], Authenticator.isHeaderValue(token)
    else {
      throw Fault(
        .misconfigured,
        "GitHub Actions does not vouch for this job: give it 'permissions: { id-token: write }'")
    }
    guard let address = Address(url), address.scheme == .https else {
      throw Fault(.misconfigured, "\(Self.addressVariable) is no https address: it is not asked")
    }
    self.address = address
    self.token = token
  }

  /// Asks for the token by which the job proves to an audience who it is.
  ///
  /// - Parameters:
  ///   - runner: May ask the address, and nothing else.
  ///   - mask: Knows both tokens before anything can be said of them.
  func identity(
    for audience: String, runner: RequestRunner, mask: SecretGate
  ) async throws(Fault) -> String {
    mask.add([token])
    let request = APIRequest(
      address: address.setting("audience", to: audience),
      headers: [
        .init("Accept", "application/json"), .init("Authorization", "Bearer \(token)"),
      ])
    let response = try await runner.run(request, proof: nil, followsRedirects: false)
    guard (200..<300).contains(response.status) else {
      let said = VendorMessage.text(of: response, mask: mask).map { " (“\($0)”)" } ?? ""
      throw Fault(
        .refusedCredentials,
        "GitHub Actions was asked to vouch for this job and answered \(response.status)\(said)")
    }
    guard
      let root = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32)),
      let value = root["value"]?.string, value.utf8.count >= SecretGate.shortest,
      value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw Fault(.refusedCredentials, "the answer of GitHub Actions has no token in it")
    }
    mask.add([value], .issued(seconds: nil))
    return value
  }
}
