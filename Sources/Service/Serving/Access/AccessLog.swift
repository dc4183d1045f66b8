#if Service
private import Foundation
internal import JSON
internal import Posture

/// One line of JSON for each access: who, what, with which answer, from where. No header field and no value of a query is in
/// it, for either may be a secret.
package struct AccessLog: Sendable {
  /// Takes a line, with the line feed at its end. It may keep the caller waiting: what is not logged is not served.
  private let write: @Sendable ([UInt8]) -> Void

  package init(_ write: @escaping @Sendable ([UInt8]) -> Void) { self.write = write }

  struct Access {
    /// Nil for who proved nothing.
    var who: String?
    var method: String
    var path: String
    /// Names of what was asked for in the query.
    var filters: [String]
    var status: Int
    var bytes: Int
    var from: String
  }

  /// Characters of a path that are kept.
  private static let longest = 300

  func log(_ access: Access) {
    let now = Instant(secondsSince1970: Int(Date().timeIntervalSince1970))
    var members: [(String, JSONValue)] = [
      ("time", .string(now.description)), ("event", "access"),
      ("who", access.who.map(JSONValue.string) ?? .null), ("method", .string(access.method)),
      ("path", .string(String(access.path.prefix(Self.longest)))),
    ]
    if !access.filters.isEmpty {
      members.append(("filters", .array(access.filters.map(JSONValue.string))))
    }
    members += [
      ("status", .int(Int64(access.status))), ("bytes", .int(Int64(access.bytes))),
      ("from", .string(access.from)),
    ]
    write(JSONValue.object(members).bytes(layout: .compact) + [UInt8(ascii: "\n")])
  }
}
#endif
