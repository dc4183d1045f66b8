#if Service
import JSON
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import Service

/// The interface for programs: what it says of itself, and what it does.
@Suite("Interface")
struct InterfaceTests {
  /// Paths with a name in them, and names that there are.
  private static let names = [
    "/instances/{name}": "acme-eu", "/recommendations/{name}": "acme-mfa",
    "/recommendations/{name}/history": "acme-mfa", "/frameworks/{name}": nil,
  ]

  @Test("answers at every address that it describes, with a document that fits the description")
  func described() async throws {
    try await ServedCompany().serving { served in
      let description = try await served.document("/openapi.json")
      #expect(description["openapi"]?.string == "3.1.0")
      let paths = description["paths"]?.object ?? []
      #expect(paths.count == APIRoutes.all.count + 1)
      for (path, item) in paths {
        let own = String(path.dropFirst("/api/v1".count))
        guard let name = Self.names[own] ?? "" else { continue }
        let document = try await served.document(own.replacing("{name}", with: name))
        let answer = item["get"]?["responses"]?["200"]?["content"]?["application/json"]?["schema"]
        guard let reference = answer?["$ref"]?.string else { continue }
        let kind = try #require(reference.split(separator: "/").last.map(String.init))
        #expect(document["kind"]?.string == kind, "\(path)")
        let schema = try #require(description["components"]?["schemas"]?[kind])
        #expect(SchemaChecker.faults(of: document, against: schema) == [], "\(path)")
      }
    }
  }

  @Test(
    "refuses what it does not describe, as a problem",
    arguments: [
      ("/recommendations?impact=huge", 400), ("/recommendations?impcat=high", 400),
      ("/recommendations?limit=0", 400), ("/recommendations?limit=1001", 400),
      ("/recommendations?limit=1&limit=2", 400), ("/recommendations?limit=+1", 400),
      ("/recommendations?label=x", 400), ("/recommendations?app=%ff", 400),
      ("/recommendations?app=%00", 400),
      ("/recommendations?cursor=x", 409), ("/recommendations?cursor=000000000000.1", 409),
      ("/recommendations/none", 404), ("/recommendations/none/history", 404),
      ("/instances/none", 404), ("/instances/..", 404), ("/instances/%2e%2e%2fetc", 404),
      ("/frameworks/none", 404), ("/nothing", 404), ("", 404), ("/", 404), ("/report/", 404),
      ("/changes?from=HEAD~1", 400), ("/changes?from=0000000", 404),
      ("/changes?from=1999-01-01", 404), ("/changes?from=:/x", 400), ("/openapi.json?x=1", 400),
      ("/history?days=0", 400), ("/recommendations?app=" + String(repeating: "a", count: 101), 400),
    ])
  func problems(path: String, status: UInt) async throws {
    try await ServedCompany.shared().serving { served in
      let answer = try await served.asking.ask("/api/v1" + path)
      #expect(answer.status == status)
      #expect(answer.headers.first(name: "Content-Type") == "application/problem+json")
      #expect(answer.headers.first(name: "Cache-Control") == "no-store")
      let problem = JSONValue(try JSONView(parsing: answer.body))
      #expect(SchemaChecker.faults(of: problem, against: Problem.schema) == [])
      #expect(problem["status"]?.int64 == Int64(status))
    }
  }

  @Test("filters as show does, and is paged through without a gap")
  func paging() async throws {
    try await ServedCompany.shared().serving { served in
      let all = try await served.document("/recommendations")
      #expect(all["total"]?.int64 == 4 && all["next"] == JSONValue.null)
      var found: [JSONValue] = []
      var path = "/recommendations?limit=3"
      var pages = 0
      while pages < 5 {
        let page = try await served.document(path)
        found += page["items"]?.array ?? []
        pages += 1
        guard let next = page["next"]?.string else { break }
        path = "/recommendations?limit=3&cursor=\(next)"
      }
      #expect(pages == 2 && found == all["items"]?.array)
      let low = try await served.document("/recommendations?impact=low&instance=acme-us&instance=x")
      #expect(low["items"]?.array?.map { $0["instance"]?.string } == ["acme-us"])
      let shown = try ServedCompany.shared().company.scratch.plumb(
        "show", "--at", "2026-06-08T07:00:00Z", "--format", "json", "--impact", "low")
      let plan = JSONValue(try JSONView(parsing: shown.output))
      let results = plan["instances"]?.array?.flatMap { $0["results"]?.array ?? [] } ?? []
      let served = try await served.document("/recommendations?impact=low")["items"]?.array ?? []
      #expect(
        Set(served.compactMap { $0["reason"]?.string })
          == Set(results.compactMap { $0["reason"]?.string }))
      #expect(served.count == results.count)
    }
  }

  @Test("compares any two reports, and tells the course of a recommendation")
  func history() async throws {
    try await ServedCompany.shared().serving { served in
      let reports = try await served.document("/reports")["items"]?.array ?? []
      #expect(reports.count == 2)
      let revisions = reports.compactMap { $0["revision"]?.string }
      let changes = try await served.document(
        "/changes?from=\(revisions[1].prefix(9))&to=2026-06-30&recommendation=x".replacing(
          "&recommendation=x", with: ""))
      #expect(changes["from"]?["revision"]?.string == revisions[1])
      #expect((changes["total"]?.int64 ?? 0) > 2)
      #expect(try await served.document("/changes") == changes)
      let same = try await served.document("/changes?from=\(revisions[0])")
      #expect(same["total"]?.int64 == 0)
      let course = try await served.document("/recommendations/acme-mfa/history")
      #expect(course["instances"]?.array?.count == 2)
      let scores = try await served.document("/history?initiative=ours")
      #expect(scores["series"]?.array?.count == 3 && scores["reports"]?.array?.count == 2)
      #expect(try await served.document("/events")["events"]?.array?.isEmpty == false)
    }
  }

  @Test("names nobody where nobody is to be named")
  func nameless() async throws {
    try await ServedCompany.shared().serving(maxAffected: 0) { served in
      for route in APIRoutes.all {
        guard let name = Self.names[route.path] ?? "" else { continue }
        let path = "/api/v1" + route.path.replacing("{name}", with: name)
        let answer = try await served.asking.ask(path)
        #expect(answer.status == 200)
        #expect(!answer.body.contains("user-"), "\(path)")
      }
    }
    try await ServedCompany.shared().serving { served in
      let named = try await served.asking.ask("/api/v1/instances/acme-us")
      #expect(named.body.contains("user-2"))
    }
  }

}
#endif
