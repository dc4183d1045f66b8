import JSON
import Testing

@testable import CEL

/// Conditions over `resource`, each with activations of its own and all in one batch.
struct BatchScene {
  private struct Entry {
    let program: Program
    /// Where every object is evaluated, and where only what the batch leaves is.
    let single: Activation
    let batched: Activation
    let condition: BatchCondition
  }

  private let batch: BatchProgram
  private let resource: Slot
  private let parent: Slot
  private var entries: [Entry] = []
  /// How many conditions the batch knows.
  var planned: Int { entries.count }
  /// How many of them columns know.
  var inVectors: Int { entries.count { $0.condition.reach == .vectors } }

  /// Conditions over what is in a list, over what is computed once for each object, and over what is built.
  static let lists = [
    #"resource.tags.exists(t, t == "a") || resource.flag"#,
    #"resource.tags.all(t, t.name == "a" && t.on)"#,
    #"resource.tags.exists_one(t, t.name == "ACTIVE") || resource.count > 3"#,
    #"size(resource.tags.filter(t, has(t.name) && t.on)) > 0"#,
    #"resource.tags.filter(t, t != "a") == []"#,
    #"resource.tags.map(t, t.name).exists(n, n == "a")"#,
    #"resource.tags.exists(t, t.tags.exists(u, u == 1)) || resource.flag"#,
    #""a" in resource.tags || resource.flag"#,
    #"resource.status in resource.tags"#,
    #"!(resource.other in resource.tags) && resource.flag"#,
    #"resource.tags[0] == "a""#,
    #"resource.tags[?0].orValue("none") == "none""#,
    #"[resource.status, "x"].exists(s, s == "ACTIVE")"#,
    #"["status", "other"].exists(name, name in resource && resource[name] == "ACTIVE")"#,
    #"parameters.accepted.all(a, !(a in resource.tags)) || resource.flag"#,
    #"[["status", "ACTIVE"], ["other", "x"]].all(pair, resource[pair[0]] != pair[1])"#,
    #"variables.tagged || resource.flag"#,
    #"resource.flag || variables.tagged && variables.tagCount > 1"#,
    #"variables.tagCount > 1 || variables.tagged"#,
    #"size(variables.tagNames) == 1 || resource.status in variables.tagNames"#,
    #"resource.status in variables.table && variables.table[resource.status] > 1"#,
    #"resource.flag && variables.long > 3 || variables.names.exists(n, n == resource.status)"#,
    #"variables.broken == 1 || resource.flag"#,
    #"resource.flag && (variables.brokenOfRow || variables.isActive)"#,
    #"resource.status.matches(parameters.pattern) || resource.flag"#,
    #"resource.status.matches("^" + resource.other) || resource.flag"#,
    #"text(resource.status).replace("A", "a") == "aCTIVE""#,
    #"resource.status.replace("ACTIVE", "STAGED") in parameters.accepted"#,
    #"size("" + resource.status) > 0 && resource.status.split("A").size() == 2"#,
    #"cel.bind(n, resource.count, n > 3 && n < 10) || resource.flag"#,
    #"cel.bind(names, resource.tags.map(t, t.name), size(names) > 1) || resource.flag"#,
    #"timestamp(resource.time) + duration("24h") > now"#,
    #"timestamp(resource.time).getFullYear() == 2026 || resource.flag"#,
    #"timestamp(resource.time).getHours("Europe/Berlin") > 8 || resource.flag"#,
    #"duration(string(resource.count) + "h") > duration("4h")"#,
    #"resource.count + 1 > 3 || resource.count * 2 == resource.other"#,
    #"(resource.flag ? resource.tags : [resource.status]).exists(t, t == "ACTIVE")"#,
    #"(resource.flag ? resource.count : resource.tags[0]) == 3 || resource.status == "ACTIVE""#,
    #"known(resource.tags.filter(t, t.on), "tags").name == "a""#,
    #"isKnown(resource.status) || resource.flag"#,
    #"listed(resource).exists(t, t == "a") && resource.flag"#,
    #""a" in held(resource, "tags") || "flag" in held(resource, "nested")"#,
    #"resource.tags.sortBy(t, t.name)[0].name == "a""#,
    #"resource.tags.map(t, {"name": t}).filter(e, e.name == "a").size() > 0"#,
    #"resource == parent || resource.flag"#,
    #"resource.tags == parent.tags"#,
    #"parent.tags.exists(t, t == resource.status) || resource.flag"#,
    #"variables.tagNames.exists(n, n == "ACTIVE") ? resource.flag : resource.count == 3"#,
    #"resource.?tags.orValue([]).all(t, t == "a")"#,
    #"has(resource.nested.deep) ? resource.nested.deep.value in ["x", 1] : resource.tags == []"#,
    #"dyn({})["status " + resource.status] || resource.flag"#,
    #"text("" + resource.status.lowerAscii()) == "active""#,
  ]

