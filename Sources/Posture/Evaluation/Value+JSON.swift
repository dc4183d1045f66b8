internal import CEL
internal import JSON

extension Value {
  var jsonValue: JSONValue {
    if let view { return JSONValue(view) }
    if isNull { return .null }
    if let bool { return .bool(bool) }
    if let int { return .int(int) }
    if let uint { return JSONValue.unsigned(uint) }
    if let double { return .double(double) }
    if let string { return .string(string) }
    if let list { return .array(list.map(\.jsonValue)) }
    if let map {
      return .object(map.map { ($0.key.string ?? $0.key.description, $0.value.jsonValue) })
    }
    return .string(description)
  }
}
