import Foundation
import JSON
import Posture
import Synchronization
import TestSupport

/// One tenant of a vendor's script: answers requests, and keeps what was asked.
final class VendorPlay: Sendable {
  let routes: [VendorScript.Route]
  private let script: VendorScript
  private let requires: [String: String]
  private let texts: VendorTexts
  private let record = Mutex(Record())

  private struct Record {
    var asked: [String: Int] = [:]
    var faults: [String] = []
  }

  /// - Parameter now: What times in the answers are relative to.
  init(
    _ script: VendorScript, tenant: VendorScript.Tenant, now: Instant
  ) throws(VendorScript.Fault) {
    self.script = script
    routes = try script.routes(of: tenant)
    requires = tenant.requires ?? script.requires
    texts = VendorTexts(origin: "https://\(script.hosts[0])", now: now)
  }

  /// How often each route was asked, by its name.
  var asked: [String: Int] { record.withLock { $0.asked } }
  /// Requests that no route answered, or that lacked what a route demands, each once.
  var faults: Set<String> { record.withLock { Set($0.faults) } }

  func answer(to request: VendorServer.Request) -> VendorServer.Answer {
    let question = Question(request)
    let body = String(decoding: request.body.prefix(200), as: UTF8.self)
    let text = "\(request.method) \(question.host)\(request.target) \(body)"
    guard let route = routes.first(where: { $0.answers(question) }) else {
      record.withLock { $0.faults.append("no route answers \(text)") }
      return rendered(script.missing)
    }
    let wrong = (route.requires ?? requires).filter { request.header($0.key) != $0.value }.keys
    guard wrong.isEmpty else {
      record.withLock { $0.faults.append("\(wrong.sorted()) refused: \(text)") }
      return rendered(script.refused)
    }
    let count = record.withLock { record in
      record.asked[route.name, default: 0] += 1
      return record.asked[route.name, default: 0]
    }
    return rendered(count <= route.before.count ? route.before[count - 1] : route.answer)
  }

  private func rendered(_ answer: VendorScript.Answer) -> VendorServer.Answer {
    var headers = answer.headers.sorted { $0.key < $1.key }
      .map { ($0.key, texts.filled($0.value)) }
    let body: String
    switch answer.content {
    case .json(let value):
      body = texts.filled(value).compactText
      if !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
        headers.append(("content-type", "application/json"))
      }
    case .text(let text): body = texts.filled(text)
    case nil: body = ""
    }
    return .answer(status: answer.status, headers: headers, body: Array(body.utf8))
  }
}

/// A request as routes look at it.
private struct Question {
  let request: VendorServer.Request
  let host: String
  let path: String
  let query: [String: [String]]
  let form: [String: [String]]
  let json: JSONValue?

  init(_ request: VendorServer.Request) {
    self.request = request
    host = request.header("host") ?? ""
    path = request.path.removingPercentEncoding ?? request.path
    query = Self.parameters(request.target.drop { $0 != "?" }.dropFirst())
    let type = request.header("content-type") ?? ""
    form =
      type.contains("form-urlencoded")
      ? Self.parameters(Substring(String(decoding: request.body, as: UTF8.self))) : [:]
    json = (try? JSONView(parsing: request.body)).map { JSONValue($0) }
  }

  private static func parameters(_ text: Substring) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for parameter in text.split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { part in
          let text = part.replacing("+", with: " ")
          return text.removingPercentEncoding ?? String(text)
        }
      result[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
    }
    return result
  }
}

extension VendorScript.Route {
  fileprivate func answers(_ question: Question) -> Bool {
    guard host == nil || host == question.host, method == question.request.method,
      path == question.path
    else { return false }
    if let json, question.json?.holds(json) != true { return false }
    return query.allSatisfy { question.query[$0.key, default: []] == $0.value }
      && form.allSatisfy { question.form[$0.key] == [$0.value] }
      && carries.allSatisfy { question.request.header($0.key) == $0.value }
  }
}

extension JSONValue {
  /// Whether this has all that the pattern has; other members of objects are no matter.
  fileprivate func holds(_ pattern: JSONValue) -> Bool {
    guard case .object(let members) = pattern else { return self == pattern }
    return members.allSatisfy { name, value in self[name]?.holds(value) == true }
  }
}