  /// What is asked of the elements of lists, with what is known of the object beside it; numbers, times and spans.
  static let elements = [
    #"resource.tags.exists(t, t == "a" || t == "ACTIVE")"#,
    #"resource.tags.exists(t, t == resource.status)"#,
    #"resource.tags.all(t, t != parent.status && resource.flag)"#,
    #"resource.tags.exists(t, t.tags.exists(u, u == resource.status || t.on))"#,
    #"resource.tags.exists(t, t.tags.exists(u, u == 1) && t.name == "b")"#,
    #"resource.tags.exists(t, variables.isActive && t == "a")"#,
    #"resource.tags.exists(t, variables.tagged && resource.flag)"#,
    #"resource.tags.exists(t, isOn(t))"#,
    #"resource.tags.exists(t, isOn(resource) && t.on)"#,
    #"size(resource.tags.filter(t, t in parameters.accepted)) == 1"#,
    #"size(resource.tags.filter(t, t.on)) < resource.count"#,
    #"resource.tags.exists(t, ["a", "ACTIVE"].exists(s, s == t))"#,
    #"resource.tags.exists(t, t.name.startsWith("A")) || resource.flag"#,
    #"resource.tags.exists(t, cel.bind(n, t.name, n == "a" || n == resource.status))"#,
    #"resource.tags.exists(t, t.name.matches(parameters.pattern))"#,
    #"resource.tags.exists_one(t, has(t.name) && t.?on.orValue(false))"#,
    #"resource.tags.all(t, t.exists(u, u == "name"))"#,
    #"resource.tags.all(t, !t.exists_one(u, u == "name"))"#,
    #"resource.tags.exists(t, "a" in t.tags) || "ACTIVE" in resource.tags"#,
    #"resource.nested.exists(k, k == "deep")"#,
    #"resource.nested.all(k, k != resource.status) || resource.count > 1"#,
    #"resource.tags.exists(t, timestamp(resource.time) < now && t == "a")"#,
    #"resource.tags.exists(t, t == resource.status.lowerAscii())"#,
    #"resource.tags.exists(t, t.lowerAscii() == "active")"#,
    #"resource.tags.exists(t, t + "x" == "ax")"#,
    #"resource.tags.exists(t, resource.tags.exists(u, u == t && u == "a"))"#,
    #"resource.tags.exists(t, resource.nested.exists(k, k == t || t == "a"))"#,
    #"resource.flag || resource.tags.exists(t, t.name == resource.other && resource.tags.all(u, u != "a"))"#,
    #"resource.tags.exists(t, variables.tagCount > 1 ? t == "a" : t.on)"#,
    #"resource.tags.exists(t, variables.names.exists(n, n == t))"#,
    #"resource.tags.exists(t, t in resource.tags && t != "a")"#,
    #"resource.tags.exists(t, size(t) > 3) && resource.flag"#,
    #"resource.tags.exists(t, resource.tags.map(u, u.name).exists(u, u == t))"#,
    #"parent.tags.exists(t, t == resource.status)"#,
    #"parent.tags.exists(t, parent.nested.flag && t == "a") || resource.flag"#,
    #"resource.tags.exists(t, true)"#,
    #"now - timestamp(resource.time) < duration("720h")"#,
    #"timestamp(resource.time) - now > duration("-24h") || resource.flag"#,
    #"timestamp(resource.time) + duration("1ns") > now"#,
    #"timestamp(resource.time) - duration("24h") == timestamp(resource.other) || resource.flag"#,
    #"timestamp(resource.time) + duration("87660000h") > now"#,
    #"now - timestamp(resource.time) == duration("24h") || (now - timestamp(resource.time)) + duration("1h") < duration("3h")"#,
    #"now - timestamp(resource.time) < duration(string(parameters.days * 24) + "h")"#,
    #"resource.count - resource.other < 3 || resource.count % 2 == 1"#,
    #"resource.count / resource.other == 1 || resource.count * resource.other == 25"#,
    #"resource.count + 2 < 9"#,
    #"resource.status + resource.other == "ACTIVEx" || resource.flag"#,
    #"resource.status + "x" in ["ACTIVEx", "x"]"#,
    #"resource.status.lowerAscii() in ["active", "staged"]"#,
    #"(resource.flag ? resource.status : resource.status.lowerAscii()) in ["active", "STAGED"]"#,
    #"resource.count + resource.status == "x" || resource.flag"#,
    #"duration(resource.other) < duration("1h") || resource.flag"#,
  ]

