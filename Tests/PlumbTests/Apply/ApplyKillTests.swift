import Foundation
import TestSupport
import Testing

/// `plumb apply`, ended while it runs.
@Suite struct ApplyKillTests {
  @Test("killed 50 times, the repository is whole and the next apply completes")
  func killed() throws {
    let company = try Company()
    let git = company.scratch
    let clock = ContinuousClock()
    // What a whole run takes here, the first one's warm-up apart.
    try company.apply(on: "2026-06-01")
    try company.observe(mfa: 1, at: "2026-06-02T06:00:00Z")
    let whole = try clock.measure { try company.apply(on: "2026-06-02") }
    var random = Random(seed: 7)
    var reports = 2
    var killed = 0
    var killedWhileWriting = 0
    for round in 1...50 {
      let time = "2026-07-01T06:\(round < 10 ? "0" : "")\(round):00Z"
      try company.observe(mfa: round % 4, idle: 10 + round, at: time)
      let before = Self.looseObjects(company)
      let run = try git.start(["apply", "--quiet", "--at", "2026-09-01T07:00:00Z"])
      if round % 2 == 0 {
        // Anywhere in the run: a seeded share of what a whole one took.
        Self.pause(whole * Double.random(in: 0...1, using: &random), while: run)
      } else {
        // Among its writes: a seeded moment after its first object.
        while run.isRunning, Self.looseObjects(company) == before {}
        Self.pause(.microseconds(Int.random(in: 0...8_000, using: &random)), while: run)
      }
      run.kill()
      if try run.finish().wasKilled {
        killed += 1
        if Self.looseObjects(company) > before { killedWhileWriting += 1 }
      }
      // Not half of it: the branch is where it was, or at the whole report.
      let between = try ApplyRaceTests.count(company)
      #expect(between == reports || between == reports + 1, "round \(round)")
      try git.git("fsck", "--strict", "--no-dangling")
      let next = try git.plumb("apply", "--quiet", "--at", "2026-09-01T07:00:00Z")
      #expect(next.status == 0, "round \(round): \(next.error)")
      reports += 1
      #expect(try ApplyRaceTests.count(company) == reports, "round \(round)")
      #expect(try ApplyRaceTests.observedAt("acme-eu", company) == time, "round \(round)")
    }
    try ApplyRaceTests.expectWhole(company)
    #expect(killed > 0)
    #expect(killedWhileWriting > 0, "\(killed) runs were killed, none while it wrote")
  }

  /// Lets time pass, no longer than the program runs.
  private static func pause(_ duration: Duration, while run: Run.Started) {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end, run.isRunning { usleep(100) }
  }

  private static func looseObjects(_ company: Company) -> Int {
    let manager = FileManager.default
    let root = "\(company.path)/.git/objects"
    return (try? manager.contentsOfDirectory(atPath: root))?.reduce(0) { count, name in
      name.utf8.count == 2
        ? count + ((try? manager.contentsOfDirectory(atPath: "\(root)/\(name)"))?.count ?? 0)
        : count
    } ?? 0
  }
}
