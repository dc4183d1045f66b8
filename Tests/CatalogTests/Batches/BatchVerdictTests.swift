import CEL
import JSON
import Posture
import TestSupport
import Testing
import YAML

/// What the catalog's conditions say over a collection in batches is what they say one resource at a time: verdicts,
/// counts, errors, affected, settings and evidence, and what they count.
@Suite struct BatchVerdictTests {
  private static let isLong = TestEnvironment["PLUMB_LONG_TESTS"] == "1"
  /// Resources that are generated for each collection, with each seed: 200,000 together in the long run.
  private static let count = isLong ? 1_200 : 24
  /// Where the random numbers start: `PLUMB_BATCH_SEED`, and in the long run two more.
  private static let seeds: [UInt64] = {
    let first = TestEnvironment["PLUMB_BATCH_SEED"].flatMap { UInt64($0) } ?? 11
    return isLong ? [first, first &+ 1, first &+ 2] : [first]
  }()

  @Test(
    "batches give the interpreter's verdicts",
    arguments: CatalogTests.compiled.recommendations.keys.sorted())
  func verdicts(app: String) throws {
    let scene = try BatchTenant(app)
    for seed in Self.seeds {
      var random = Random(seed: app.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
      let reading = scene.reading(atLeast: Self.count) { sample, isFirst in
        var resource = sample
        if !isFirst { resource.disturb(&random) }
        guard case .object(let members) = resource, Int.random(in: 0..<30, using: &random) > 0
        else { return resource }
        let id = JSONValue.string("r\(Int.random(in: 0..<100_000, using: &random))")
        return .object([("id", id)] + members.filter { $0.0 != "id" })
      }
      var evaluator = scene.evaluator
      evaluator.batchesFrom = 0
      let batched = evaluator.evaluateCounting(reading)
      evaluator.batchesFrom = nil
      evaluator.sharesDefinitions = false
      let single = evaluator.evaluateCounting(reading)
      #expect(batched.verdicts.count == single.verdicts.count)
      for (name, verdict) in single.verdicts where batched.verdicts[name] != verdict {
        Issue.record(
          "\(name): \(String(describing: batched.verdicts[name])) in batches, not \(verdict)")
      }
      for (name, left) in single.left where batched.left[name] != left {
        Issue.record(
          "\(name): \(String(describing: batched.left[name])) is left in batches, not \(left)")
      }
    }
  }

  @Test("at least nine of ten conditions over a collection are computed in batches")
  func reach() throws {
    var total = 0
    var resources = 0
    var counts: [BatchCondition.Reach: Int] = [:]
    for app in CatalogTests.compiled.recommendations.keys.sorted() {
      let scene = try BatchTenant(app)
      let reaches = scene.evaluator.reaches(scene.reading(atLeast: 0) { sample, _ in sample })
      total += scene.names.count
      resources += scene.judgedCollections * Self.count * Self.seeds.count
      var lines: [String] = []
      for name in scene.names.sorted() {
        guard let (reach, rowByRow) = reaches[name] else {
          lines.append("  \(name): one resource after the other")
          continue
        }
        counts[reach, default: 0] += 1
        if reach == .vectors { continue }
        let operations = Set(rowByRow).sorted().joined(separator: ", ")
        lines.append(
          "  \(name): \(reach == .partly ? "partly" : "all of it") row by row: \(operations)")
      }
      let inColumns = scene.names.count { reaches[$0]?.reach == .vectors }
      print("Batches of \(app): \(inColumns) of \(scene.names.count) conditions wholly in columns.")
      for line in lines { print(line) }
    }
    let (inColumns, partly) = (counts[.vectors, default: 0], counts[.partly, default: 0])
    let rowByRow = counts[.rowByRow, default: 0]
    print(
      "Batches: of \(total) conditions over collections \(inColumns) are wholly in columns, \(partly) with parts that are evaluated row by row, \(rowByRow) row by row alone, \(total - inColumns - partly - rowByRow) not at all."
    )
    print("Batches: \(resources) resources are generated.")
    if Self.isLong { #expect(resources >= 200_000) }
    #expect((inColumns + partly) * 10 >= total * 9)
    #expect(inColumns * 10 >= total * 6)
  }
}

/// An instance of an app with the catalog's recommendations, every third with an exception for some resources.
private struct BatchTenant {
  let evaluator: Evaluator
  /// The recommendations over collections.
  let names: Set<String>
  private let samples: [String: [JSONValue]]
  /// How many collections have resources to make others of.
  var judgedCollections: Int { samples.values.count { !$0.isEmpty } }

  init(_ app: String) throws {
    let all = (CatalogTests.compiled.recommendations[app] ?? [])
    let judged = all.filter { $0.recommendation.collection != nil }
    names = Set(judged.map(\.recommendation.name))
    let exceptions = names.sorted().enumerated().filter { $0.offset % 3 == 0 }.map {
      Declare.exception(
        "e\($0.offset)", of: $0.element, on: "tenant",
        resources: #"'resource.id.startsWith("r1")'"#)
    }
    let instance = Declare.instance(
      "tenant", of: app, source: "recorded: { path: observations/tenant }")
    let (state, compiled) = try Declared(
      ([instance] + exceptions).joined(separator: "---\n"), library: CatalogTests.library
    ).sound([app])
    let now = try #require(Instant("2026-06-01T00:00:00Z"))
    evaluator = compiled.evaluator(for: try #require(state.instances.first), in: state, now: now)
    var samples: [String: [JSONValue]] = [:]
    for item in all {
      for name in item.readCollections { samples[name, default: []] += [] }
      guard let name = item.recommendation.collection?.value else { continue }
      samples[name, default: []] += item.recommendation.tests.compactMap { $0.input["resource"] }
    }
    self.samples = samples
  }

  /// All collections that conditions read: the resources of the recommendations' tests, and others made of them.
  func reading(
    atLeast count: Int, _ make: (_ sample: JSONValue, _ isFirst: Bool) -> JSONValue
  ) -> MemoryReading {
    MemoryReading(
      samples.sorted { $0.key < $1.key }.map { name, samples in
        let all = samples.isEmpty ? 0 : max(count, samples.count)
        return (
          name, (0..<all).map { make(samples[$0 % samples.count], $0 < samples.count) }
        )
      })
  }
}

extension JSONValue {
  /// Takes away, renames, repeats or replaces some member or element, however deep.
  fileprivate mutating func disturb(_ random: inout Random) {
    switch self {
    case .object(var members) where !members.isEmpty:
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
    case .array(var elements) where !elements.isEmpty:
      let place = Int.random(in: 0..<(elements.count), using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: elements.remove(at: place)
      case 1: elements[place] = .odd(&random)
      case 2: elements.append(elements[place])
      case 3: elements.insert(.odd(&random), at: place)
      default: elements[place].disturb(&random)
      }
      self = .array(elements)
    default: self = .odd(&random)
    }
  }

  private static func odd(_ random: inout Random) -> JSONValue {
    let values: [JSONValue] = [
      .null, .bool(true), .bool(false), .int(0), .int(1), .int(-1), .int(.max), .uint(.max),
      .double(0.5), .double(1e300), .string(""), .string("ACTIVE"), .string("none"),
      .string("2026-05-20T09:00:00.000Z"), .string("2026-02-30T09:00:00Z"),
      .string("2026-05-20T09:00:00+02:00"), .string("99999-01-01T00:00:00Z"),
      .string(String(repeating: "long ", count: 20)), .array([]), .array([.string("ACTIVE")]),
      .array([.null]), .array([.int(1), .string("none"), .array([]), .object([("id", .null)])]),
      .object([]), .object([("id", .int(1))]),
    ]
    return values[Int.random(in: 0..<(values.count), using: &random)]
  }
}
