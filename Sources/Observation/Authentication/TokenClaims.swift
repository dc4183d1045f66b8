private import Foundation
internal import JSON

/// What an access token says that it is for. It is read, not verified: the vendor verifies it.
enum TokenClaims {
  /// The answer's scopes, and the scopes and roles in the token where it is a JWT.
  static func grants(of token: TokenKeeper.Token) -> Set<String> {
    var grants = token.granted ?? []
    let parts = token.value.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return grants }
    var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    guard let data = Data(base64Encoded: text), let claims = try? JSONView(parsing: Array(data))
    else {
      return grants
    }
    for name in ["scp", "roles", "scope"] {
      guard let claim = claims[name] else { continue }
      grants.formUnion(claim.elements.compactMap(\.string))
      grants.formUnion((claim.string ?? "").split(separator: " ").map(String.init))
    }
    return grants
  }
}
