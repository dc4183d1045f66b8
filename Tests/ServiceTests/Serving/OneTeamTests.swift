#if Service
import JSON
import NIOCore
import NIOHTTP1
import Posture
import TestSupport
import Testing

@testable import Service

/// What one team may see of several teams' instances.
@Suite("One team's part")
struct OneTeamTests {
  @Test("says nothing of the others, on any page, in any document, in any header field")
  func nothingLeaks() async throws {
    let company = try ServedCompany()
    try await company.serving(team: "eu") { served in
      let publication = try #require(served.server.store.publication)
      let routes = APIRoutes.all.map(\.path).flatMap { path in
        ["acme-eu", "acme-mfa", "acme-idle", "acme-us"].map {
          "/api/v1" + path.replacing("{name}", with: $0)
        }
      }
      let asked =
        publication.pages.keys.map { "/\($0)" } + Array(Set(routes)) + [
          "/recommendations.html?instance=acme-us", "/api/v1/changes?to=2026-06-01",
          "/api/v1/history?days=30", "/api/v1/recommendations?limit=1", "/instances/acme-us.html",
        ]
      #expect(asked.count > 40)
      for path in asked.sorted() {
        let answer = try await served.asking.ask(path)
        // The name that was asked for may be said again, as a filter that finds nothing.
        let isEcho = path.contains("instance=acme-us")
        for secret in ["acme-us", "lab-us", "laboratory", "lab@acme.example", "team=us"]
        where !(isEcho && secret == "acme-us") {
          #expect(!answer.body.contains(secret), "\(path): \(secret)")
        }
        #expect(!"\(answer.headers)".contains("acme-us"))
      }
    }
  }

  @Test("is scored and counted as if there were no others, at every report")
  func scores() async throws {
    let company = try ServedCompany()
    // The same company with one instance alone.
    let alone = try Company(adding: [
      "desired-state/instances.yaml": Declare.instance(
        "acme-eu", labels: "team: eu", "recommendations: on, maxAge: 100000d"),
      "desired-state/exceptions.yaml": Declare.exception(
        "kiosk-eu", of: "acme-idle", on: "acme-eu", justification: "The kiosk stays on.",
        owner: "shop@acme.example"),
    ])
    for (day, mfa, idle) in [("2026-06-01", 3, 15), ("2026-06-08", 2, 60)] {
      try alone.observe("acme-eu", mfa: mfa, idle: idle, at: "\(day)T06:00:00Z")
      let run = try alone.scratch.plumb("apply", "--quiet", "--at", "\(day)T07:00:00Z")
      try #require(run.status == 0, "\(run.error)")
    }
    let wanted = try await Self.documents(
      ReportSource(
        repository: alone.path, path: "desired-state", revision: "HEAD", isRemote: false,
        environment: [:], version: "1.2.3"))
    let told = try await Self.documents(company.source(team: "eu"))
    let all = try await Self.documents(company.source())
    for (path, document) in wanted {
      #expect(told[path] == document, "\(path)")
      #expect(all[path] != document, "\(path)")
    }
  }

  /// What is told of scores and counts, without the commits, which differ.
  private static func documents(_ source: ReportSource) async throws -> [String: JSONValue] {
    let publication = try await source.publication(at: try source.tip())
    var documents: [String: JSONValue] = [:]
    for path in ["/initiatives", "/history", "/instances", "/recommendations"] {
      let route = try #require(APIRoutes.all.first { $0.path == path })
      let call = try APICall(
        served: publication, name: "", query: try #require(WebQuery("")),
        parameters: route.parameters)
      let view = try JSONView(parsing: try await route.respond(call))
      let kept = ["items", "series", "total"]
      documents[path] = .object((JSONValue(view).object ?? []).filter { kept.contains($0.0) })
    }
    return documents
  }

  @Test("is nothing at all where no instance has the label")
  func nobody() async throws {
    let company = try ServedCompany()
    try await company.serving(team: "nobody") { served in
      let instances = try await served.document("/instances")
      #expect(instances["total"]?.int64 == 0)
      let initiatives = try await served.document("/initiatives")
      #expect(initiatives["items"]?.array?.isEmpty == true)
      let page = try await served.asking.ask("/")
      #expect(page.status == 200)
    }
  }
}
#endif
