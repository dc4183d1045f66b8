import TestSupport
import Testing

/// Which state is meant: the working tree or a commit, a shared branch or one's own, data that somebody
/// committed or not.
@Suite struct StateInQuestionTests {
  private static let at = ["--at", "2026-06-01T07:00:00Z"]

  @Test(
    "a commit is read, and it is said that the working tree differs; what checks files reads them")
  func workingTree() throws {
    let company = try Company()
    let scratch = company.scratch
    for command in ["plan", "show", "apply"] {
      #expect(!(try scratch.plumb([command] + Self.at)).error.contains("differ"), "\(command)")
    }
    try scratch.write(
      Company.initiative.replacing("targetScore: 50", with: "targetScore: 101"),
      to: "repository/desired-state/initiative.yaml")
    for command in ["plan", "show", "apply"] {
      let run = try scratch.plumb([command] + Self.at)
      #expect(run.status == 0)
      #expect(
        run.error.contains("desired-state/initiative.yaml differs from what is read here, commit "),
        "\(command): \(run.error)")
    }
    #expect(
      !(try scratch.plumb(["plan", "--revision", "HEAD~0"] + Self.at)).error.contains("differ"))
    #expect(!(try scratch.plumb(["plan", "--quiet"] + Self.at)).error.contains("differ"))
    let invalid = try scratch.plumb("validate")
    #expect(invalid.status == 1)
    #expect(invalid.error.contains("101"))
    #expect(try scratch.plumb("validate", "--revision", "HEAD").status == 0)
    // A recommendation that was just written is there to be tested.
    try scratch.write(Company.initiative, to: "repository/desired-state/initiative.yaml")
    try scratch.write(
      Declare.recommendation(
        "acme-new", "New", impact: "low", "compliant: \"true\"\ntests: [{ compliant: {} }]"),
      to: "repository/desired-state/new.yaml")
    #expect(!(try scratch.plumb("test", "acme-new")).error.contains("no recommendation named"))
  }

  @Test("what is on no shared branch is not pushed, unless somebody says so")
  func push() throws {
    let bench = try RemoteBench()
    try bench.clone("ada")
    let scratch = bench.scratch
    try scratch.git("checkout", "--quiet", "-b", "rogue", in: "ada")
    try scratch.write(
      Company.initiative.replacing("targetScore: 50", with: "targetScore: 1"),
      to: "ada/desired-state/initiative.yaml")
    try scratch.git("commit", "--quiet", "--all", "-m", "Rogue", in: "ada")
    let refused = try bench.plumb("apply", "--push", "--at", RemoteBench.time, in: "ada")
    #expect(refused.status == 1)
    #expect(refused.error.contains("is not on the branch that its HEAD names"), "\(refused.error)")
    #expect(try bench.remoteCount() == 0)
    // On the remote, and not on its own branch.
    try scratch.git("push", "--quiet", "origin", "rogue", in: "ada")
    #expect(
      try bench.plumb("apply", "--push", "--at", RemoteBench.time, in: "ada").status == 1)
    #expect(
      try bench.plumb(
        "apply", "--push", "--branch", "release", "--at", RemoteBench.time, in: "ada"
      ).status == 1)
    #expect(try bench.remoteCount() == 0)
    let named = try bench.plumb(
      "apply", "--push", "--branch", "rogue", "--at", RemoteBench.time, in: "ada")
    #expect(named.status == 0, "\(named.error)")
    #expect(try bench.remoteCount() == 1)
    // An older commit of the shared branch is on it.
    try scratch.git("checkout", "--quiet", "main", in: "ada")
    #expect(
      try bench.plumb("apply", "--push", "--at", RemoteBench.time, in: "ada").status == 0)
    try scratch.git("checkout", "--quiet", "rogue", in: "ada")
    #expect(
      try bench.plumb(
        "apply", "--push", "--any-branch", "--at", RemoteBench.time, in: "ada"
      ).status == 0)
    for arguments in [["apply", "--any-branch"], ["apply", "--branch", "main"]] {
      #expect(try bench.start(arguments, in: "ada").finish().status == 64)
    }
  }

  @Test("a plan names the commit that brought the data, or says that nobody committed it")
  func data() throws {
    let company = try Company()
    let scratch = company.scratch
    #expect(try scratch.plumb(["apply"] + Self.at).status == 0)
    try company.observe(mfa: 1, at: "2026-06-01T06:30:00Z")
    let loose = try scratch.plumb(["plan"] + Self.at)
    #expect(loose.output.contains("acme-eu is not committed"), "\(loose.output)")
    #expect(loose.output.contains("the tenant changed"))
    try scratch.commit([:], "Fetched")
    let commit = try scratch.git("rev-parse", "HEAD")
    try scratch.commit(["README.md": "Another commit"], "Words")
    let run = try scratch.plumb(["plan"] + Self.at)
    #expect(
      run.output.contains("acme-eu came with commit \(commit.prefix(7)) of "), "\(run.output)")
    #expect(run.output.contains(", Ada\n"))
    #expect(!run.output.contains("acme-us came with"))
    let json = try scratch.plumb(["plan", "--format", "json"] + Self.at)
    #expect(json.output.contains("\"commit\": \"\(commit)\""))
  }
}
