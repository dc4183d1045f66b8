import JSON
import Posture
import TestSupport
import Testing
import YAML

/// A field that does not hold what its type says makes a resource unknown in batches as it does alone.
@Suite("Guards of fields in batches")
struct BatchedGuardTests {
  private static let names = ["user", "state", "active", "by", "whom", "at", "last"]

  /// Resources whose member at a path, however its names are joined by dots, is one of the values.
  private static func resources(_ path: [String], _ values: [JSONValue]) -> [JSONValue] {
    ways(path).flatMap { way in
      values.map { value in
        let inner = way.dropFirst().reversed().reduce(value) { .object([($1, $0)]) }
        // Something else stands where the first name alone would lead.
        let other = way[0] == path[0] ? [] : [(path[0], JSONValue.string("u1"))]
        return .object(
          [("id", .string("r")), ("role", .string("none"))] + other + [(way[0], inner)])
      }
    }
  }

  /// Every way to join neighbouring names.
  private static func ways(_ path: [String]) -> [[String]] {
    (0..<(1 << (path.count - 1))).map { cuts in
      path.dropFirst().enumerated().reduce(into: [path[0]]) { way, next in
        if cuts >> next.offset & 1 == 1 {
          way.append(next.element)
        } else {
          way[way.count - 1] += "." + next.element
        }
      }
    }
  }

  @Test("whatever the names on the way to it, and however many", arguments: [1, 2, 3, 7])
  func guarded(length: Int) throws {
    let path = Array(Self.names.prefix(length))
    let field = path.joined(separator: ".")
    let connector = Declare.connector(
      "okta", "users: { identity: id, fields: { \(field): { map: bool } } }")
    // Whom the filter leaves out without a look at the field is unknown where the field cannot be read.
    let (state, compiled, diagnostics) = Bench.compile(
      Bench.text(
        """
        collection: users
        where: "resource.role == 'admin' && has(resource.\(field))"
        compliant: "true"
        label: resource.id
        """), catalog: connector)
    try #require(!diagnostics.hasErrors, "\(diagnostics)")
    let instance = try #require(state.instances.first)
    var evaluator = compiled.evaluator(
      for: instance, in: state, now: try #require(Instant("2026-06-01T00:00:00Z")))
    let values: [JSONValue] = [.bool(true), .null, .string(""), .string("none"), .array([.int(1)])]
    for resource in Self.resources(path, values) {
      let reading = MemoryReading(["users": [resource]])
      evaluator.batchesFrom = nil
      let alone = try #require(evaluator.evaluate(reading)["r"])
      evaluator.batchesFrom = 0
      let batched = try #require(evaluator.evaluate(reading)["r"])
      #expect(batched == alone, "\(String(decoding: resource.bytes(), as: UTF8.self))")
    }
    let all = MemoryReading(["users": Self.resources(path, values)])
    let unknown = try #require(evaluator.evaluate(all)["r"])
    #expect(unknown.counted == Self.ways(path).count * 4)
  }
}
