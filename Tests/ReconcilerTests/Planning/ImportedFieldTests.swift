import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reconciler

extension EveryFieldTests {
  /// What is recorded of an imported score and is no change by itself, with the reason.
  private static let untoldOfImports = [
    "import.apiVersion": "what the file is", "import.kind": "what the file is",
    "import.name": "what the file is",
    "import.scoredAt": "a newer look is no change",
    "import.currentScore": "the controls that move it are told",
    "import.maxScore": "the controls that move it are told",
    "import.controls.title": "words", "import.controls.service": "words",
    "import.controls.category": "words", "import.controls.tier": "words",
    "import.controls.userImpact": "words", "import.controls.implementationCost": "words",
    "import.controls.threats": "words", "import.controls.manage": "words",
    "import.controls.standing": "words",
    "import.controls.exception": "the exceptions themselves are told",
    "import.controls.decision": "what the vendor was told gives the status, and that is told",
    "import.controls.deprecated": "a control that is retired leaves the list, and that is told",
    "import.controls.instance": "whom it speaks of follows from what is declared, and that is told",
    "import.written": "what apply wrote is told by what it changed",
  ]

  @Test("so it is with every field of an imported score")
  func imports() throws {
    let desired = try World().state().state
    var control = ImportedControl(id: "MFA")
    control.title = "T"
    control.service = "S"
    control.category = "C"
    control.tier = "Core"
    control.userImpact = "Low"
    control.implementationCost = "Low"
    control.threats = ["a"]
    control.manage = "https://x.example"
    control.isDeprecated = true
    control.possible = ImportedPoints(hundredths: 1_000)
    control.earned = ImportedPoints(hundredths: 300)
    control.standing = "You have 1."
    control.decision = TargetState(state: "Ignored", comment: "c", by: "b")
    var observation = ImportedObservation()
    observation.scoredAt = Instant(secondsSince1970: 100)
    observation.current = ImportedPoints(hundredths: 300)
    observation.possible = ImportedPoints(hundredths: 1_000)
    observation.controls = [control]
    let recorded = RecordedImport(
      source: .secureScore, observation: observation,
      standings: [
        "MFA": .init(
          compliance: .notCompliant, status: .riskAccepted, exception: "e", instance: "okta-us")
      ],
      records: [
        Effect.Record(
          subject: "MFA", title: "T", state: "Ignored", because: "e",
          outcome: .init(
            .failed, fault: Fault(.denied, "r"),
            state: TargetState(state: "Ignored", comment: "c", by: "b")),
          at: Instant(secondsSince1970: 200), observation: "o")
      ])
    var before = Self.snapshot
    before.imports = ["okta-eu": recorded]
    let file = StateCodec.encode(recorded, named: "okta-eu")
    var told: [String: Bool] = [:]
    for place in Self.places(of: file) {
      let name = "import" + place.name
      told[name] =
        (told[name] ?? false)
        || Self.candidates(for: place, in: file).contains { value in
          guard
            let read = try? StateCodec.decodeImport(value, from: .secureScore, path: "x")
          else { return false }
          var altered = before
          altered.imports = ["okta-eu": read]
          return Self.isTold(altered, desired, from: before)
        }
    }
    Self.expect(told, toBeToldBut: Self.untoldOfImports)
    #expect(told.count > 20)
  }
}
