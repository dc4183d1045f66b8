import Posture
import TestSupport
import Testing

@testable import Observation

/// From which source a collection is taken.
@Suite struct SourceMergeTests {
  private static let now = Instant(secondsSince1970: 1_780_000_000)
  private static let parents = ["parts": "wholes"]

  private static func sources() throws -> [Instance.Source] {
    let declared = Declared(
      Declare.document(
        "Instance", "a",
        "{ app: okta, source: [{ api: {} }, { recorded: { path: a } }, { recorded: { path: b } }] }"
      ),
      catalog: Declare.connector("okta", "users: { identity: id }"))
    return try #require(declared.state.instances.first, "\(declared.diagnostics)").sources
  }

  private static func found(
    _ collections: [(String, CollectionSummary.State)], days: Int = 0
  ) -> Result<ObservationSummary, Fault> {
    .success(
      ObservationSummary(
        observedAt: Instant(secondsSince1970: now.secondsSince1970 - days * 86_400),
        digest: "\(collections)",
        collections: collections.map { CollectionSummary(name: $0.0, state: $0.1, count: 1) }))
  }

  private static func taken(
    _ found: [Result<ObservationSummary, Fault>]
  ) throws -> [String] {
    let merge = SourceMerge(
      zip(try sources(), found).map { ($0, $1) }, parents: parents, now: now)
    return merge.summary.collections.map {
      "\($0.name) \($0.state.rawValue) \($0.source ?? "")"
    }
  }

  private static let nothing = Result<ObservationSummary, Fault>.failure(Fault(.absent, ""))

  @Test("the first that has it complete")
  func first() throws {
    #expect(
      try Self.taken([
        Self.found([("users", .denied), ("groups", .complete)]),
        Self.found([("users", .complete), ("groups", .complete)]),
        Self.found([("users", .complete)]),
      ]) == ["groups complete api", "users complete recorded a"])
  }

  @Test("a part where none has it complete, else why not")
  func partial() throws {
    #expect(
      try Self.taken([
        Self.found([("users", .failed), ("groups", .denied)]),
        Self.found([("users", .partial), ("groups", .failed)]), Self.nothing,
      ]) == ["groups denied api", "users partial recorded a"])
  }

  @Test("nothing of what is too old, by the source's own age")
  func old() throws {
    #expect(
      try Self.taken([
        Self.found([("users", .complete)], days: 3), Self.found([("users", .complete)], days: 6),
        Self.nothing,
      ]) == ["users complete recorded a"])
    #expect(
      try Self.taken([
        Self.found([("users", .complete)], days: 3), Self.found([("users", .complete)], days: 8),
        Self.nothing,
      ]) == [])
  }

  @Test("what is read for another's resources comes from where those are")
  func together() throws {
    #expect(
      try Self.taken([
        Self.found([("wholes", .denied), ("parts", .complete)]),
        Self.found([("wholes", .complete), ("parts", .complete)]), Self.nothing,
      ]) == ["parts complete recorded a", "wholes complete recorded a"])
    // Unless it is not whole there.
    #expect(
      try Self.taken([
        Self.found([("wholes", .denied), ("parts", .complete)]),
        Self.found([("wholes", .complete), ("parts", .failed)]), Self.nothing,
      ]) == ["parts complete api", "wholes complete recorded a"])
  }

  @Test("how each source was found is told")
  func states() throws {
    let broken = Fault(.malformed, "no JSON")
    let merge = SourceMerge(
      zip(
        try Self.sources(),
        [Self.nothing, .failure(broken), Self.found([("users", .complete)], days: 8)]
      ).map { ($0, $1) }, parents: [:], now: Self.now)
    #expect(merge.summary.sources.map(\.state) == [.absent, .unreadable(broken), .tooOld])
    #expect(merge.places == [:])
  }
}
