internal import Connectors
private import Foundation
internal import JSON
internal import Posture
internal import Text

/// A request for a token, as its grant writes it.
struct TokenRequest: Sendable {
  let grant: TokenGrant
  let url: Address

  /// - Parameters:
  ///   - fields: What is said in place of the grant's own fields; nil for those.
  ///   - value: What the templates' places stand for.
  /// - Throws: ``Fault`` when a place stands for nothing.
  func composed(
    fields replaced: [(name: String, value: String)]? = nil, _ value: (String) -> String?
  ) throws(Fault) -> APIRequest {
    func filled(_ template: Template) throws(Fault) -> String {
      guard let text = template.filled(value) else {
        throw Fault(.refusedCredentials, "a field of the credentials is missing")
      }
      return text
    }
    var request = APIRequest(method: "POST", address: url)
    request.headers.append(.init("Accept", "application/json"))
    if let basic = grant.basic {
      request.headers.append(
        .init("Authorization", Self.basic(try filled(basic.user), try filled(basic.password))))
    }
    for (name, value) in grant.headers {
      request.headers.append(.init(name, try filled(value)))
    }
    var fields = replaced ?? []
    if replaced == nil {
      for (name, value) in grant.fields { fields.append((name, try filled(value))) }
    }
    guard !fields.isEmpty else { return request }
    switch grant.format {
    case .form:
      let pairs = fields.map {
        "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))"
      }
      request.headers.append(.init("Content-Type", "application/x-www-form-urlencoded"))
      request.body = Array(pairs.joined(separator: "&").utf8)
    case .json:
      request.headers.append(.init("Content-Type", "application/json"))
      request.body = JSONValue.object(fields.map { ($0.name, .string($0.value)) }).bytes()
    }
    return request
  }

  /// `Basic …` (RFC 7617).
  static func basic(_ user: String, _ password: String) -> String {
    "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
  }
}