  private static func environment() throws -> Environment {
    var environment = Environment()
    for name in ["resource", "parent"] { environment.declare(name, .dyn) }
    _ = environment.declare(time: "now")
    for (name, value) in parameters { environment.declare("parameters.\(name)", value.type) }
    let functions: [(String, [String], String)] = [
      ("isOn", ["item"], #"item.flag || item.status == "ACTIVE""#),
      ("text", ["value"], "{true: value}[value.lowerAscii() != '']"),
      ("oneOf", ["value", "values"], "{true: value}[value in values]"),
      ("field", ["item", "name"], "name in item && item[name] != null ? item[name] : false"),
      (
        "isRecent", ["time", "days"], #"timestamp(time) > now - duration(string(days * 24) + "h")"#
      ),
      ("unknown", ["what"], "dyn({})[what]"),
      (
        "known", ["list", "what"],
        "cel.bind(found, list, size(found) > 0 ? found[0] : unknown(what))"
      ),
      (
        "isKnown", ["value"],
        #"value == "ACTIVE" ? true : value == "STAGED" ? false : unknown("status " + string(value))"#
      ),
      ("listed", ["item"], #"has(item.tags) ? item.tags : []"#),
      ("held", ["item", "name"], #"has(item.tags) ? item[name] : item.flag ? {"flag": 1} : {}"#),
    ]
    for (name, parameters, body) in functions {
      try environment.define(
        function: name, parameters: parameters.map { ($0, .dyn) }, body: body)
    }
    return environment
  }

  private static let parameters: [(String, Value)] = [
    ("accepted", .list([.string("STAGED"), .string("ACTIVE")])), ("minimum", .int(3)),
    ("days", .int(30)), ("name", .string("status")), ("pattern", .string("^A.*E$")),
  ]

  /// What is computed when it is read first, of each object or once for all.
  private static let variables = [
    ("isActive", #"resource.status == "ACTIVE""#),
    ("names", "parameters.accepted.map(name, name.lowerAscii())"),
    ("table", #"variables.names.transformMapEntry(i, name, {name.upperAscii(): i + 1})"#),
    ("long", "lists.range(20).map(i, size(variables.names) + i)[3]"),
    ("broken", "dyn(variables.names)[7]"),
    ("tagged", #"resource.tags.exists(t, t == "a")"#),
    ("tagNames", "resource.tags.map(t, t.name)"),
    ("tagCount", "variables.tagged ? size(resource.tags) : size(variables.tagNames)"),
    (
      "brokenOfRow",
      #"variables.tagged || dyn(variables.broken) == resource.tags.filter(t, t == "b")"#
    ),
  ]

  init(_ sources: [String]) throws {
    var environment = try Self.environment()
    let programs = try Self.variables.map { name, source in
      let program = try environment.compile(source)
      return (environment.declare("variables.\(name)", program.resultType), program)
    }
    resource = try #require(environment.slot(of: "resource"))
    parent = try #require(environment.slot(of: "parent"))
    batch = BatchProgram(over: resource, parent: parent)
    func activation() throws -> Activation {
      let activation = Activation()
      let now = try #require(environment.slot(of: "now"))
      activation.set(now, .timestamp(try #require(Timestamp("2026-06-01T07:00:00Z"))))
      for (name, value) in Self.parameters {
        activation.set(try #require(environment.slot(of: "parameters.\(name)")), value)
      }
      for (slot, program) in programs { activation.setLazy(slot, program) }
      activation.limit(to: Budget(steps: 1 << 40, size: 1 << 40))
      return activation
    }
    for source in sources {
      let program = try environment.compile(source)
      let (single, batched) = (try activation(), try activation())
      guard let condition = batch.add(program, in: batched) else { continue }
      entries.append(
        Entry(program: program, single: single, batched: batched, condition: condition))
    }
  }

  /// Runs the batch over the objects, and evaluates each condition over each.
  ///
  func compare(_ views: [JSONView]) throws -> (decided: Int, left: Int) {
    batch.rows.removeAll()
    batch.parents.removeAll()
    // Every third belongs to nothing; the others to one before it.
    func owner(_ row: Int) -> JSONView? { row % 3 == 0 ? nil : views[row / 2] }
    for (row, view) in views.enumerated() {
      batch.rows.append(view)
      batch.parents.append(owner(row))
    }
    batch.run()
    var decided = 0
    var left = 0
    for entry in entries {
      for (row, view) in views.enumerated() {
        let result = evaluate(entry.program, entry.single, view, owner(row))
        let tag = entry.condition.column.tag(row)
        let isSame: Bool
        switch tag {
        case .yes: isSame = result == .success(true)
        case .no: isSame = result == .success(false)
        case .fault: isSame = (try? result.get()) == nil
        default: isSame = true
        }
        var bill = BatchBill()
        if tag != .unknown {
          decided += 1
          let isSure = bill.add([entry.condition], row: row)
          #expect(isSure && bill.charge(entry.batched, as: [entry.condition]))
        } else {
          left += 1
          _ = evaluate(entry.program, entry.batched, view, owner(row))
        }
        let (one, other) = (entry.single.frame.left, entry.batched.frame.left)
        if !isSame || one != other {
          Issue.record(
            "\(entry.program.source) over \(JSONValue(view).compactText): \(tag), not \(result); \(other) is left, not \(one)"
          )
          entry.batched.frame.limit(to: one)
        }
      }
    }
    return (decided, left)
  }

  private func evaluate(
    _ program: Program, _ activation: Activation, _ view: JSONView, _ owner: JSONView?
  ) -> Result<Bool, EvaluationError> {
    activation.set(resource, Value(view))
    if let owner {
      activation.set(parent, Value(owner))
    } else {
      activation.reset(parent)
    }
    return program.evaluateCondition(activation)
  }
}
