import Posture
import Testing

@testable import Observation

/// What an answer to a request of a code has to say.
@Suite struct CodeRequestTests {
  private static func result(_ body: () throws -> String) -> String {
    do {
      return try body()
    } catch {
      return (error as? Fault)?.detail ?? "\(error)"
    }
  }

  @Test("no two requests are alike, and the page says what RFC 6749 and RFC 7636 ask for")
  func page() throws {
    let (request, other) = (CodeRequest(), CodeRequest())
    #expect(request.state != other.state && request.verifier != other.verifier)
    #expect(request.state.count == 43 && request.verifier.count == 43)
    let address = try #require(Address("https://acme.example/authorize?a=b"))
    func page(_ redirect: String?, proves: Bool) -> [String] {
      let page = request.page(
        at: address, client: "a&b=c", parameters: [("scope", "read all"), ("none", "")],
        redirect: redirect, provesExchange: proves)
      return (page.query ?? "").split(separator: "&").map(String.init)
    }
    let full = page("http://127.0.0.1:8912/", proves: true)
    #expect(
      full.dropLast(2) == [
        "a=b", "response_type=code", "client_id=a%26b%3Dc", "scope=read%20all",
        "redirect_uri=http%3A%2F%2F127.0.0.1%3A8912%2F", "state=\(request.state)",
      ])
    #expect(full.last == "code_challenge_method=S256")
    #expect(!full.joined().contains(request.verifier))
    let bare = page(nil, proves: false)
    #expect(bare.count == 5)
    #expect(!bare.joined().contains("code_challenge") && !bare.joined().contains("redirect_uri"))
  }

  @Test("another request's answer, a refusal and none at all are told")
  func answers() {
    let request = CodeRequest()
    let foreign =
      "the answer belongs to another request (its state is not the one that was sent): nothing was exchanged; begin again"
    for query in [
      "code=abc", "code=abc&state=", "code=abc&state=\(CodeRequest().state)",
      "code=abc&state=\(request.state)&state=x", "error=access_denied", "",
    ] {
      #expect(Self.result { try request.code(inQuery: query) } == foreign, "\(query)")
    }
    let own = "state=\(request.state)"
    #expect(Self.result { try request.code(inQuery: "code=a%2Fb&\(own)") } == "a/b")
    #expect(
      Self.result { try request.code(inQuery: "\(own)&error=access_denied") }
        == "access was not allowed (“access_denied”)")
    #expect(
      Self.result {
        try request.code(inQuery: "\(own)&error=x&error_description=not+by%20you&code=abc")
      } == "access was not allowed (“not by you”)")
    for query in [own, "code=&\(own)", "code=a%0Ab&\(own)", "code=a&code=b&\(own)"] {
      #expect(Self.result { try request.code(inQuery: query) } == "the answer has no code")
    }
  }

  @Test("what is pasted is a code, or the whole address with its state")
  func pasted() {
    let request = CodeRequest()
    func code(_ text: String) -> String { Self.result { try request.code(inPasted: text) } }
    #expect(code("  abc \n") == "abc")
    #expect(code("https://acme.example/cb?code=abc&state=\(request.state)#x") == "abc")
    #expect(code("https://acme.example/cb?code=abc&state=x").hasPrefix("the answer belongs"))
    #expect(code("https://acme.example/cb") == "the address has no code")
    #expect(code("") == "that is no code: paste it alone, or the whole address")
    #expect(code("two words") == "that is no code: paste it alone, or the whole address")
  }

  @Test(
    "where the page leads to is this machine, or what a person copies from",
    arguments: [
      (nil, false, "http://127.0.0.1:8912/"), (nil, true, nil),
      ("http://127.0.0.1:9000/cb", false, "http://127.0.0.1:9000/cb"),
      ("https://acme.example/cb", true, "https://acme.example/cb"),
      ("http://127.0.0.1:9000/", true, "http://127.0.0.1:9000/"),
    ] as [(String?, Bool, String?)])
  func targets(text: String?, isPasted: Bool, uri: String?) throws {
    #expect(try RedirectTarget(text, isPasted: isPasted, showsCode: true).uri == uri)
  }

  @Test(
    "an address elsewhere is refused",
    arguments: [
      ("https://evil.example/", false), ("http://evil.example:80/", false),
      ("http://localhost:9000/", false), ("http://127.0.0.1/", false),
      ("http://127.0.0.1.evil.example:1/", false), ("http://evil.example/", true),
      ("nonsense", true), ("https://acme.example/?a=b", true), ("https://a@evil.example/", true),
    ])
  func elsewhere(text: String, isPasted: Bool) {
    #expect(throws: Fault.self) {
      try RedirectTarget(text, isPasted: isPasted, showsCode: false)
    }
  }
}
