#if Service
import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// A company whose tenant is a server on this machine, its repository a bare remote, and the controller that follows it.
///
/// A controller on a busy machine records what there is before its first observation ends, and a question to it waits. So no test counts
/// its commits: it waits until the remote says what it is to say, and compares each commit with what the log says of it.
struct ControllerBench {
  let company: LiveCompany
  var scratch: Scratch { company.scratch }
  var remote: String { scratch.path + "/remotes/company.git" }
  let servers: [VendorServer]
  static let secret = "the secret of the webhook"
  /// Seconds that a question to the program may take at most: longer than any machine stands still.
  private static let patience = 1_800.0

  /// - Parameter instances: Documents; by default one instance at the first server.
  init(_ servers: [VendorServer], instances: String? = nil) throws {
    self.servers = servers
    company = try LiveCompany(
      instances ?? LiveCompany.instance(at: servers[0].authority))
    let scratch = company.scratch
    try scratch.makeFolder("remotes")
    try scratch.git("clone", "--quiet", "--bare", "repository", "remotes/company.git", in: ".")
    try scratch.git("remote", "add", "origin", remote)
    try scratch.git("push", "--quiet", "--set-upstream", "origin", "main")
  }

  /// Starts a controller that observes every hour, asks the remote every hour, and listens for hooks.
  ///
  /// - Parameters:
  ///   - name: Of its own cache and store.
  ///   - url: The remote's; by default the folder's.
  func start(
    _ name: String = "one", _ arguments: [String] = [], hooks: Bool = true, at url: String? = nil,
    adding variables: [String: String] = [:]
  ) throws -> WatchedProgram {
    var environment = company.environment.merging(variables) { $1 }
    environment["PLUMB_CACHE"] = "\(scratch.path)/cache-\(name)"
    environment["XDG_STATE_HOME"] = "\(scratch.path)/state-\(name)"
    if hooks { environment["PLUMB_HOOK_SECRET"] = Self.secret }
    let own =
      [
        "controller", "--repo", url ?? "file://\(remote)", "--admin", "127.0.0.1:0", "--interval",
        "1h",
        "--min-interval", "1s", "--poll", "1h", "--debounce", "0s",
      ] + (hooks ? ["--listen", "127.0.0.1:0"] : []) + arguments
    return try WatchedProgram(
      try #require(Program.path, "the program is not built"),
      own + servers.flatMap { ["--allow-host", $0.origin] }, in: scratch.path,
      environment: environment)
  }

  /// The port at which it listens for hooks, or at which the machine asks.
  static func port(_ name: String, of program: WatchedProgram) async throws -> Int {
    let line = try await program.line(with: "listening", "for=\(name)").text
    return try #require(line.firstMatch(of: /port=(\d+)/).flatMap { Int($0.1) })
  }

  /// Says, as GitLab does, that somebody pushed.
  static func ring(_ program: WatchedProgram, id: String) async throws {
    let port = try await port("hooks", of: program)
    var request = URLRequest(
      url: try #require(URL(string: "http://127.0.0.1:\(port)/hooks/git")))
    request.httpMethod = "POST"
    request.timeoutInterval = patience
    request.setValue(secret, forHTTPHeaderField: "X-Gitlab-Token")
    request.setValue("Push Hook", forHTTPHeaderField: "X-Gitlab-Event")
    request.httpBody = Data(#"{"object_kind":"push","ref":"refs/heads/main","id":"\#(id)"}"#.utf8)
    let (_, answer) = try await URLSession.shared.data(for: request)
    #expect((answer as? HTTPURLResponse)?.statusCode == 202)
  }

  static func ask(_ program: WatchedProgram, _ path: String) async throws -> (Int, String) {
    let port = try await port("admin", of: program)
    let url = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
    let (data, answer) = try await URLSession.shared.data(
      for: URLRequest(url: url, timeoutInterval: patience))
    return (
      (answer as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self)
    )
  }

  /// What it answers once that says something: asked again until then.
  static func ask(
    _ program: WatchedProgram, _ path: String, until holds: (String) -> Bool
  ) async throws -> String {
    while true {
      let (status, text) = try await ask(program, path)
      try #require(status == 200)
      if holds(text) { return text }
    }
  }

  /// What the remote says.
  func remoteGit(_ arguments: String...) throws -> String {
    let run = try Run("/usr/bin/git", arguments, in: remote, environment: Scratch.environment)
    guard run.status == 0 else { throw Scratch.Failure(description: run.error) }
    return run.output.trimmingCharacters(in: .newlines)
  }

  /// Commits of the reports on the remote, the first one first, each with its tree.
  func commits() throws -> [(id: String, tree: String)] {
    try remoteGit("log", "--reverse", "--format=%H %T", "plumb/reports").split(separator: "\n")
      .map { line in
        let words = line.split(separator: " ").map(String.init)
        return (words[0], words[1])
      }
  }

  /// Whether anything was recorded.
  func hasReports() throws -> Bool {
    try !remoteGit("for-each-ref", "refs/heads/plumb/reports").isEmpty
  }

  /// A file of the reports on the remote; nil while there is none.
  func report(_ file: String, at commit: String = "plumb/reports") -> String? {
    try? remoteGit("show", "\(commit):reports/\(file)")
  }

  /// What the reports say of the tenant.
  static let page = "instances/acme-eu/README.md"
  static let state = "instances/acme-eu/state.json"

  /// Waits until the remote's report of the tenant holds a text: each time that the program says that it recorded something, it is read.
  ///
  /// - Returns: The number of the line behind the one that said so.
  @discardableResult
  func recorded(
    by program: WatchedProgram, from start: Int = 0, in file: String = Self.page, _ text: String
  ) async throws -> Int {
    var place = start
    while true {
      place = try await program.line(with: Self.recordedLine, from: place).next
      if report(file)?.contains(text) == true { return place }
    }
  }

  /// What a controller says of each commit.
  static let recordedLine = "info: recorded "

  /// Fails unless the remote is whole, its reports are one line of commits, and none of them repeats the one before.
  func checkWhole() throws {
    _ = try remoteGit("fsck", "--strict", "--no-dangling")
    #expect(try remoteGit("rev-list", "--min-parents=2", "plumb/reports") == "")
    let trees = try commits().map(\.tree)
    #expect(zip(trees, trees.dropFirst()).allSatisfy { $0 != $1 }, "\(trees)")
  }

  /// Fails unless the commits on the remote are those that the controller, which has ended, says that it made.
  func checkTold(by program: WatchedProgram) throws {
    let told = program.lines.filter { $0.contains(Self.recordedLine) }
    let commits = try commits().map(\.id)
    #expect(told.count == commits.count, "\(program.lines)")
    #expect(zip(told, commits).allSatisfy { $0.contains($1) }, "\(told) \(commits)")
  }

  /// Changes the desired state, and pushes that.
  func declare(_ text: String, in file: String, message: String = "change") throws {
    try scratch.write(text, to: "repository/\(file)")
    try scratch.git("add", "--all")
    try scratch.git("commit", "--quiet", "--message", message)
    try scratch.git("push", "--quiet", "origin", "main")
  }
}
#endif
