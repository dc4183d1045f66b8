import Connectors
import Foundation
import Posture
import Testing
import YAML

/// Each collection asks for what the vendor's page says that its requests need, and for nothing else.
@Suite struct PermissionTests {
  /// One request, as the vendor's page has it.
  private struct Entry {
    let collection: String
    let method: String
    let path: [String]
    let page: String
    let sentence: String
    let permissions: Set<String>
  }

  private static func entries() throws -> [String: [Entry]] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Resources/permissions.yaml")
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(
      try String(contentsOf: file, encoding: .utf8), file: "permissions.yaml", into: diagnostics)
    try #require(diagnostics.isEmpty, "\(diagnostics)")
    var entries: [String: [Entry]] = [:]
    for node in documents.flatMap({ $0.root.items ?? [] }) {
      func text(_ key: String) throws -> String {
        try #require(node[key]?.scalar, "\(node.mark): \(key)")
      }
      let request = try text("request").split(separator: " ", maxSplits: 1)
      try #require(request.count == 2, "\(node.mark)")
      entries[try text("connector"), default: []].append(
        Entry(
          collection: try text("collection"), method: String(request[0]),
          path: segments(of: String(request[1])), page: try text("page"),
          sentence: try text("sentence"),
          permissions: Set((node["permissions"]?.items ?? []).compactMap(\.scalar))))
    }
    return entries
  }

  /// The segments of a path, without host and query; a place in braces is empty.
  private static func segments(of target: String) -> [String] {
    var path = Substring(target)
    if let scheme = path.range(of: "://") {
      path = path[scheme.upperBound...].drop { $0 != "/" }
    }
    return path.prefix { $0 != "?" }.split(separator: "/").map { segment in
      segment.hasPrefix("{") ? "" : String(segment.prefix { $0 != "(" })
    }
  }

  /// Whether one path ends as the other does, which begins at the connector's base; a place may be anything.
  private static func match(_ one: [String], _ other: [String]) -> Bool {
    zip(one.reversed(), other.reversed()).allSatisfy { $0 == $1 || $0.isEmpty || $1.isEmpty }
  }

  @Test("every request stands in the table, and asks for what its page says")
  func permissions() throws {
    let entries = try Self.entries()
    var faults: [String] = []
    var requests = 0
    for (name, connector) in CatalogTests.library.connectors.sorted(by: { $0.key < $1.key }) {
      for collection in connector.collections where !collection.requests.isEmpty {
        let known = (entries[name] ?? []).filter { $0.collection == collection.name }
        for request in collection.requests {
          requests += 1
          let path = Self.segments(
            of: request.target.parts.map { if case .text(let text) = $0 { text } else { "{}" } }
              .joined())
          if !known.contains(where: {
            $0.method == request.method.rawValue
              && Self.match($0.path, path)
          }) {
            faults.append(
              "\(name) \(collection.name): \(request.method.rawValue) \(path.joined(separator: "/")) is not in the table"
            )
          }
        }
        let needed = known.reduce(into: Set<String>()) { $0.formUnion($1.permissions) }
        if needed != Set(collection.permissions) {
          faults.append(
            "\(name) \(collection.name): asks for \(collection.permissions.sorted()), its pages say \(needed.sorted())"
          )
        }
      }
    }
    print("Permissions: \(requests) requests held to their vendors' pages")
    #expect(faults == [])
    #expect(requests > 100)
  }

  @Test("the table names only what is asked, and each line has the vendor's page and wording")
  func table() throws {
    for (name, list) in try Self.entries() {
      let connector = try #require(CatalogTests.library.connectors[name], "\(name)")
      let collections = Set(connector.collections.map(\.name))
      for entry in list {
        #expect(collections.contains(entry.collection), "\(name) \(entry.collection)")
        #expect(
          entry.page.hasPrefix("https://") && entry.sentence.count > 20,
          "\(name) \(entry.collection)")
        #expect(!entry.permissions.isEmpty, "\(name) \(entry.collection)")
      }
    }
  }
}
