import Foundation
import TestSupport
import Testing

/// Recorded files that were read before: as kept assessments, they change what a run costs, and never what it says.
@Suite("Kept records") struct KeptRecordTests {
  /// A company with a long list, whose report is recorded, and the entry of it.
  private static func recorded() throws -> (bench: KeptBench, entry: String) {
    let bench = try KeptBench()
    try bench.company.observe(users: 200, mfa: 3)
    try bench.apply()
    let before = try bench.entries()
    _ = try bench.plan()
    let new = Set(try bench.entries()).subtracting(before)
    // The other instance's file has no long list: it is read.
    #expect(new.count == 1)
    return (bench, try #require(new.first))
  }

  private static let file = "reports/instances/acme-eu/state.json"

  @Test("what is recorded as it is seen is known by its name, and not read")
  func taken() throws {
    let (bench, entry) = try Self.recorded()
    let right = try bench.plan("--no-cache")
    #expect(try bench.plan() == right)
    try bench.forge(
      entry, #""since": "2026-06-01T06:00:00Z""#, as: #""since": "2026-05-01T06:00:00Z""#)
    #expect(try bench.plan() != right)
    #expect(try bench.plan("--no-cache") == right)
  }

  @Test("what is cut, damaged or of another is made anew", arguments: 0..<9)
  func damaged(seed: Int) throws {
    let (bench, entry) = try Self.recorded()
    let right = try bench.plan("--no-cache")
    let bytes = try bench.read(entry)
    var random = Random(seed: UInt64(seed))
    var broken = bytes
    switch seed % 3 {
    case 0: broken = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
    case 1:
      broken[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8(
        1 + Int.random(in: 0..<255, using: &random))
    default: broken = try bench.read(try #require(try bench.entries().first { $0 != entry }))
    }
    try bench.write(broken, to: entry)
    #expect(try bench.plan() == right)
    #expect(try bench.read(entry) == bytes)
  }

  @Test("a record that somebody changed is read, and so is one whose lists are seen no more")
  func changed() throws {
    let (bench, _) = try Self.recorded()
    let scratch = bench.company.scratch
    try scratch.git("worktree", "add", "--quiet", "../reports", "plumb/reports")
    let text = try #require(scratch.read("reports/\(Self.file)"))
    func record(_ text: String) throws {
      try scratch.overwrite(text, in: "reports/\(Self.file)")
      try scratch.git("commit", "--quiet", "--all", "--message", "By hand", in: "reports")
    }
    for (old, new) in [
      (#""id": "user-7""#, #""id": "user-x""#), (#""counted": 200"#, #""counted": 201"#),
    ] {
      let other = text.replacing(old, with: new)
      #expect(other != text)
      try record(other)
      let right = try bench.plan("--no-cache")
      #expect(try bench.plan() == right)
      #expect(try bench.plan() == right)
    }
    try record("{")
    let broken = try scratch.plumb(
      ["plan"], environment: ["XDG_STATE_HOME": bench.home])
    #expect(broken.status == 1)
    #expect(broken.error.contains(Self.file), "\(broken.error)")
    try record(text)

    try bench.company.observe(users: 199, mfa: 3)
    let right = try bench.plan("--no-cache")
    #expect(right.contains(#""affectedCount": 196"#))
    #expect(try bench.plan() == right)
    #expect(try bench.plan() == right)
  }
}
