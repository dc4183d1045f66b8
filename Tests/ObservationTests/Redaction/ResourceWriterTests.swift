import Connectors
import JSON
import Posture
import Testing

@testable import Observation

@Suite("Resource writer")
struct ResourceWriterTests {
  private func line(
    _ json: String, redact: [String] = [], keys: Connector.KeyCase = .asIs,
    leading: [(String, String)] = [], chosen: [(name: String, value: String)]? = nil
  ) throws -> String {
    let writer = ResourceWriter(
      paths: redact.compactMap(FieldPath.init), mask: SecretGate(), keys: keys)
    let resource = ShapedResource(try JSONView(parsing: json), attached: [], chosen: chosen)
    return String(decoding: writer.line(resource, leading: leading), as: UTF8.self)
  }

  @Test(
    "masks declared fields, whatever they hold but null",
    arguments: [
      ("config.secret", #"{"config":{"secret":"REDACTED","url":"u"},"other":{"secret":"s"}}"#),
      ("*.secret", #"{"config":{"secret":"REDACTED","url":"u"},"other":{"secret":"REDACTED"}}"#),
      ("**.secret", #"{"config":{"secret":"REDACTED","url":"u"},"other":{"secret":"REDACTED"}}"#),
      ("config", #"{"config":"REDACTED","other":{"secret":"s"}}"#),
      ("config.url.x", #"{"config":{"secret":"s","url":"u"},"other":{"secret":"s"}}"#),
    ])
  func paths(path: String, expected: String) throws {
    let json = #"{"config":{"secret":"s","url":"u"},"other":{"secret":"s"}}"#
    #expect(try line(json, redact: [path]) == expected)
  }

  @Test("reaches into lists, and keeps null and absence apart from a secret")
  func lists() throws {
    let json = #"{"clients":[{"secret":null},{"secret":1},{"id":2}],"a":[["secret"]]}"#
    #expect(
      try line(json, redact: ["clients.*.secret"])
        == #"{"clients":[{"secret":null},{"secret":"REDACTED"},{"id":2}],"a":[["secret"]]}"#)
  }

  @Test("keeps Okta's link to an app's access policy")
  func links() throws {
    let json = #"{"_links":{"accessPolicy":{"href":"https://c.okta.com/api/v1/policies/rst1"}}}"#
    let redaction = ["credentials.oauthClient.client_secret", "**.client_secret", "**.token"]
    #expect(try line(json, redact: redaction) == json)
  }

  @Test("writes PowerShell's letter case at every depth, but for annotations")
  func pascal() throws {
    let json =
      ##"{"@odata.type":"#x","state":"on","a":[{"displayName":"n","@odata.id":1}],"ID":2}"##
    #expect(
      try line(json, keys: .pascal)
        == ##"{"@odata.type":"#x","State":"on","A":[{"DisplayName":"n","@odata.id":1}],"ID":2}"##)
  }

  @Test("puts the parent first, and lets no vendor's field pass for it")
  func leading() throws {
    #expect(
      try line(#"{"id":1,"_parent":"forged"}"#, leading: [("_parent", "p1")])
        == #"{"_parent":"p1","id":1}"#)
    #expect(
      try line(#""bare""#, leading: [("_key", "k")]) == #"{"_key":"k","value":"bare"}"#)
    #expect(try line(#""bare""#) == #""bare""#)
  }

  @Test("puts chosen members together under the manifest's names")
  func chosen() throws {
    #expect(
      try line(
        #"{"a":{"b":1},"list":[{"id":2}]}"#, keys: .pascal,
        chosen: [("whole_thing", ""), ("part", "/list/0"), ("missing", "/no")])
        == #"{"whole_thing":{"A":{"B":1},"List":[{"Id":2}]},"part":{"Id":2}}"#)
  }

  @Test("keeps numbers and texts as they are")
  func exact() throws {
    let json = #"{"big":18446744073709551615,"d":0.1,"n":-7,"t":"ä\n\u0000\"","e":[],"o":{}}"#
    #expect(try line(json) == json)
  }
}
