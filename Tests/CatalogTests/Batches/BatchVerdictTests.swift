import JSON
import Posture
import TestSupport
import Testing
import YAML

/// What the catalog's conditions say over a collection in batches is what they say one resource at a time: verdicts,
/// counts, errors, affected, settings and evidence.
@Suite struct BatchVerdictTests {
  private static let isLong = TestEnvironment["PLUMB_LONG_TESTS"] == "1"
  /// Resources that are generated for each collection: 200,000 together in the long run.
  private static let count = isLong ? 1_200 : 24

  @Test(
    "batches give the interpreter's verdicts",
    arguments: CatalogTests.compiled.recommendations.keys.sorted())
  func verdicts(app: String) throws {
    let declared = Declared(
      Declare.instance("tenant", of: app, source: "recorded: { path: observations/tenant }"),
      library: CatalogTests.library)
    let compiled = declared.compile([app])
    let instance = try #require(declared.state.instances.first)
    let now = try #require(Instant("2026-06-01T00:00:00Z"))
    var evaluator = compiled.evaluator(for: instance, in: declared.state, now: now)
    var random = Random(seed: app.utf8.reduce(11) { $0 &* 31 &+ UInt64($1) })

    var collections: [String: [JSONValue]] = [:]
    for item in compiled.recommendations[app] ?? [] {
      for name in item.readCollections { collections[name, default: []] += [] }
      guard let name = item.recommendation.collection?.value else { continue }
      collections[name, default: []] += item.recommendation.tests.compactMap {
        $0.input["resource"]
      }
    }
    var made = 0
    for (name, samples) in collections where !samples.isEmpty {
      collections[name] = (0..<max(Self.count, samples.count)).map { index in
        made += 1
        var resource = samples[index % samples.count]
        if index >= samples.count { resource.disturb(&random) }
        if case .object(let members) = resource, Int.random(in: 0..<30, using: &random) > 0 {
          let id = JSONValue.string("r\(Int.random(in: 0..<100_000, using: &random))")
          resource = .object([("id", id)] + members.filter { $0.0 != "id" })
        }
        return resource
      }
    }
    let reading = MemoryReading(collections.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })

    let batched = evaluator.evaluate(reading)
    let reaches = evaluator.reaches(reading)
    evaluator.usesBatches = false
    let single = evaluator.evaluate(reading)
    let judged = (compiled.recommendations[app] ?? []).filter {
      $0.recommendation.collection != nil
    }
    let names = Set(judged.map(\.recommendation.name))
    for name in names.subtracting(reaches.keys).sorted() { print("NONE \(app) \(name)") }
    for (name, reach) in reaches.sorted(by: { $0.key < $1.key }) {
      print("REACH \(app) \(reach.reach) \(name) \(reach.rowByRow)")
    }
    #expect(batched.count == single.count)
    for (name, verdict) in single where batched[name] != verdict {
      Issue.record("\(name): \(String(describing: batched[name])) in batches, not \(verdict)")
    }
  }
}

extension JSONValue {
  /// Takes away, renames or replaces some member, however deep.
  fileprivate mutating func disturb(_ random: inout Random) {
    guard case .object(var members) = self, !members.isEmpty else {
      self = .odd(&random)
      return
    }
    let place = Int.random(in: 0..<(members.count), using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: members.remove(at: place)
    case 1: members[place].1 = .odd(&random)
    case 2: members.shuffle(using: &random)
    case 3:
      members.insert(
        (members[place].0, .odd(&random)),
        at: Int.random(in: 0..<(members.count + 1), using: &random))
    default: members[place].1.disturb(&random)
    }
    self = .object(members)
  }

  private static func odd(_ random: inout Random) -> JSONValue {
    let values: [JSONValue] = [
      .null, .bool(true), .bool(false), .int(0), .int(1), .int(-1), .int(.max), .uint(.max),
      .double(0.5), .double(1e300), .string(""), .string("ACTIVE"), .string("none"),
      .string("2026-05-20T09:00:00.000Z"), .string("2026-02-30T09:00:00Z"),
      .string("2026-05-20T09:00:00+02:00"), .string(String(repeating: "long ", count: 20)),
      .array([]), .array([.string("ACTIVE")]), .array([.null]), .object([]),
      .object([("id", .int(1))]),
    ]
    return values[Int.random(in: 0..<(values.count), using: &random)]
  }
}
