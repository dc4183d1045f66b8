import JSON
import Posture

/// What stands for something in a script's answers, within braces.
///
/// `{origin}` is the first host's URL. `{days-ago:90}`, `{hours-ahead:1}`, `{minutes-ago:5}` are times in RFC 3339; in
/// front of them a form may stand, as in `{date-days-ago:90}`: `date` (2026-06-01), `sql` (2026-06-01 06:00:00),
/// `milli`, `ticks` and `offset` (fractions of a second, and `+0000` in place of `Z`), `epoch` and `epoch-ms`, which are
/// numbers where nothing else is in the text.
struct VendorTexts: Sendable {
  let origin: String
  let now: Instant

  func filled(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text):
      if text.hasPrefix("{"), text.hasSuffix("}"),
        let whole = meaning(of: text.dropFirst().dropLast())
      {
        return whole
      }
      return .string(filled(text))
    case .array(let elements): return .array(elements.map { filled($0) })
    case .object(let members): return .object(members.map { ($0.0, filled($0.1)) })
    default: return value
    }
  }

  func filled(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"),
      let close = rest[open...].firstIndex(of: "}")
    {
      let name = rest[rest.index(after: open)..<close]
      if let value = meaning(of: name) {
        result += rest[..<open]
        result += value.string ?? value.compactText
        rest = rest[rest.index(after: close)...]
      } else {
        result += rest[...open]
        rest = rest[rest.index(after: open)...]
      }
    }
    result += rest
    return result
  }

  private func meaning(of name: Substring) -> JSONValue? {
    if name == "origin" { return .string(origin) }
    let halves = name.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2, let count = Int(halves[1]) else { return nil }
    let words = halves[0].split(separator: "-").map(String.init)
    let signs = ["ago": -1, "ahead": 1]
    let units = ["days": 86_400, "hours": 3_600, "minutes": 60]
    guard words.count >= 2, let sign = signs[words[words.count - 1]],
      let unit = units[words[words.count - 2]]
    else { return nil }
    let time = now.adding(seconds: sign * unit * count)
    let second = time.description.dropLast()
    return switch words.dropLast(2).joined(separator: "-") {
    case "": .string("\(second)Z")
    case "date": .string(time.day)
    case "sql": .string("\(time.day) \(second.suffix(8))")
    case "milli": .string("\(second).000Z")
    case "ticks": .string("\(second).0000000Z")
    case "offset": .string("\(second).000+0000")
    case "epoch": .int(Int64(time.secondsSince1970))
    case "epoch-ms": .int(Int64(time.secondsSince1970) * 1000)
    default: nil
    }
  }
}
