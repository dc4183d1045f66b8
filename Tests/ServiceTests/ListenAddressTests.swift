#if Service
import Testing

@testable import Service

@Suite("Addresses to listen at")
struct ListenAddressTests {
  @Test(
    "a host and a port, read and written alike",
    arguments: ["127.0.0.1:9440", "[::1]:0", "localhost:65535", "plumb.contoso.example:80"])
  func read(_ text: String) {
    #expect(ListenAddress(text)?.description == text)
  }

  @Test(
    "what is none is refused",
    arguments: [
      "", ":", "9440", ":9440", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
      "127.0.0.1:+1", "::1:80", "[::1]", "[]:80", "a b:80", "http://a:80", "a/b:80", "[a]:80",
    ])
  func refused(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(
    "only this machine's own addresses are loopback",
    arguments: [
      ("127.0.0.1:1", true), ("127.9.9.9:1", true), ("[::1]:1", true), ("localhost:1", true),
      ("0.0.0.0:1", false), ("[::]:1", false), ("10.0.0.1:1", false),
      ("127.0.0.1.evil.example:1", false),
      ("127.1:1", false), ("1270.0.0.1:1", false),
    ])
  func loopback(_ text: String, _ expected: Bool) {
    #expect(ListenAddress(text)?.isLoopback == expected)
  }
}
#endif
