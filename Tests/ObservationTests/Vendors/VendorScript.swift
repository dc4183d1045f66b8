import Foundation
import JSON
import Posture

/// A vendor's manners as data: what its server answers to which requests, and in which tenants.
///
/// `Resources/vendors/<app>.yaml` is one for each app; ``VendorPlay`` answers by it.
struct VendorScript: Sendable {
  let app: String
  /// The instance's.
  let parameters: [String: String]
  let credentials: [String: String]
  /// Those that the server stands in for; the first is `{origin}` in answers.
  let hosts: [String]
  /// Token exchanges.
  let tokens: [Route]
  /// The headers that every route demands which does not say others.
  let requires: [String: String]
  /// The answer where they are wrong.
  let refused: Answer
  /// The answer to what no route answers.
  let missing: Answer
  /// The first that matches answers.
  let routes: [Route]
  /// The first is the one in which all is well.
  let tenants: [Tenant]
  let unseen: [Unseen]

  struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var content: Content?

    enum Content: Sendable {
      case json(JSONValue)
      case text(String)
    }
  }

  struct Route: Sendable {
    var name: String
    /// Nil for any host.
    let host: String?
    let method: String
    /// Percent-decoded.
    let path: String
    /// Parameters that must have these values, in this order; none: the parameter must be absent.
    let query: [String: [String]]
    /// What a body of JSON must hold; what else its objects hold is no matter.
    let json: JSONValue?
    /// What a form must hold.
    let form: [String: String]
    /// The headers without which it is not this route's request.
    let carries: [String: String]
    /// The headers without which it is refused; nil: those of the script.
    let requires: [String: String]?
    var answer: Answer
    /// Answered the first times.
    var before: [Answer]
  }

  struct Tenant: Sendable {
    let name: String
    /// Over those of the script.
    let parameters: [String: String]
    /// In place of those of the script, where it has them.
    let credentials: [String: String]?
    let requires: [String: String]?
    let tokens: [Route]?
    /// Asked before those of the script.
    let routes: [Route]
    let changes: [Change]
    /// Parameters of recommendations, by their names.
    let tuned: [String: JSONValue]
    let expect: [String: Compliance]
    /// All that is not complete; nil where it is not said.
    let incomplete: [String: CollectionSummary.State]?
    /// Why nothing is observed at all; nil where something is.
    let fails: Posture.Fault.Code?
  }

  /// What a tenant answers otherwise.
  struct Change: Sendable {
    let route: String
    let status: Int?
    let headers: [String: String]?
    let content: Answer.Content?
    let before: [Answer]?
    /// By JSON pointers into the body, in their order.
    let set: [(pointer: String, value: JSONValue)]
    let remove: [String]
  }

  /// What no observation shows of a recommendation.
  struct Unseen: Sendable {
    let recommendation: String
    let state: Compliance
    let reason: String
  }

  /// What is wrong with a script.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Resources/vendors")

  /// The apps that there are scripts for.
  static func apps() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }.sorted()
  }

  /// Reads the app's script.
  static func read(_ app: String) throws -> VendorScript {
    let name = "\(app).yaml"
    return try VendorScript(
      yaml: Array(try Data(contentsOf: folder.appendingPathComponent(name))), file: name)
  }

  /// The token exchanges and routes of a tenant, as it changes them.
  func routes(of tenant: Tenant) throws(Fault) -> [Route] {
    var routes = (tenant.tokens ?? tokens) + tenant.routes + self.routes
    for change in tenant.changes {
      guard let index = routes.firstIndex(where: { $0.name == change.route }) else {
        throw Fault(description: "\(app), \(tenant.name): no route '\(change.route)'")
      }
      do throws(Fault) {
        try routes[index].apply(change)
      } catch {
        throw Fault(description: "\(app), \(tenant.name), \(change.route): \(error)")
      }
    }
    return routes
  }
}

extension VendorScript.Route {
  fileprivate mutating func apply(_ change: VendorScript.Change) throws(VendorScript.Fault) {
    if let status = change.status { answer.status = status }
    if let headers = change.headers { answer.headers = headers }
    if let content = change.content { answer.content = content }
    if let before = change.before { self.before = before }
    if change.set.isEmpty && change.remove.isEmpty { return }
    guard case .json(var body) = answer.content else {
      throw VendorScript.Fault(description: "no body to change")
    }
    for (pointer, value) in change.set { try body.write(value, to: pointer) }
    for pointer in change.remove { try body.write(nil, to: pointer) }
    answer.content = .json(body)
  }
}

extension JSONValue {
  /// Puts a value where a JSON pointer leads, or takes away what is there.
  ///
  /// Beyond [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901), objects that are missing on the way are made, and `*`
  /// leads to every member; `-` appends to a list.
  fileprivate mutating func write(
    _ value: JSONValue?, to pointer: String
  ) throws(VendorScript.Fault) {
    guard pointer.hasPrefix("/") else {
      throw VendorScript.Fault(description: "'\(pointer)' is no pointer")
    }
    let path = pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
      .map { String($0.replacing("~1", with: "/").replacing("~0", with: "~")) }
    guard write(value, at: path[...]) else {
      throw VendorScript.Fault(description: "'\(pointer)' leads nowhere")
    }
  }

  /// Whether there was a place for it.
  fileprivate mutating func write(_ value: JSONValue?, at path: ArraySlice<String>) -> Bool {
    guard let key = path.first else {
      if let value { self = value }
      return value != nil
    }
    let rest = path.dropFirst()
    switch self {
    case .array(var elements):
      var isWritten = true
      if key == "*" {
        // From the last: what goes leaves the places of those before it.
        for index in elements.indices.reversed() where isWritten {
          isWritten = elements.write(value, at: index, rest)
        }
      } else if key == "-", rest.isEmpty, let value {
        elements.append(value)
      } else if let index = Int(key), elements.indices.contains(index) {
        isWritten = elements.write(value, at: index, rest)
      } else {
        isWritten = false
      }
      self = .array(elements)
      return isWritten
    case .object(var members):
      let names = key == "*" ? members.map { $0.0 } : [key]
      var isWritten = true
      for name in names where isWritten { isWritten = members.write(value, at: name, rest) }
      self = .object(members)
      return isWritten
    default: return false
    }
  }
}

extension [JSONValue] {
  fileprivate mutating func write(
    _ value: JSONValue?, at index: Int, _ rest: ArraySlice<String>
  ) -> Bool {
    guard rest.isEmpty, value == nil else { return self[index].write(value, at: rest) }
    remove(at: index)
    return true
  }
}

extension [(String, JSONValue)] {
  fileprivate mutating func write(
    _ value: JSONValue?, at name: String, _ rest: ArraySlice<String>
  ) -> Bool {
    let index = firstIndex { $0.0 == name }
    if value == nil {
      guard let index else { return false }
      guard rest.isEmpty else { return self[index].1.write(value, at: rest) }
      remove(at: index)
      return true
    }
    let place = index ?? endIndex
    if index == nil { append((name, .object([]))) }
    if !rest.isEmpty, self[place].1.object == nil, self[place].1.array == nil {
      self[place].1 = .object([])
    }
    return self[place].1.write(value, at: rest)
  }
}
