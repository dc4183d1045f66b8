import TestSupport
import Testing

@testable import Observation

@Suite("Paging")
struct PagingTests {
  private static func items(_ range: Range<Int>) -> String {
    "[" + range.map { "{\"id\":\"\($0)\"}" }.joined(separator: ",") + "]"
  }

  @Test("follows Link headers over many pages, in several headers or one")
  func link() async throws {
    try await VendorServer.serve { request, _ in
      let page = Int(request.query["page"] ?? "1") ?? 1
      let next =
        "<https://\(request.header("host") ?? "")/api/items?page=\(page + 1)>; rel=\"next\""
      let own = "<https://x/api/items?page=\(page)>; rel=\"self\""
      let headers =
        page == 30
        ? [("link", own)]
        : page.isMultiple(of: 2) ? [("link", "\(own), \(next)")] : [("link", own), ("link", next)]
      return .json(Self.items((page - 1) * 2..<page * 2), headers: headers)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(report.state(of: "items") == "complete 60")
      #expect(scene.lines("items").first == #"{"id":"0"}"#)
      #expect(scene.lines("items").last == #"{"id":"59"}"#)
      #expect(report.requests == 30)
    }
  }

  @Test(
    "follows what the body says",
    arguments: [
      ("odata", #"{"value":ITEMS,"@odata.nextLink":"NEXT"}"#, "/value"),
      ("{ next: /links/next }", #"{"data":ITEMS,"links":{"next":"NEXT"}}"#, "/data"),
      (
        "{ cursor: { from: /cursor, parameter: page } }", #"{"rows":ITEMS,"cursor":"PAGE"}"#,
        "/rows"
      ),
    ])
  func body(pagination: String, shape: String, items: String) async throws {
    try await VendorServer.serve { request, _ in
      let page = Int(request.query["page"] ?? "1") ?? 1
      let isLast = page == 4
      let text = shape.replacing("ITEMS", with: Self.items(page..<page + 1))
        .replacing("NEXT", with: isLast ? "" : "/api/items?page=\(page + 1)")
        .replacing("PAGE", with: isLast ? "" : "\(page + 1)")
      return .json(text)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "items: { get: /items, items: \(items), pagination: \(pagination) }", at: server)
      #expect(report.state(of: "items") == "complete 4")
    }
  }

  @Test("counts items or pages where the vendor wants it")
  func counting() async throws {
    try await VendorServer.serve { request, _ in
      if request.path == "/api/offset" {
        let offset = Int(request.query["start"] ?? "") ?? -1
        return .json(Self.items(offset..<min(offset + 3, 7)), headers: [("x-total", "7")])
      }
      let page = Int(request.query["p"] ?? "") ?? -1
      return .json(Self.items((page - 1) * 3..<min(page * 3, 7)))
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        offset:
          get: /offset
          pagination: { offset: { parameter: start, sizeParameter: n, size: 3, totalHeader: x-total } }
        pages:
          get: /pages
          pagination: { page: { parameter: p, sizeParameter: n, size: 3 } }
        """, at: server)
      #expect(report.state(of: "offset") == "complete 7")
      #expect(report.state(of: "pages") == "complete 7")
      #expect(report.requests == 6)
    }
  }

  @Test(
    "an answer that counts items which nobody was shown leaves the collection in part, not the others",
    arguments: [
      ("header: x-total", "4", "complete 4"), ("header: x-total", "3", "complete 4"),
      (
        "header: x-total", "5",
        "partial 4: 4 of 5 items came: the credentials are not shown everything"
      ),
      ("pointer: /count", "4", "complete 4"),
      (
        "pointer: /count", "9",
        "partial 4: 4 of 9 items came: the credentials are not shown everything"
      ),
    ])
  func hidden(total: String, number: String, expected: String) async throws {
    try await VendorServer.serve { request, _ in
      let page = Int(request.query["page"] ?? "1") ?? 1
      return .json(
        "{\"count\":\"\(number)\",\"rows\":\(Self.items(page * 2..<page * 2 + 2)),\"cursor\":\"\(page < 2 ? "2" : "")\"}",
        headers: [("x-total", number)])
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        items: { get: /items, items: /rows, total: { \(total) }, pagination: { cursor: { from: /cursor, parameter: page } } }
        others: { get: /others, items: /rows, pagination: none }
        one: { get: /one, singleton: true }
        """, at: server)
      #expect(report.state(of: "items") == expected)
      #expect(report.state(of: "others") == "complete 2")
      #expect(report.state(of: "one") == "complete 1")
    }
  }

