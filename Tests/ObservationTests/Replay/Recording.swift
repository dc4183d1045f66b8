import Foundation
import JSON
import TestSupport

@testable import Observation

/// Recorded answers of a vendor, found by path and by the parameters that select.
struct Recording: Sendable {
  private struct Key: Hashable {
    let path: String
    let selection: [String: String]
  }

  private let answers: [Key: VendorServer.Answer]
  /// Parameters that only say how much is asked for at once.
  private static let sizes: Set<String> = [
    "limit", "per_page", "page[size]", "maxResults", "pageSize", "expand", "alt", "hide_secret",
    "$top",
    "$select",
  ]

  /// The folder of recordings beside the package; nil where it is absent.
  static let folder: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = root.deletingLastPathComponent().appendingPathComponent("shared/real").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// The file that `PLUMB_REPLAY` names, or else the one beside the package.
  static func path(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["PLUMB_REPLAY"] ?? folder.map { "\($0)/\(name)" }
  }

  /// - Parameters:
  ///   - org: The group of interactions that belong together; nil takes all.
  ///   - placeholders: What stands for `{org}` and the like in examples.
  init(path: String, org: String?, placeholders: [String: String] = [:]) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CocoaError(.fileNoSuchFile)
    }
    var answers: [Key: VendorServer.Answer] = [:]
    for entry in try JSONView(parsing: Array(data)).elements {
      if let org, entry["org"]?.string != org { continue }
      guard entry["method"]?.string ?? "GET" == "GET", var path = entry["path"]?.string,
        let body = entry["body"]
      else { continue }
      for (name, value) in placeholders { path = path.replacing("{\(name)}", with: value) }
      var headers = [("content-type", "application/json")]
      for (name, value) in entry["headers"]?.members ?? JSONView.none.members
      where name != "content-type" && name != "content-length" {
        // Examples link to pages that nobody recorded.
        if name == "link", !placeholders.isEmpty { continue }
        for text in value.string.map({ [$0] }) ?? value.elements.compactMap(\.string) {
          headers.append((name, text))
        }
      }
      // A recording's window ended long ago: what is left of it means nothing now.
      headers.removeAll { $0.0.hasPrefix("x-rate") }
      var writer = JSONWriter()
      writer.value(body)
      let status = entry["status"]?.int ?? 200
      answers[Key(path: path, selection: Self.selection(entry["query"]?.string ?? ""))] = .answer(
        status: status, headers: headers, body: status == 204 ? [] : writer.bytes)
    }
    self.answers = answers
  }

  /// The recorded answer; what was not recorded does not exist.
  func answer(to request: VendorServer.Request) -> VendorServer.Answer {
    let query = request.target.drop { $0 != "?" }.dropFirst()
    let selection = Self.selection(String(query))
    if let answer = answers[Key(path: request.path, selection: selection)]
      ?? answers[Key(path: request.path, selection: [:])]
    {
      return answer
    }
    return .json(
      #"{"errorCode":"E0000007","errorSummary":"Not found: not recorded","message":"Not recorded"}"#,
      status: 404)
  }

  private static func selection(_ query: String) -> [String: String] {
    var result: [String: String] = [:]
    for parameter in query.split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1).map { part in
        part.replacing("+", with: " ").removingPercentEncoding ?? String(part)
      }
      if !sizes.contains(parts[0]) { result[parts[0]] = parts.count > 1 ? parts[1] : "" }
    }
    return result
  }
}

extension JSONView {
  /// A null, which has no members.
  fileprivate static var none: JSONView {
    guard let view = try? JSONView(parsing: "null") else { preconditionFailure("null is JSON") }
    return view
  }
}
