#if Service
import Foundation
import TestSupport
import Testing

/// Controllers that are killed, ended while they record, and set against each other: nothing is lost, and history stays one line.
@Suite("Controllers under duress", .timeLimit(.minutes(45)))
struct ControllerRaceTests {
  private static let isLong = TestEnvironment["PLUMB_LONG_TESTS"] != nil

  /// Waits until everything is recorded that there was to record.
  private static func settled(_ program: WatchedProgram, from start: Int = 0) async throws -> Int {
    try await program.line(
      withOne: [ControllerBench.recordedLine, "debug: nothing to record"], from: start
    ).next
  }

  @Test(
    "killed at any call by which files change, the next one completes what was begun",
    .enabled(if: PreloadedLibrary.kill != nil, "there is no C compiler"))
  func kills() async throws {
    let library = try #require(PreloadedLibrary.kill)
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: 1)
    } _: {
      server in
      // How many calls an undisturbed run makes.
      let first = try ControllerBench([server])
      let log = first.scratch.path + "/calls"
      let whole = try first.start(
        "one", hooks: false, adding: ["LD_PRELOAD": library, "PLUMB_KILL_LOG": log])
      _ = try await whole.line(with: ControllerBench.recordedLine)
      whole.signal(SIGTERM)
      #expect(await whole.finish() == 0)
      let calls = String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
        .split(separator: "\n").count
      try #require(calls > 50)
      let trials = Self.isLong ? 30 : 5
      var random = Random(seed: 7)
      var killed = 0
      for trial in 0..<trials {
        let bench = try ControllerBench([server])
        let part = (trial * calls / trials)..<((trial + 1) * calls / trials)
        let victim = try bench.start(
          "one", ["--verbose"], hooks: false,
          adding: [
            "LD_PRELOAD": library,
            "PLUMB_KILL_AT": "\(Int.random(in: part, using: &random) + 1)",
          ])
        // Whoever was not killed before is now.
        if (try? await Self.settled(victim)) != nil { victim.signal(SIGKILL) }
        if await victim.finish() == 128 + SIGKILL { killed += 1 }
        let next = try bench.start("one", ["--verbose"], hooks: false)
        var place = 0
        repeat {
          place = try await Self.settled(next, from: place)
        } while bench.report(ControllerBench.page)?.contains("2 of 3 affected") != true
        next.signal(SIGTERM)
        #expect(await next.finish() == 0, "trial \(trial)")
        // Whatever the victim had recorded, nothing of it is recorded again.
        try bench.checkWhole()
      }
      #expect(killed == trials)
    }
  }

  @Test("two controllers on one remote: each change is recorded once, in one line of commits")
  func two() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: 1)
    } _: {
      server in
      let bench = try ControllerBench([server])
      let programs = [
        try bench.start("one", ["--verbose"]), try bench.start("two", ["--verbose"]),
      ]
      var places = [0, 0]
      for (index, program) in programs.enumerated() {
        places[index] = try await Self.settled(program)
      }
      let rounds = Self.isLong ? 20 : 5
      for round in 1...rounds {
        try bench.declare(
          LiveCompany.instance(at: server.authority).replacing(
            "recommendations: on", with: "recommendations: on\n  displayName: Round \(round)"),
          in: "desired-state/instances.yaml", message: "round \(round)")
        let revision = try bench.remoteGit("rev-parse", "main")
        async let one: Void = ControllerBench.ring(programs[0], id: "\(round)")
        async let two: Void = ControllerBench.ring(programs[1], id: "\(round)")
        _ = try await (one, two)
        for (index, program) in programs.enumerated() {
          let told = try await program.line(
            with: "desired state revision=\(revision)", from: places[index])
          places[index] = try await Self.settled(program, from: told.next)
        }
        let state = try #require(bench.report(ControllerBench.state))
        #expect(state.contains("Round \(round)\""), "round \(round)")
      }
      for program in programs {
        program.signal(SIGTERM)
        #expect(await program.finish() == 0)
        #expect(!program.lines.contains { $0.contains("not recorded") })
      }
      // The rounds as the commits tell them: each comes once, and none again.
      var told: [String] = []
      for commit in try bench.commits() {
        let state = bench.report(ControllerBench.state, at: commit.id) ?? ""
        let name = state.firstMatch(of: /Round \d+/).map { String($0.0) } ?? "before"
        if told.last != name { told.append(name) }
      }
      #expect(told == ["before"] + (1...rounds).map { "Round \($0)" })
      try bench.checkWhole()
    }
  }

  @Test(
    "SIGTERM while it pushes lets the push end",
    .enabled(if: GitServer.isAvailable, "git's http-backend or openssl is not installed"))
  func applying() async throws {
    try await VendorServer.serve { request, _ in
      LiveCompany.answer(request, mfa: 1)
    } _: {
      server in
      let bench = try ControllerBench([server])
      let folder = bench.scratch.path
      try bench.scratch.git("config", "http.receivepack", "true", in: "remotes/company.git")
      let made = try Run("/usr/bin/mkfifo", ["begun", "go"], in: folder)
      #expect(made.status == 0)
      let hook = "\(bench.remote)/hooks/pre-receive"
      // The first push is held; a controller that began to observe late makes another.
      try Data(
        "#!/bin/sh\nif mkdir \(folder)/held; then echo begun > \(folder)/begun; read word < \(folder)/go; fi\n"
          .utf8
      )
      .write(to: URL(fileURLWithPath: hook))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
      let outside = try Scratch()
      let git = try GitServer(outside, serving: folder + "/remotes")
      let witness = try WatchedProgram(
        "/bin/sh", ["-c", "cat begun >&2"], in: folder, environment: Scratch.environment)
      let program = try bench.start(
        "one", hooks: false, at: "http://127.0.0.1:\(git.port)/company.git")
      try await witness.line(with: "begun")
      program.signal(SIGTERM)
      let ending = try await program.line(with: "asked to end")
      let going = try Run("/bin/sh", ["-c", "echo go > go"], in: folder)
      #expect(going.status == 0)
      #expect(await program.finish() == 0)
      #expect(
        program.lines[ending.next...].contains { $0.contains(ControllerBench.recordedLine) })
      try bench.checkTold(by: program)
      try bench.checkWhole()
    }
  }
}
#endif