  @Test("a connector's count is one of every list, and of no single resource")
  func hiddenByConnector() async throws {
    try await VendorServer.serve { request, _ in
      request.path == "/api/one"
        ? .json("{\"id\":\"x\"}", headers: [("x-total", "7")])
        : .json(Self.items(0..<2), headers: request.path == "/api/none" ? [] : [("x-total", "7")])
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let yaml = TestConnector.yaml(
        "items: { get: /items }\none: { get: /one, singleton: true }\nnone: { get: /none }",
        extra: "total: { header: x-total }")
      let report = try await scene.observe(
        try #require(TestConnector.connector(yaml)), at: server,
        credentials: ["token": "secret-token-1"])
      #expect(
        report.state(of: "items")
          == "partial 2: 2 of 7 items came: the credentials are not shown everything")
      #expect(report.state(of: "one") == "complete 1")
      #expect(report.state(of: "none") == "complete 2")
    }
  }

  @Test(
    "counts the items that came where the vendor sends fewer than asked for, to the body's total",
    arguments: [#"7"#, #""7""#])
  func receivedItems(total: String) async throws {
    try await VendorServer.serve { request, _ in
      let start = Int(request.query["start"] ?? "") ?? -1
      return .json(
        #"{"total":\#(total),"rows":\#(Self.items(start..<min(start + 2, 7)))}"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        items:
          get: /items
          items: /rows
          pagination: { offset: { parameter: start, sizeParameter: n, size: 5, totalPointer: /total } }
        """, at: server)
      #expect(report.state(of: "items") == "complete 7")
      #expect(scene.lines("items") == (0..<7).map { #"{"id":"\#($0)"}"# })
      #expect(report.requests == 4)
    }
  }

  @Test(
    "a total that is not kept, or not told, is no end",
    arguments: [
      (#"{"total":7,"rows":ITEMS}"#, "partial 4: page 3 is empty, though 4 of 7 items came"),
      (#"{"rows":ITEMS}"#, "failed 0: the answer has no number of all items at /total"),
      (
        #"{"total":"many","rows":ITEMS}"#,
        "failed 0: the answer has no number of all items at /total"
      ),
    ])
  func brokenTotal(shape: String, expected: String) async throws {
    try await VendorServer.serve { request, _ in
      let start = Int(request.query["start"] ?? "0") ?? -1
      return .json(
        request.path == "/api/other"
          ? "[]"
          : shape.replacing("ITEMS", with: Self.items(start..<max(start, min(start + 2, 4)))))
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        other: { get: /other }
        items:
          get: /items
          items: /rows
          pagination: { offset: { parameter: start, sizeParameter: n, size: 2, totalPointer: /total } }
        """, at: server)
      #expect(report.state(of: "items")?.hasSuffix(expected.drop { $0 != ":" }) == true)
      #expect(report.state(of: "items")?.hasPrefix("complete") == false)
    }
  }

  @Test("continues a POST elsewhere with the cursor alone")
  func post() async throws {
    try await VendorServer.serve { request, _ in
      let body = String(decoding: request.body, as: UTF8.self)
      switch (request.method, request.path, body) {
      case ("POST", "/api/list", #"{"limit":2}"#):
        return .json(#"{"members":[{"id":"a"}],"cursor":"c1","has_more":true}"#)
      case ("POST", "/api/list/continue", #"{"cursor":"c1"}"#):
        return .json(#"{"members":[{"id":"b"}],"cursor":"c2","has_more":false}"#)
      default: return .json("{}", status: 400)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        """
        members:
          post: /list
          body: { limit: 2 }
          items: /members
          pagination:
            cursor:
              from: /cursor
              parameter: cursor
              place: body
              more: /has_more
              continueAt: https://{domain}/api/list/continue
        """, at: server)
      #expect(report.state(of: "members") == "complete 2")
    }
  }

  @Test("a page that comes again is a loop")
  func loop() async throws {
    try await VendorServer.serve { request, _ in
      let page = request.query["page"] == "2" ? 1 : 2
      return .json(
        Self.items(0..<2), headers: [("link", "</api/items?page=\(page)>; rel=\"next\"")])
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: '/items?page=1' }", at: server)
      #expect(
        report.failureText == "page 3 is a page that was read before: a loop")
    }
  }

  @Test("pages without end meet the limit")
  func endless() async throws {
    try await VendorServer.serve { request, _ in
      let page = Int(request.query["page"] ?? "0") ?? 0
      return .json(
        Self.items(page..<page + 1),
        headers: [("link", "</api/items?page=\(page + 1)>; rel=\"next\"")])
    } _: { server in
      var scene = Scene()
      scene.options.limits.pages = 5
      defer { scene.remove() }
      let report = try await scene.observe("items: { get: /items }", at: server)
      #expect(
        report.failureText == "there are more than 5 pages, which is the limit")
    }
  }
}
