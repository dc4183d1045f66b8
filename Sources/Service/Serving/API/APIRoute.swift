#if Service
internal import JSON
internal import Posture
internal import Reports

/// One address of the interface: what it is for, what it takes, what it answers with, and how. The description of the interface
/// is made of the same table that serves, so that neither can say what the other does not do.
struct APIRoute: Sendable {
  /// The path below `/api/v1`, `{name}` for its variable.
  let path: String
  let summary: String
  /// What `{name}` is; nil where the path has none.
  var variable: String?
  var parameters: [APIParameter] = []
  /// The name of the answer's schema, and the schema.
  let answer: @Sendable () -> (kind: String, schema: JSONValue)
  let respond: @Sendable (APICall) async throws -> [UInt8]

  static let base = "/api/v1"

  /// The variable of the path where the segments of a request fit; nil where they do not.
  func match(_ segments: [Substring]) -> String? {
    let own = path.split(separator: "/")
    guard own.count == segments.count else { return nil }
    var name = ""
    for (part, segment) in zip(own, segments) {
      if part == "{name}" {
        guard let decoded = WebQuery.decoded(segment, plusIsBlank: false), !decoded.isEmpty else {
          return nil
        }
        name = decoded
      } else if part != segment {
        return nil
      }
    }
    return name
  }

  init<Value>(
    _ path: String, _ summary: String, variable: String? = nil, parameters: [APIParameter] = [],
    document: @escaping @Sendable (_ maxAffected: Int) -> APIDocument<Value>,
    value: @escaping @Sendable (APICall) async throws -> Value
  ) {
    self.path = path
    self.summary = summary
    self.variable = variable
    self.parameters = parameters
    answer = { (document(0).kind, document(0).schema) }
    respond = { document($0.served.site.maxAffected).bytes(of: try await value($0)) }
  }

  /// A route whose document says something of the call itself.
  init(
    _ path: String, _ summary: String, parameters: [APIParameter],
    answer: @escaping @Sendable () -> (kind: String, schema: JSONValue),
    respond: @escaping @Sendable (APICall) async throws -> [UInt8]
  ) {
    self.path = path
    self.summary = summary
    self.parameters = parameters
    self.answer = answer
    self.respond = respond
  }
}
#endif
