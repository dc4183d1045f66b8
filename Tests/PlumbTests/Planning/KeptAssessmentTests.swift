import Foundation
import TestSupport
import Testing

/// Assessments of earlier runs: they change what a run costs, and never what it says.
@Suite("Kept assessments") struct KeptAssessmentTests {
  @Test("a second run takes them, and says the same; --no-cache takes none and keeps none")
  func taken() throws {
    let bench = try KeptBench()
    let first = try bench.plan("--no-cache")
    #expect((try? bench.entries()) ?? [] == [])
    #expect(try bench.plan() == first)
    let entries = try bench.entries()
    #expect(entries.count == 2)
    #expect(try bench.plan() == first)
    #expect(try bench.entries() == entries)

    // That it is taken shows when it says otherwise: this is the user's own folder, which is trusted.
    try bench.forge(entries[0], #""compliantCount": 3"#, as: #""compliantCount": 2"#)
    #expect(try bench.plan() != first)
    #expect(try bench.plan("--no-cache") == first)
  }

  /// One condition that reads the time.
  private static func recent(_ day: Int) -> [String: String] {
    [
      "desired-state/recent.yaml": Declare.recommendation(
        "acme-recent", "Look at users often",
        """
        collection: users
        compliant: now < timestamp("2026-06-0\(day)T00:00:00Z")
        label: resource.id
        """)
    ]
  }

  /// The entry of what rests on the time.
  private static func timely(_ bench: KeptBench) throws -> String {
    try #require(
      try bench.entries().first {
        String(decoding: try bench.read($0), as: UTF8.self).contains(#""until""#)
      })
  }

  @Test(
    "what rests on the time is kept until a comparison with it turns, and the rest for all times")
  func timed() throws {
    let bench = try KeptBench(adding: Self.recent(2))
    let first = try bench.plan()
    let entries = try bench.entries()
    #expect(entries.count == 4)
    #expect(try bench.plan() == first)
    #expect(try bench.entries() == entries)
    // That it is taken shows when it says otherwise.
    try bench.forge(try Self.timely(bench), #""compliantCount": 3"#, as: #""compliantCount": 2"#)
    for time in ["2026-06-01T07:00:00Z", "2026-05-31T00:00:00Z", "2026-06-01T23:59:59Z"] {
      #expect(try bench.plan(at: time) != bench.plan("--no-cache", at: time))
    }
    for time in ["2026-06-02T00:00:00Z", "2026-06-02T07:00:00Z", "2026-06-01T07:00:00Z"] {
      #expect(try bench.plan(at: time) == bench.plan("--no-cache", at: time))
    }
    #expect(try bench.entries() == entries)
  }

  @Test(
    "what does something else with the time holds for the moment alone: where it does not come again, nothing is kept"
  )
  func clock() throws {
    let bench = try KeptBench(adding: Self.recent(2))
    #expect(try bench.plan(at: nil).contains(#""recommendation": "acme-recent""#))
    // By the clock too, where it is compared.
    #expect(try bench.entries().count == 4)
    let other = try KeptBench(
      adding: Self.recent(2).mapValues { $0.replacing("now < timestamp", with: "now != timestamp") }
    )
    for _ in 0..<2 {
      #expect(try other.plan(at: nil).contains(#""recommendation": "acme-recent""#))
      #expect(try other.entries().count == 2)
    }
    _ = try other.plan()
    #expect(try other.entries().count == 4)
  }

  @Test("what is cut, damaged, emptied or of another is made anew", arguments: 0..<12)
  func damaged(seed: Int) throws {
    let bench = try KeptBench()
    let right = try bench.plan()
    let entries = try bench.entries()
    let bytes = try bench.read(entries[0])
    var random = Random(seed: UInt64(seed))
    var broken = bytes
    switch seed % 4 {
    case 0: broken = Array(bytes.prefix(Int.random(in: 0..<(bytes.count), using: &random)))
    case 1:
      broken[Int.random(in: 0..<(bytes.count), using: &random)] ^= UInt8(
        1 + Int.random(in: 0..<(255), using: &random))
    case 2: broken = try bench.read(entries[1])
    default:
      broken = KeptBench.signed(
        #"{"key":"","files":[],"numbers":0,"lists":[]}"# + "\n" + #"{"verdicts":[]}"#)
    }
    try bench.write(broken, to: entries[0])
    #expect(try bench.plan() == right)
    #expect(try bench.read(entries[0]) == bytes)
  }

  @Test("bytes that changed under the same manifest are seen")
  func bytes() throws {
    let bench = try KeptBench()
    let scratch = bench.company.scratch
    _ = try bench.plan()
    let file = "repository/observed/acme-eu/users.ndjson"
    let text = try #require(scratch.read(file))
    try scratch.overwrite(text.replacing("user-1", with: "user-9"), in: file)
    let plan = try bench.plan()
    #expect(plan.contains("its SHA-256 differs"))
    #expect(try bench.plan("--no-cache") == plan)
    try scratch.overwrite(text, in: file)
    #expect(!(try bench.plan()).contains("its SHA-256 differs"))
  }

  @Test("whatever changes, a plan is what it is without them", arguments: 0..<8)
  func changes(seed: Int) throws {
    var random = Random(seed: UInt64(seed) &+ 77)
    // One condition reads the time, and so does an exception.
    let bench = try KeptBench(adding: Self.recent(2 + seed % 3))
    let scratch = bench.company.scratch
    for step in 0..<5 {
      switch Int.random(in: 0..<(6), using: &random) {
      case 0: try bench.company.observe(mfa: Int.random(in: 0..<(4), using: &random))
      case 1:
        try bench.company.observe("acme-us", idle: 10 + Int.random(in: 0..<(40), using: &random))
      case 2:
        let resources =
          Int.random(in: 0..<(2), using: &random) == 0 ? "resource.id == 'user-1'" : "now > now"
        try scratch.commit(
          [
            "desired-state/exception.yaml": Declare.document(
              "Exception", "e",
              """
              recommendations: [acme-mfa]
              instances: [acme-eu]
              resources: "\(resources)"
              status: riskAccepted
              justification: Soon gone.
              owner: it@acme.example
              expires: 2026-12-31
              """)
          ], "Exception \(step)")
      case 3:
        try scratch.commit(
          [
            "desired-state/acme.yaml": Company.connector.replacing(
              "resource.idle <= 30",
              with: "resource.idle <= \(Int.random(in: 0..<(60), using: &random))")
          ], "Stricter \(step)")
      case 4:
        let run = try scratch.plumb(
          ["apply", "--at", "2026-06-01T07:00:00Z"], environment: ["XDG_STATE_HOME": bench.home])
        #expect([0, 3].contains(run.status), "\(run.error)")
      default: break
      }
      let at = "2026-06-0\(1 + Int.random(in: 0..<(5), using: &random))T08:00:00Z"
      #expect(try bench.plan(at: at) == bench.plan("--no-cache", at: at), "step \(step)")
      let base = try bench.plan("--base", "main~0", at: at)
      #expect(try bench.plan("--base", "main~0", "--no-cache", at: at) == base)
    }
  }

  @Test("a pull request's own are nothing: what lies in the working tree is not looked at")
  func forged() throws {
    let bench = try KeptBench()
    let scratch = bench.company.scratch
    _ = try bench.plan()
    // As they would be for a tenant in good order, and for one that is not.
    let kept = try bench.entries().map { (path: $0, bytes: try bench.read($0)) }
    try bench.company.observe(mfa: 0)
    let right = try bench.plan("--no-cache")
    try FileManager.default.removeItem(atPath: bench.home)
    for (path, bytes) in kept {
      let below = path.split(separator: "/assessments/")[1]
      for place in ["assessments", ".plumb/assessments", ".local/state/plumb/assessments"] {
        try scratch.write(
          String(decoding: bytes, as: UTF8.self), to: "repository/\(place)/\(below)")
      }
    }
    #expect(try bench.plan() == right)
    #expect(right.contains(#""compliance": "notCompliant""#))
    let inside = try scratch.plumb(["plan", "--store", ".plumb"])
    #expect(inside.status == 1)
    #expect(inside.error.contains("working tree"), "\(inside.error)")
  }
}
