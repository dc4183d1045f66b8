import Foundation
import TestSupport
import Testing

/// Credentials that lie in no file: a shell's pipe, and what a command prints.
@Suite("Credentials from a pipe and from a command")
struct CredentialFeedTests {
  /// Observes with the real program, started by bash, and says what the vendor was shown.
  private func observed(
    _ options: String, mapping: String
  ) async throws -> (run: Run, tokens: Set<String>) {
    var result: (run: Run, tokens: Set<String>)?
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      let company = try LiveCompany(LiveCompany.instance(at: server.authority))
      var environment = company.environment
      environment["PLUMB_ACME_EU_TOKEN"] = nil
      environment["MAPPING"] = mapping
      let program = try #require(Program.path, "the program is not built")
      let run = try Run(
        "/bin/bash",
        ["-c", "'\(program)' observe --allow-host \(server.origin) \(options)"],
        in: "\(company.scratch.path)/repository", environment: environment)
      result = (run, Set(server.requests.compactMap { $0.header("authorization") }))
    }
    return try #require(result)
  }

  private static let mapping = "acme-eu: { token: \(LiveCompany.token) }"

  @Test(
    "both are read once, and are what is sent",
    arguments: [
      #"--credentials <(printf '%s' "$MAPPING")"#,
      #"--credentials-command 'printf "%s" "$MAPPING"'"#,
      #"--credentials /dev/stdin <<<"$MAPPING""#,
    ])
  func feeds(options: String) async throws {
    let (run, tokens) = try await observed(options, mapping: Self.mapping)
    #expect(run.status == 0, "\(run.error)")
    #expect(tokens == ["Bearer \(LiveCompany.token)"])
    #expect(!(run.output + run.error).contains(LiveCompany.token))
  }

  @Test(
    "what gives no credentials says so, and nothing is asked of the vendor",
    arguments: [
      ("--credentials-command 'exit 7'", "--credentials-command: it ended with code 7"),
      ("--credentials-command 'kill -9 $$'", "--credentials-command: it ended with signal 9"),
      (
        "--credentials-command 'echo secret-and-no-mapping'",
        "what --credentials-command prints is no mapping"
      ),
      ("--credentials-command 'yes' ", "it prints more than 1 MiB"),
      ("--credentials <(true) --credentials-command true", "give one"),
      ("--credentials /dev/null", "/dev/null is neither a regular file nor a pipe"),
    ])
  func refused(options: String, message: String) async throws {
    let (run, tokens) = try await observed(options, mapping: "")
    #expect(run.status != 0)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(!run.error.contains("secret-and-no-mapping"))
    #expect(tokens.isEmpty)
  }

  @Test(
    "what is misspelt is named, with what it may have been meant for, and without its value",
    arguments: [
      (
        "acme-eu: { tokn: hidden-value }",
        "'tokn' of 'acme-eu' in --credentials is no field of Acme; did you mean 'token'?"
      ),
      ("acme-ue: { token: hidden-value }", "--credentials has 'acme-ue', and nothing of 'acme-eu'"),
      ("acme-eu: { token: }", "'token' of 'acme-eu' is empty"),
    ])
  func misspelt(mapping: String, message: String) async throws {
    let (run, tokens) = try await observed(
      #"--credentials <(printf '%s' "$MAPPING")"#, mapping: mapping)
    #expect(run.status == 1)
    let told = run.output + run.error
    #expect(told.contains(message), "\(told)")
    #expect(!told.contains("hidden-value") && tokens.isEmpty)
  }

  @Test("a misspelt variable is named too")
  func variable() throws {
    var company = try LiveCompany(LiveCompany.instance(at: "127.0.0.1:9"))
    company.environment["PLUMB_ACME_EU_TOKEN"] = nil
    company.environment["PLUMB_ACME_EU_TOKNE"] = "hidden-value"
    let run = try company.plumb(["observe", "--allow-host", "http://127.0.0.1:9"])
    #expect(run.status == 1)
    #expect(
      run.output.contains("PLUMB_ACME_EU_TOKNE is set; did you mean 'PLUMB_ACME_EU_TOKEN'?"),
      "\(run.output)")
    #expect(!(run.output + run.error).contains("hidden-value"))
  }

  @Test(
    "beside whole credentials, what nothing reads is named, with what it may have been meant for",
    arguments: [
      (
        "acme-eu: { token: \(LiveCompany.token), apitoken: hidden-value }",
        "'apitoken' of 'acme-eu' in --credentials is no field of Acme; known: host, token"
      ),
      (
        "{ acme-eu: { token: \(LiveCompany.token) }, acme-ue: { token: hidden-value } }",
        "'acme-ue' in --credentials is no instance that is read over an API; did you mean 'acme-eu'?"
      ),
    ])
  func unusedFields(mapping: String, message: String) async throws {
    let (run, tokens) = try await observed(
      #"--credentials <(printf '%s' "$MAPPING")"#, mapping: mapping)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error.contains("warning: \(message)"), "\(run.error)")
    #expect(!(run.output + run.error).contains("hidden-value"))
    #expect(tokens == ["Bearer \(LiveCompany.token)"])
  }

  @Test("so is a variable, in observe and in a plan that observes; with --quiet nothing is said")
  func unusedVariables() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request)
    } _: { server in
      var company = try LiveCompany(LiveCompany.instance(at: server.authority))
      company.environment["PLUMB_ACME_EU_SECRET"] = "hidden-value-1"
      company.environment["PLUMB_ACME_UE_TOKEN"] = "hidden-value-2"
      company.environment["PLUMB_OTHER_THING"] = "hidden-value-3"
      let messages = [
        "warning: PLUMB_ACME_EU_SECRET is set, and Acme has no such field; known: PLUMB_ACME_EU_HOST, PLUMB_ACME_EU_TOKEN",
        "warning: PLUMB_ACME_UE_TOKEN is set, and no instance reads it; did you mean 'PLUMB_ACME_EU_TOKEN'?",
      ]
      for arguments in [["plan"], ["observe"], ["observe", "--check"]] {
        let run = try company.plumb(arguments, at: [server])
        for message in messages { #expect(run.error.contains(message), "\(run.error)") }
        #expect(!(run.output + run.error).contains("hidden-value"))
        #expect(!run.error.contains("PLUMB_OTHER_THING"))
      }
      let quiet = try company.plumb(["observe", "--quiet"], at: [server])
      #expect(!quiet.error.contains("warning:"), "\(quiet.error)")
    }
  }
}
