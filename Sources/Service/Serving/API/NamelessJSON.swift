#if Service
internal import JSON

/// Documents for those who may know how many are affected, and not who: what `--max-affected 0` makes of pages, made of JSON.
///
/// Members that may be left out are; of those that are always there, lists become their counts.
enum NamelessJSON {
  static func bytes(_ document: [UInt8]) -> [UInt8] {
    guard let view = try? JSONView(parsing: document) else { return [] }
    return without(JSONValue(view)).bytes(layout: .pretty) + [UInt8(ascii: "\n")]
  }

  private static func without(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.map(without))
    case .object(let members): .object(object(members))
    default: value
    }
  }

  private static func object(_ members: [(String, JSONValue)]) -> [(String, JSONValue)] {
    let names = Set(members.map(\.0))
    let isChange = names.isSuperset(of: ["type", "cause", "reason"])
    let isOfResource = isChange && !names.isDisjoint(with: ["resource", "resourceId"])
    let isUnjudged = members.contains { $0.0 == "reasonCode" && $0.1.string == "unjudged" }
    return members.compactMap { name, value in
      switch name {
      case "breakGlass", "resource", "resourceId": nil
      case "from" where isChange && (isOfResource || isList(value)): nil
      case "to" where isChange && (isOfResource || isList(value)): nil
      case "reason" where isOfResource || isUnjudged: (name, "not named")
      case "resources" where value.string != nil: (name, "not named")
      case "affected": (name, .array([]))
      case "evidence": (name, .array((value.array ?? []).map(counted)))
      default: (name, without(value))
      }
    }
  }

  private static func isList(_ value: JSONValue) -> Bool {
    value.array != nil || value.object != nil
  }

  /// A fact, with a count in place of a list.
  private static func counted(_ fact: JSONValue) -> JSONValue {
    .object(
      (fact.object ?? []).map { name, value in
        guard name == "value", isList(value) else { return (name, value) }
        return (name, value.array.map { .int(Int64($0.count)) } ?? "not named")
      })
  }
}
#endif
