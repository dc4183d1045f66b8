import Foundation
import JSON
import Posture
import Reconciler
import TestSupport
import Testing

/// Parts read, written and put together.
@Suite("A fleet's parts") struct PartsTests {
  static let fleet = Fleet(
    desired: String(repeating: "a", count: 40), path: "desired-state", recorded: nil,
    catalog: "c", version: "1", at: Instant(secondsSince1970: 1_000_000),
    shards: [
      .init(instances: ["a", "b"], cost: 2), .init(instances: ["c"], cost: 1),
      .init(instances: [], cost: 0),
    ], divided: ["github": 2])

  static func record(
    _ name: String, at seconds: Int? = 1_000, verdict: Compliance = .compliant,
    failedAt: Int? = nil, _ code: Posture.Fault.Code = .throttled
  ) -> AssessmentRecord {
    var record = AssessmentRecord(instance: name)
    if let seconds {
      var summary = ObservationSummary(
        observedAt: Instant(secondsSince1970: seconds), digest: "d",
        collections: [
          CollectionSummary(name: "users", state: .complete, count: 3),
          CollectionSummary(
            name: "logs", state: .denied, count: 0, fault: Posture.Fault(.denied, "HTTP 403")),
        ])
      summary.requests = 7
      var one = Verdict(compliance: verdict, counted: 3, compliantCount: 2, affectedCount: 1)
      one.affected = [AffectedResource(id: "u1", label: "Ada", settings: ["mfa": false])]
      record.observed = .init(summary: summary, verdicts: ["acme-mfa": one])
      record.observed?.earlier = .init(
        at: Instant(secondsSince1970: 500), verdicts: ["acme-mfa": Verdict(compliance: .unknown)])
      var score = ImportedObservation()
      var control = ImportedControl(id: "AdminMFAV2")
      control.remediation = "Do it."
      control.threats = ["Phishing"]
      score.controls = [control]
      score.obstacle = .notObserved(collection: "secureScores")
      record.observed?.imported = .init(source: .secureScore, observation: score)
    }
    if let failedAt {
      record.attempt = .init(
        at: Instant(secondsSince1970: failedAt), fault: Posture.Fault(code, "later"))
    }
    return record
  }

  static func file(
    _ index: Int, _ records: [AssessmentRecord], fleet: String? = nil, version: String = "1",
    catalog: String = "c"
  ) -> Part.File {
    Part(
      fleet: fleet ?? Self.fleet.digest, index: index, version: version, catalog: catalog,
      records: records
    ).file
  }

  static let whole = [
    file(0, [record("a"), record("b")]), file(1, [record("c")]), file(2, []),
  ]

  @Test("a part is read back as it was written, and named by its content")
  func roundTrip() throws {
    let records = [Self.record("a", failedAt: 2_000), Self.record("b", at: nil, failedAt: 3_000)]
    let file = Self.file(0, records)
    #expect(file.name.firstMatch(of: /^part-0-[0-9a-f]{12}\.ndjson$/) != nil)
    #expect(try Part(file).records == records)
    #expect(Self.file(0, records.reversed()) == file)
    #expect(Self.file(0, [records[0]]).name != file.name)
  }

  @Test("the fleet's file is read back, and its name is its content's")
  func fleetFile() throws {
    #expect(try Fleet(Self.fleet.bytes, file: "f") == Self.fleet)
    var other = Self.fleet
    other.at = Instant(secondsSince1970: 1_000_001)
    #expect(other.digest != Self.fleet.digest)
  }

