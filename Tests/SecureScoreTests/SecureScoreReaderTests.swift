import JSON
import Posture
import SecureScore
import TestSupport
import Testing

@Suite struct SecureScoreReaderTests {
  static func profile(_ id: String, _ members: (String, JSONValue)...) -> JSONValue {
    .object(
      [("id", .string(id)), ("title", .string("Title of \(id)")), ("maxScore", 10.0)] + members)
  }

  @Test("joins profiles with the latest score, whatever the order of days")
  func joining() throws {
    let reading = MemoryReading([
      "secureScoreControlProfiles": [
        Self.profile("B", ("service", "AzureAD"), ("userImpact", "Unknown")), Self.profile("A"),
        Self.profile("A", ("title", "Again")), ["title": "No identifier"],
      ],
      "secureScores": [
        ["createdDateTime": "2026-05-31T00:00:00Z", "currentScore": 1.0, "controlScores": []],
        [
          "createdDateTime": "2026-06-01T00:00:00Z", "currentScore": 815.22, "maxScore": 1376,
          "controlScores": [
            ["controlName": "A", "score": 3.33, "implementationStatus": "<b>You</b> have 1."],
            ["controlName": "B", "score": 10.0, "NotScored": "true"], ["controlName": "C"],
          ],
        ],
      ],
    ])
    let score = try #require(SecureScoreReader.read(reading))
    #expect(score.obstacle == nil)
    #expect(score.scoredAt == Instant("2026-06-01T00:00:00Z"))
    #expect(score.current?.description == "815.22" && score.possible?.description == "1376")
    #expect(score.controls.map(\.id) == ["A", "B"])
    #expect(score.controls[0].earned?.description == "3.33")
    #expect(score.controls[0].standing == "You have 1.")
    #expect(score.controls[1].earned == nil && score.controls[1].userImpact == "")
  }

  @Test("is nothing without the collection, and an obstacle where it is not whole")
  func incomplete() {
    #expect(SecureScoreReader.read(MemoryReading(["users": []])) == nil)
    let denied = MemoryReading(
      ["secureScores": []],
      incomplete: [.incomplete("secureScoreControlProfiles", .denied, "lacks a permission")])
    #expect(
      SecureScoreReader.read(denied)?.obstacle
        == .incomplete(
          collection: "secureScoreControlProfiles", .denied, why: "lacks a permission"))
    let unscored = MemoryReading(["secureScoreControlProfiles": [Self.profile("A")]])
    #expect(
      SecureScoreReader.read(unscored)?.obstacle == .notObserved(collection: "secureScores"))
    #expect(SecureScoreReader.read(unscored)?.controls.map(\.earned) == [nil])
    var damaged = MemoryReading(["secureScoreControlProfiles": [Self.profile("A")]])
    damaged.faults["secureScoreControlProfiles"] = "its SHA-256 differs"
    #expect(
      SecureScoreReader.read(damaged)?.obstacle
        == .unreadable(Fault(.failed, "its SHA-256 differs")))
  }

  @Test(
    "takes the latest decision, the last of the list where nothing says when",
    arguments: [
      ("[]", "Default"), ("null", "Default"),
      (#"[{"state":"Ignored","updatedDateTime":null}]"#, "Ignored"),
      (#"[{"state":"ignored"},{"state":"ThirdParty"}]"#, "ThirdParty"),
      (
        #"[{"state":"Reviewed","updatedDateTime":"2026-02-01T00:00:00Z"},{"state":"Ignored","updatedDateTime":"2026-01-01T00:00:00Z"}]"#,
        "Reviewed"
      ), (#"[{"state":"Planned"}]"#, "Planned"), (#"[{"comment":"x"}]"#, "Default"),
    ])
  func decisions(_ updates: String, _ state: String) throws {
    let view = try JSONView(parsing: #"{"controlStateUpdates":\#(updates)}"#)
    #expect(SecureScoreReader.decision(in: view).state == state)
  }

  @Test(
    "finds the practice behind the number of a connection",
    arguments: [
      ("AdminMFAV2", nil, "AdminMFAV2"), ("11770.MDA_Google_X", "11770", "MDA_Google_X"),
      ("a.b", nil, "a.b"), (".b", nil, ".b"), ("12.", nil, "12."),
    ] as [(String, String?, String)])
  func practices(_ id: String, _ connection: String?, _ practice: String) {
    let control = ImportedControl(id: id)
    #expect(control.connection == connection && control.practice == practice)
  }

  @Test("points are exact in hundredths")
  func points() {
    #expect(ImportedPoints(0.1)?.description == "0.1")
    #expect(ImportedPoints(3.05)?.description == "3.05")
    #expect(ImportedPoints(-1) == nil && ImportedPoints(.infinity) == nil)
    #expect(ImportedPoints(.nan) == nil)
  }

  @Test("reads what it recorded")
  func recording() throws {
    var control = ImportedControl(id: "A")
    control.title = "T\u{1B}"
    control.service = "EXO"
    control.threats = ["x"]
    control.manage = "https://a.example"
    control.isDeprecated = true
    control.possible = ImportedPoints(hundredths: 1_000)
    control.earned = ImportedPoints(hundredths: 333)
    control.decision = TargetState(state: "Ignored", comment: "c", by: "k")
    var observation = ImportedObservation()
    observation.scoredAt = Instant(secondsSince1970: 86_400)
    observation.current = ImportedPoints(hundredths: 81_522)
    observation.controls = [control]
    let recorded = RecordedImport(
      source: .secureScore, observation: observation,
      standings: [
        "A": .init(compliance: .notCompliant, status: .riskAccepted, exception: "e")
      ],
      records: [
        Effect.Record(
          subject: "A", title: "T", state: "Ignored", because: "e",
          outcome: .init(.failed, fault: Fault(.denied, "no")), at: Instant(secondsSince1970: 5),
          observation: "d"),
        Effect.Record(
          subject: "B", title: "U", state: "Default", because: nil,
          outcome: .init(.written, state: TargetState(state: "Default")),
          at: Instant(secondsSince1970: 6), observation: nil),
      ])
    let bytes = StateCodec.encode(recorded, named: "m365").bytes(layout: .pretty)
    let value = JSONValue(try JSONView(parsing: bytes))
    let read = try StateCodec.decodeImport(value, from: .secureScore, path: "x")
    #expect(read == recorded)
    #expect(StateCodec.encode(read, named: "m365").bytes(layout: .pretty) == bytes)
  }
}
