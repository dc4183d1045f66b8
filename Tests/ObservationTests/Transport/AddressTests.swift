import Testing

@testable import Observation

@Suite("Addresses")
struct AddressTests {
  @Test(
    "take URLs apart",
    arguments: [
      ("https://API.Example.com", "api.example.com", nil, "/", nil),
      ("https://example.com:443/a?b=c#d", "example.com", nil, "/a", "b=c"),
      ("http://[::1]:8080/x?", "[::1]", 8080, "/x", ""),
      ("https://example.com?q", "example.com", nil, "/", "q"),
    ] as [(String, String, Int?, String, String?)])
  func parts(text: String, host: String, port: Int?, path: String, query: String?) throws {
    let address = try #require(Address(text))
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.path == path)
    #expect(address.query == query)
  }

  @Test(
    "refuse what two readers could read differently",
    arguments: [
      "https://good.com@evil.com/", "https://good.com\\@evil.com/", "https://evil .com",
      "ftp://a.b",
      "https://", "https://a..b", "https://-a.com", "https://a.com:0", "https://a.com:99999",
      "https://a.com/\r\nHost: b", "javascript:alert(1)", "//a.com", "https://a_b.com",
      "https://ä.de",
    ])
  func refused(text: String) { #expect(Address(text) == nil) }

  @Test(
    "resolve links",
    arguments: [
      ("/b?c=1", "https://a.com:8/b?c=1"), ("?c=1", "https://a.com:8/x/y?c=1"),
      ("https://b.com/", "https://b.com/"), ("//b.com/z", "https://b.com/z"),
    ])
  func resolving(link: String, url: String) {
    #expect(Address("https://a.com:8/x/y?z=1")?.resolving(link)?.url == url)
  }

  @Test("set a query parameter in place of the old one")
  func setting() {
    let address = Address("https://a.com/?a=1&page%5Bsize%5D=2&b=3")
    #expect(
      address?.setting("page[size]", to: "x y").url
        == "https://a.com/?a=1&b=3&page%5Bsize%5D=x%20y")
  }

  @Test("are told without their query")
  func description() {
    #expect(Address("https://a.com/b?cursor=secret")?.description == "https://a.com/b")
  }

  @Test(
    "allow plain HTTP on the loopback interface only",
    arguments: ["http://example.com", "http://127.0.0.1.example.com", "http://10.0.0.1:80"])
  func plain(text: String) {
    #expect(throws: (any Error).self) { try AllowedHost(text) }
  }
}
