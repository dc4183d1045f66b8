import Posture
import Reconciler
import TestSupport
import Testing

/// Apply, in real repositories.
@Suite struct ApplyTests {
  static let reports = "plumb/reports"

  @Test("writes one commit on an unborn branch, with message, trailers and no parent")
  func first() async throws {
    let company = try Company()
    let head = try company.scratch.git("rev-parse", "HEAD")
    let id = try await company.apply()
    let git = company.scratch
    #expect(try git.git("rev-parse", Self.reports) == id)
    let commit =
      try git.git("log", "-1", "--format=%an <%ae> %ai%n%cn <%ce> %ci%n%P%n%B", Self.reports)
    #expect(
      commit == """
        Ada <ada@contoso.example> 2026-06-01 07:00:00 +0000
        Grace <grace@contoso.example> 2026-06-01 07:00:00 +0000

        Ours 100.0; 4 new

        Desired-State: \(head)
        Observed-At: 2026-06-01T06:00:00Z
        Plumb-Version: 1.2.3

        """)
    #expect(
      try git.git("ls-tree", "-r", "--name-only", Self.reports).split(separator: "\n") == [
        "reports/README.md", "reports/drift.md", "reports/events.md", "reports/exceptions.md",
        "reports/initiatives/ours.md", "reports/instances/acme-eu/README.md",
        "reports/instances/acme-eu/settings.yaml", "reports/instances/acme-eu/state.json",
        "reports/instances/acme-us/README.md", "reports/instances/acme-us/settings.yaml",
        "reports/instances/acme-us/state.json", "reports/recommendations.md",
        "reports/recommendations/acme-idle.md", "reports/recommendations/acme-mfa.md",
        "reports/state.json",
      ])
  }

  @Test("leaves the working tree, the index and the checked-out branch alone")
  func untouched() async throws {
    let company = try Company()
    let git = company.scratch
    try git.write("dirty", to: "repository/desired-state/note.txt")
    try git.git("add", "desired-state/note.txt")
    try git.write("dirtier", to: "repository/desired-state/note.txt")
    let status = try git.git("status", "--porcelain")
    let head = try git.git("rev-parse", "HEAD")
    try await company.apply()
    #expect(try git.git("status", "--porcelain") == status)
    #expect(try git.git("rev-parse", "HEAD") == head)
    #expect(try git.git("symbolic-ref", "HEAD") == "refs/heads/main")
  }

  @Test("a second apply has nothing to do, now and later")
  func idempotent() async throws {
    let company = try Company()
    let id = try await company.apply()
    #expect(id != nil)
    #expect(try await company.apply() == nil)
    #expect(try await company.apply(at: "2026-07-01T07:00:00Z") == nil)
    #expect(try company.scratch.git("rev-list", "--count", Self.reports) == "1")
  }

  @Test("a change of the tenant becomes a commit after the last, and its diff is the drift")
  func drift() async throws {
    let company = try Company()
    let first = try #require(try await company.apply())
    try company.observe(mfa: 2, idle: 60, at: "2026-06-08T06:00:00Z")
    let second = try #require(try await company.apply(at: "2026-06-08T07:00:00Z"))
    let git = company.scratch
    #expect(try git.git("rev-parse", "\(second)^") == first)
    #expect(
      try git.git("log", "-1", "--format=%s", Self.reports)
        == "Ours 75.0 (-25.0); 2 regressed, 2 drifted")
    let lines = try git.git(
      "diff", "--unified=0", first, second, "--", "reports/instances/acme-eu/settings.yaml"
    ).split(separator: "\n").filter {
      ($0.hasPrefix("+") || $0.hasPrefix("-")) && !$0.hasPrefix("+++") && !$0.hasPrefix("---")
    }
    .map { $0.first.map(String.init)! + $0.dropFirst().trimmingPrefix { $0 == " " } }
    #expect(lines.contains("-idle: 15"), "\(lines)")
    #expect(lines.contains("+idle: 60"), "\(lines)")
    #expect(lines.contains("-mfa: true"), "\(lines)")
    #expect(lines.contains("+mfa: false"), "\(lines)")
  }

  @Test("the report tree is replaced: what is gone leaves nothing behind, other files stay")
  func replaced() async throws {
    let company = try Company()
    let git = company.scratch
    try await company.apply()
    // Somebody keeps notes beside the reports, and left a file in them.
    try git.git("worktree", "add", "--quiet", "../reports", Self.reports)
    try git.write("mine", to: "reports/NOTES.md")
    try git.write("stray", to: "reports/reports/stray.md")
    try git.git("add", "--all", in: "reports")
    try git.git("commit", "--quiet", "-m", "Notes", in: "reports")
    try git.git("worktree", "remove", "../reports")

    let instances = Company.instances.split(separator: "---\n").map(String.init)
    try git.commit(["desired-state/instances.yaml": instances[0]])
    #expect(try await company.apply() != nil)
    let files = try git.git("ls-tree", "-r", "--name-only", Self.reports)
    #expect(!files.contains("acme-us"))
    #expect(!files.contains("stray"))
    #expect(files.contains("NOTES.md"))
    #expect(try git.git("rev-list", "--count", Self.reports) == "3")
  }

  @Test("branch and folder are the Settings document's")
  func settings() async throws {
    let company = try Company(adding: [
      "desired-state/settings.yaml": Declare.settings("reports: { branch: audit, path: a/b }")
    ])
    try await company.apply()
    #expect(try await company.apply() == nil)
    let files = try company.scratch.git("ls-tree", "-r", "--name-only", "audit")
    #expect(files.split(separator: "\n").allSatisfy { $0.hasPrefix("a/b/") })
    #expect(files.contains("a/b/state.json"))
    #expect(try company.scratch.git("branch", "--list", Self.reports) == "")
  }

  @Test("a branch that somebody else made is not overwritten")
  func foreignBranch() async throws {
    let company = try Company(adding: [
      "desired-state/settings.yaml": Declare.settings("reports: { branch: release }")
    ])
    let git = company.scratch
    try git.git("branch", "release")
    let before = try git.git("rev-parse", "release")
    await #expect(throws: ReconcileError.self) { try await company.apply() }
    #expect(try git.git("rev-parse", "release") == before)
  }

  @Test(
    "reports are not committed over the desired state: its branch is no branch for them",
    arguments: ["here", "as a remote's, from a detached head", "behind what is checked out"])
  func ownBranch(place: String) async throws {
    let company = try Company(adding: [
      "desired-state/settings.yaml": Declare.settings("reports: { branch: trunk }")
    ])
    let git = company.scratch
    switch place {
    case "here": try git.git("branch", "--move", "trunk")
    case "behind what is checked out":
      try git.git("branch", "trunk")
      try git.commit(["other.txt": "later"])
    default:
      try git.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
      try git.git("checkout", "--quiet", "--detach")
    }
    let before = try git.git("for-each-ref")
    let error = await #expect(throws: ReconcileError.self) { try await company.apply() }
    #expect("\(try #require(error))".contains("'trunk' is a branch of the desired state itself"))
    #expect(try git.git("for-each-ref") == before)
  }

  @Test(
    "works from a subfolder, a linked worktree and a bare clone alike",
    arguments: ["repository/desired-state", "linked", "bare.git"])
  func places(folder: String) async throws {
    let company = try Company()
    let git = company.scratch
    switch folder {
    case "linked": try git.git("worktree", "add", "--quiet", "--detach", "../linked")
    case "bare.git": try git.git("clone", "--quiet", "--bare", ".", "../bare.git")
    default: break
    }
    let id = try await company.apply(try company.request(in: folder))
    #expect(id != nil)
    #expect(try await company.apply(try company.request(in: folder)) == nil)
    let place = folder == "bare.git" ? folder : "repository"
    #expect(try git.git("rev-parse", Self.reports, in: place) == id)
    let state = try git.git("show", "\(Self.reports):reports/state.json", in: place)
    #expect(state.contains("\"score\": 100.0"), "\(state)")
    #expect(try git.git("fsck", "--strict", in: place) == "")
  }

  @Test("a bare repository's observations are those of the revision")
  func bareRevision() async throws {
    let company = try Company()
    try company.observe(mfa: 0)
    try company.scratch.commit([:], "Observed")
    try company.scratch.git("clone", "--quiet", "--bare", ".", "../bare.git")
    var request = try company.request(in: "bare.git")
    request.location.revision = "HEAD~1"
    try await company.apply(request)
    #expect(
      try company.scratch.git("show", "\(Self.reports):reports/state.json", in: "bare.git")
        .contains("\"score\": 100.0"))
  }

  // MARK: Refusals

  @Test("a branch in the way is named")
  func conflict() async throws {
    let company = try Company()
    try company.scratch.git("branch", "plumb")
    let message = await company.failure { try await company.apply() }
    #expect(
      message
        == "updating 'refs/heads/plumb/reports': 'refs/heads/plumb/reports' cannot be created: 'refs/heads/plumb' exists, and one cannot be a folder of the other"
    )
  }

  @Test("a reports branch that is checked out is refused: its files would look changed")
  func checkedOut() async throws {
    let company = try Company()
    try await company.apply()
    try company.scratch.git("worktree", "add", "--quiet", "../reports", Self.reports)
    try company.observe(mfa: 0)
    let tip = try company.scratch.git("rev-parse", Self.reports)
    let message = await company.failure { try await company.apply() }
    #expect(message?.contains("refs/heads/plumb/reports") == true, "\(message ?? "")")
    #expect(message?.contains("checked out") == true, "\(message ?? "")")
    #expect(try company.scratch.git("rev-parse", Self.reports) == tip)
  }

  @Test("nothing is committed from the working tree alone")
  func workingTree() async throws {
    let company = try Company()
    var request = try company.request()
    request.location.usesWorkingTree = true
    let message = await company.failure { try await company.apply(request) }
    #expect(
      message
        == "apply records a commit's desired state: commit first, then apply without --working-tree"
    )
  }

  @Test("a repository without a commit says what to do")
  func unborn() async throws {
    let scratch = try Scratch()
    try scratch.makeFolder("repository")
    try scratch.git("init", "--quiet")
    let company = Company(scratch: scratch)
    let message = await company.failure { try await company.apply() }
    #expect(message == "branch 'main' has no commit yet")
  }

  @Test(
    "a damaged record is an error that names the file, and nothing is overwritten",
    arguments: [
      ("reports/state.json", "{", "reports/state.json: "),
      ("reports/state.json", "{}", "reports/state.json: 'apiVersion' is not a string"),
      (
        "reports/instances/acme-eu/state.json", "[]",
        "reports/instances/acme-eu/state.json: 'apiVersion' is not a string"
      ),
      (
        "reports/instances/acme-eu/state.json", nil,
        "reports/instances/acme-eu/state.json: it is missing"
      ),
      (
        "reports/state.json",
        #"{"apiVersion":"plumb/v1","kind":"State","instances":[{"name":"../../../etc"}]}"#,
        "the recorded state at "
      ),
    ] as [(String, String?, String)])
  func damaged(file: String, text: String?, message: String) async throws {
    let company = try Company()
    let git = company.scratch
    try await company.apply()
    try git.git("worktree", "add", "--quiet", "../reports", Self.reports)
    if let text {
      try git.write(text, to: "reports/\(file)")
    } else {
      try git.git("rm", "--quiet", file, in: "reports")
    }
    try git.git("commit", "--quiet", "--all", "-m", "Damage", in: "reports")
    try git.git("worktree", "remove", "../reports")
    let tip = try git.git("rev-parse", Self.reports)
    let failure = await company.failure { try await company.apply() }
    let short = try git.git("rev-parse", "--short=10", Self.reports)
    #expect(failure?.hasPrefix("the recorded state at ") == true, "\(failure ?? "")")
    #expect(failure?.contains(message) == true, "\(failure ?? "") at \(short)")
    #expect(try git.git("rev-parse", Self.reports) == tip)
  }

  @Test("an apply that was overtaken plans again from the other's state")
  func overtaken() async throws {
    let company = try Company()
    try await company.apply()
    try company.observe(mfa: 2, at: "2026-06-02T06:00:00Z")
    let rounds = Rounds()
    let assessed = Rounds()
    var request = try company.request(at: "2026-06-02T07:00:00Z")
    request.progress = { _, _ in _ = assessed.next() }
    let id = try await company.apply(request) { _ in
      // Between plan and commit, somebody else commits to the branch.
      guard rounds.next() == 1 else { return }
      try company.scratch.git("worktree", "add", "--quiet", "../other", Self.reports)
      try company.scratch.write("x", to: "other/NOTES.md")
      try company.scratch.git("add", "--all", in: "other")
      try company.scratch.git("commit", "--quiet", "-m", "Other", in: "other")
      try company.scratch.git("worktree", "remove", "../other")
    }
    #expect(rounds.count == 2)
    // Two instances, each once, although the plan was made twice.
    #expect(assessed.count == 2)
    #expect(try company.scratch.git("rev-parse", Self.reports) == id)
    #expect(
      try company.scratch.git("log", "--format=%s", Self.reports)
        == "Ours 87.5 (-12.5); 1 regressed, 1 drifted\nOther\nOurs 100.0; 4 new")
    #expect(try company.scratch.git("ls-tree", "--name-only", Self.reports).contains("NOTES.md"))
  }

  @Test("an apply that is always overtaken gives up, and says so")
  func alwaysOvertaken() async throws {
    let company = try Company()
    try await company.apply()
    try company.observe(mfa: 2)
    let tree = try company.scratch.git("rev-parse", "\(Self.reports)^{tree}")
    let message = await company.failure {
      try await company.apply(try company.request()) { _ in
        let tip = try company.scratch.git("rev-parse", Self.reports)
        let id = try company.scratch.git("commit-tree", "-m", "Other", "-p", tip, tree)
        try company.scratch.git("update-ref", "refs/heads/\(Self.reports)", id)
      }
    }
    #expect(
      message == "the reports branch was moved by others 10 times in a row; run apply again")
  }
}
