internal import JSON

/// Members to write, in order, without those that are nil.
struct Members {
  private(set) var members: [(String, JSONValue)] = []

  mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { members.append((name, value)) }
  }

  mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }
  mutating func add(_ name: String, _ number: Int) { add(name, JSONValue.int(Int64(number))) }
  mutating func add(_ name: String, _ instant: Instant?) { add(name, instant?.description) }

  var value: JSONValue { .object(members) }
}
