import Testing

@testable import Observation

/// How long a secret counts. The clock is the test's.
@Suite("Held secrets")
struct HeldSecretsTests {
  private static let hour = 3_600.0
  private let pace = TestPace()

  private static func token(_ number: Int) -> String {
    "token-\(number)-of-the-tenant-\(number * 7)"
  }

  /// Has so many tokens come and end, so that it is looked what has ended.
  private static func rotate(_ gate: SecretGate, _ pace: TestPace, from first: Int) async throws {
    for number in first..<first + 2 * HeldSecrets.Bounds.few {
      gate.add([token(number)], .issued(seconds: hour))
      try await pace.sleep(seconds: hour)
    }
  }

  @Test("10,000 tokens, one an hour, leave a gate as large as those of two hours do")
  func bounded() async throws {
    let gate = SecretGate(secrets: ["p4ssw0rd-of-mine"], pace: pace)
    let conversation = SecretGate(parent: gate, pace: pace)
    let alone = gate.known.count
    conversation.add([Self.token(0)], .issued(seconds: Self.hour))
    let each = gate.known.count - alone
    var most = 0
    for number in 1..<10_000 {
      // A conversation each, which ends.
      SecretGate(parent: gate, pace: pace)
        .add([Self.token(number)], .issued(seconds: Self.hour))
      most = max(most, gate.known.count)
      try await pace.sleep(seconds: Self.hour)
    }
    #expect(most <= alone + each * (HeldSecrets.Bounds.few + 1) * 2)
    #expect(gate.masked(Self.token(1)) == nil)
    #expect(gate.masked(Self.token(9_999)) == "REDACTED")
    #expect(gate.masked("p4ssw0rd-of-mine") == "REDACTED")
  }

  @Test(
    "what a conversation learned is masked after its end, as long as it is good and an hour more")
  func afterwards() async throws {
    let gate = SecretGate(pace: pace)
    do {
      let conversation = SecretGate(parent: gate, pace: pace)
      conversation.add([Self.token(0)], .issued(seconds: Self.hour))
    }
    // However many come meanwhile.
    for number in 1...1_000 { gate.add([Self.token(number)], .issued(seconds: 0)) }
    try await pace.sleep(seconds: 2 * Self.hour - 1)
    for number in 1_001...2_000 { gate.add([Self.token(number)], .issued(seconds: 0)) }
    #expect(gate.telling("refused: \(Self.token(0))") == "refused: REDACTED")
    #expect(gate.masked(Self.token(1)) == nil)
    try await pace.sleep(seconds: 1)
    try await Self.rotate(gate, pace, from: 3_000)
    #expect(gate.masked(Self.token(0)) == nil)
  }

  @Test("a secret that two know is held by the longer of them, in whatever order they come")
  func shared() async throws {
    for isFirst in [true, false] {
      let gate = SecretGate(pace: pace)
      if isFirst { gate.add([Self.token(0), Self.token(1)]) }
      gate.add([Self.token(0)], .issued(seconds: Self.hour))
      gate.add([Self.token(1)], .issued(seconds: Self.hour))
      gate.add([Self.token(1)], .standing(in: "okta-eu token"))
      if !isFirst { gate.add([Self.token(0)]) }
      try await Self.rotate(gate, pace, from: 100)
      #expect(gate.masked(Self.token(0)) == "REDACTED")
      #expect(gate.masked(Self.token(1)) == "REDACTED")
    }
  }

  @Test("what stands in a place is held until another came for it, and a day and an hour more")
  func replaced() async throws {
    let gate = SecretGate(pace: pace)
    gate.add([Self.token(0)], .standing(in: "okta-eu token"))
    gate.add([Self.token(1)], .standing(in: "okta-us token"))
    try await Self.rotate(gate, pace, from: 100)
    #expect(gate.masked(Self.token(0)) == "REDACTED")
    gate.add([Self.token(2)], .standing(in: "okta-eu token"))
    try await pace.sleep(seconds: HeldSecrets.Bounds.lifetime)
    #expect(gate.masked(Self.token(0)) == "REDACTED")
    try await Self.rotate(gate, pace, from: 1_000)
    #expect(gate.masked(Self.token(0)) == nil)
    #expect(gate.masked(Self.token(1)) == "REDACTED")
    #expect(gate.masked(Self.token(2)) == "REDACTED")
  }

  @Test(
    "a life that no token has is none: a vendor's word holds nothing for ever, and lets nothing go at once",
    arguments: [-1_000_000, 0, Double.nan, .infinity, 1e300] as [Double])
  func lives(seconds: Double) async throws {
    let gate = SecretGate(pace: pace)
    gate.add([Self.token(0)], .issued(seconds: seconds))
    for number in 1...1_000 { gate.add([Self.token(number)], .issued(seconds: 0)) }
    #expect(gate.masked(Self.token(0)) == "REDACTED")
    try await pace.sleep(seconds: HeldSecrets.Bounds.lifetime + HeldSecrets.Bounds.grace)
    try await Self.rotate(gate, pace, from: 2_000)
    #expect(gate.masked(Self.token(0)) == nil)
  }
}
