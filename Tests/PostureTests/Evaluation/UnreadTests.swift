import JSON
import Posture
import TestSupport
import Testing

@Suite("What the observer could not read")
struct UnreadTests {
  /// One list whose resources lack a part, and the note of the observer why.
  private var reading: MemoryReading {
    var reading = MemoryReading(["users": [["id": "1", "name": "Ann"]]])
    reading.summary = ObservationSummary(
      observedAt: reading.summary.observedAt, digest: reading.summary.digest,
      collections: [
        CollectionSummary(
          name: "users", state: .complete, count: 1,
          fault: Fault(.denied, "factors of 1 resource: HTTP 403"))
      ])
    return reading
  }

  @Test(
    "is named where a condition misses it, over one resource, over the instance, in its scope",
    arguments: [
      ("compliant: collections.users.all(u, size(u.factors) > 0)", "no such key: 'factors'"),
      (
        "where: collections.users.exists(u, size(u.factors) > 0)\ncompliant: 'true'",
        "no such key: 'factors'"
      ),
      (
        "collection: users\nlabel: resource.name\ncompliant: collections.users.all(u, size(u.factors) > 0)",
        "one resource could not be judged: Ann: no such key: 'factors'"
      ),
    ])
  func named(fields: String, message: String) throws {
    #expect(
      try Bench.judge(fields, reading).sentence
        == "\(message); not read: factors of 1 resource: HTTP 403 (collection users)")
  }

  @Test(
    "is no answer to whether a field is there that the vendor does not know",
    arguments: [
      "has(u.factors)", "!has(u.factors)", "u.?factors.orValue(true)",
      "u[?'factors'].orValue(true)",
      "'factors' in u", "!('factors' in u)",
    ])
  func tested(condition: String) throws {
    let user: JSONValue = [
      "id": "1", "name": "Ann", "_unread": ["factors": "no"], "_unknown": ["factors"],
    ]
    let whole = condition.replacing("u.", with: "resource.").replacing("u[", with: "resource[")
      .replacing("in u", with: "in resource")
    for fields in [
      "collection: users\nlabel: resource.name\ncompliant: \"\(whole)\"",
      """
      collection: users
      label: resource.name
      where: "\(whole)"
      compliant: 'true'
      """,
      "compliant: \"collections.users.all(u, \(condition))\"",
    ] {
      let verdict = try Bench.judge(fields, MemoryReading(["users": [user]]))
      #expect(verdict.compliance == .unknown, "\(fields)")
      #expect(verdict.sentence?.contains("whether there is 'factors' is not known") == true)
    }
    let read = try Bench.judge(
      "collection: users\nlabel: resource.name\ncompliant: \"has(resource.name)\"",
      MemoryReading(["users": [user]]))
    #expect(read.compliance == .compliant)
  }

  @Test("is not named where it was not missed")
  func notMissed() throws {
    let verdict = try Bench.judge(
      "compliant: collections.users.all(u, u.name == 'Ann')", reading)
    #expect(verdict.compliance == .compliant && verdict.reason == nil)
  }

  @Test("is named where it is a whole collection that others may do without")
  func optional() throws {
    let verdict = try Bench.judge(
      "compliant: collections.policies[0].id == '1'", before: EvaluatorTests.policiesOptional,
      MemoryReading([:], incomplete: [.incomplete("policies", .denied, "HTTP 403")]))
    #expect(verdict.compliance == .unknown)
    #expect(
      verdict.sentence?.hasSuffix("; not read: collection policies is denied: HTTP 403") == true)
  }
}
