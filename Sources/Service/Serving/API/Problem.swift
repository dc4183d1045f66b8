#if Service
internal import JSON

/// Why a request of the interface is not answered: [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
struct Problem: Error {
  let status: Int
  let title: String
  let detail: String

  static let contentType = "application/problem+json"

  static func badRequest(_ detail: String) -> Problem {
    Problem(status: 400, title: "Bad Request", detail: detail)
  }
  static func notFound(_ detail: String) -> Problem {
    Problem(status: 404, title: "Not Found", detail: detail)
  }
  /// The report that was paged through stands no more.
  static let moved = Problem(
    status: 409, title: "Conflict",
    detail: "The cursor is of another report than the one that stands now: begin anew without it.")
  static let noReport = Problem(
    status: 503, title: "Service Unavailable", detail: "There is no report yet.")
  static let failed = Problem(
    status: 500, title: "Internal Server Error",
    detail: "The record cannot be read; the server's log says why.")

  var bytes: [UInt8] {
    JSONValue.object([
      ("type", "about:blank"), ("title", .string(title)), ("status", .int(Int64(status))),
      ("detail", .string(detail)),
    ]).bytes(layout: .pretty) + [UInt8(ascii: "\n")]
  }

  static let schema: JSONValue = [
    "type": "object", "required": ["type", "title", "status", "detail"],
    "properties": [
      "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
      "detail": ["type": "string"],
    ],
    "additionalProperties": false,
  ]
}
#endif
