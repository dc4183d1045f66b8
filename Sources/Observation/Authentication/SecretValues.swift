internal import JSON
internal import Posture

/// What the places of an authentication's templates stand for: the instance's parameters, the
/// credentials' fields, and members of a field that is JSON (`{service_account_key.client_email}`).
struct SecretValues: Sendable {
  let parameters: [String: String]
  let credentials: Credentials

  subscript(_ place: String) -> String? {
    if let value = parameters[place] ?? credentials.value(place) { return value }
    guard let dot = place.firstIndex(of: "."), let text = credentials.value(String(place[..<dot])),
      let view = try? JSONView(parsing: text)
    else { return nil }
    return view[String(place[place.index(after: dot)...])]?.string
  }
}