  @Test(
    "a fleet's file that is none is told",
    arguments: [
      ("{", "it is no fleet file"), ("{}", "it is no Fleet of plumb/v1"),
      (#"{"apiVersion":"plumb/v1","kind":"Fleet"}"#, "it has no 'desired'"),
    ])
  func noFleet(text: String, reason: String) {
    let error = #expect(throws: FleetError.self) { try Fleet(Array(text.utf8), file: "fleet.json") }
    #expect(error?.description.hasPrefix("fleet.json: \(reason)") == true)
    #expect(error?.description.hasSuffix("'plumb fleet split --out fleet.json'") == true)
  }

  @Test("an instance in two shards is no fleet")
  func twice() {
    var fleet = Self.fleet
    fleet.shards[1].instances = ["a"]
    let error = #expect(throws: FleetError.self) { try Fleet(fleet.bytes, file: "f") }
    #expect(error?.description.contains("instance 'a' is in shard 0 and in shard 1") == true)
  }

  @Test("any order, repetition and split of parts come to the same")
  func anyOrder() {
    let expected = PartsMerger(Self.fleet).merge(Self.whole)
    #expect(expected.refusals == [])
    #expect(expected.records.keys.sorted() == ["a", "b", "c"])
    for seed in 0..<200 {
      var random = Random(seed: UInt64(seed))
      var files = [
        Self.file(0, [Self.record("a")]), Self.file(0, [Self.record("b")]), Self.whole[1],
        // What an earlier run saw, and what another saw in vain before.
        Self.file(0, [Self.record("a", at: 10, verdict: .notCompliant)]),
        Self.file(0, [Self.record("b", at: nil, failedAt: 900)]),
      ]
      files += Self.whole.filter { _ in Bool.random(using: &random) }
      files.shuffle(using: &random)
      let merged = PartsMerger(Self.fleet, cores: 1 + seed % 4).merge(files)
      #expect(merged.refusals == [], "seed \(seed)")
      #expect(merged.records == expected.records, "seed \(seed)")
    }
  }

  @Test("of one instance the newest observation and the newest failure count")
  func newest() {
    let files = [
      Self.file(0, [Self.record("a", at: 1_000)]),
      Self.file(0, [Self.record("a", at: 900, failedAt: 2_000)]),
      Self.file(0, [Self.record("a", at: nil, failedAt: 1_500)]),
    ]
    let merged = PartsMerger(Self.fleet, allowsMissing: true).merge(files)
    #expect(merged.records["a"] == Self.record("a", at: 1_000, failedAt: 2_000))
    #expect(merged.missing == ["b", "c"])
  }

  @Test("what does not fit is refused by share, each with what makes it good")
  func refusals() {
    var broken = Self.file(1, [Self.record("c")])
    var bytes = broken.bytes
    bytes[bytes.count / 2] ^= 1
    broken = Part.File(name: broken.name, bytes: bytes)
    let cut = Part.File(name: "part-1-0.ndjson", bytes: Array(broken.bytes.prefix(300)))
    let cases: [(files: [Part.File], text: String, shard: Int?)] = [
      ([Self.whole[0]], "there is no part of it", 1),
      ([Self.whole[1], Self.file(0, [Self.record("a")])], "1 of 2 instances are missing: b", 0),
      (Self.whole + [broken], "its SHA-256 differs", 1),
      (Self.whole + [cut], "it ends in the middle", 1),
      (Self.whole + [Self.file(1, [], fleet: "f00")], "is a part of another fleet, f00", nil),
      (Self.whole + [Self.file(1, [], version: "0")], "was made by Plumb 0, the fleet by 1", 1),
      (Self.whole + [Self.file(1, [], catalog: "x")], "another built-in catalog", 1),
      (Self.whole + [Self.file(9, [])], "of shard 9, which the fleet does not have", nil),
      (
        Self.whole + [Self.file(1, [Self.record("a")])],
        "has instance 'a', which is not in the shard", 1
      ),
      (
        Self.whole + [Self.file(0, [Self.record("b", verdict: .notCompliant)])],
        "parts say different things of 'b'", 0
      ),
    ]
    for (files, text, shard) in cases {
      let refusals = PartsMerger(Self.fleet).merge(files).refusals
      #expect(refusals.count == 1, "\(text): \(refusals)")
      #expect(refusals.first?.text.contains(text) == true, "\(text): \(refusals)")
      #expect(refusals.first?.shard == shard, "\(text)")
    }
  }

  @Test("contradictions of what is overtaken are none")
  func overtaken() {
    let files =
      Self.whole + [
        Self.file(0, [Self.record("b", verdict: .notCompliant)]),
        Self.file(0, [Self.record("b", at: 1_001)]),
      ]
    #expect(PartsMerger(Self.fleet).merge(files).refusals == [])
  }
}
