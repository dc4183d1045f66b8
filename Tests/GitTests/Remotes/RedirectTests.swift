import Testing

@testable import Git

/// Where git's configuration leads URLs.
@Suite("Redirected remotes")
struct RedirectTests {
  @Test("the longest beginning leads on, and for pushing one of its own does")
  func longest() throws {
    let sandbox = try Sandbox()
    let (repository, _) = try sandbox.makeBareRepository()
    for (base, variable, beginning) in [
      ("https://short.example/", "insteadOf", "corp:"),
      ("https://long.example/a.b/", "insteadOf", "corp:posture/"),
      ("ssh://push.example/", "pushInsteadOf", "corp:posture/"),
      ("https://other.example/", "insteadOf", "https://nobody.example/"),
    ] { try sandbox.git("config", "url.\(base).\(variable)", beginning) }
    for (url, fetched, pushed) in [
      ("corp:x.git", "https://short.example/x.git", "https://short.example/x.git"),
      ("corp:posture/x.git", "https://long.example/a.b/x.git", "ssh://push.example/x.git"),
      ("https://nobody.examples/", "https://nobody.examples/", "https://nobody.examples/"),
    ] {
      #expect(try repository.redirected(url, forPushing: false) == fetched)
      #expect(try repository.redirected(url, forPushing: true) == pushed)
    }
  }
}
