private import Foundation

/// How far a time zone is from UTC: langdef, "Timezones".
enum ZoneOffset: Sendable {
  /// Seconds east of UTC, always.
  case fixed(Int)
  /// A zone of the IANA database.
  case named(Named)

  final class Named: Sendable {
    fileprivate let zone: TimeZone
    fileprivate init(_ zone: TimeZone) { self.zone = zone }
  }

  /// Reads `America/Los_Angeles`, `UTC`, or an offset such as `-02:30` and `02:00`; nil for anything else.
  init?(_ text: String) {
    if text == "UTC" || text.isEmpty {
      self = .fixed(0)
    } else if let first = text.utf8.first,
      first == UInt8(ascii: "+") || first == UInt8(ascii: "-") || Lexer.isDigit(first)
    {
      guard let seconds = Self.offset(text) else { return nil }
      self = .fixed(seconds)
    } else {
      // Foundation also takes abbreviations, which name no place.
      guard text.utf8.count <= 64,
        text.contains("/") || text == "GMT" || TimeZone.knownTimeZoneIdentifiers.contains(text),
        let zone = TimeZone(identifier: text)
      else { return nil }
      self = .named(Named(zone))
    }
  }

  private static func offset(_ text: String) -> Int? {
    let isNegative = text.first == "-"
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { Lexer.isDigit($0) } }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }

  /// Seconds east of UTC at a point in time.
  func seconds(at time: Timestamp) -> Int {
    switch self {
    case .fixed(let seconds): seconds
    case .named(let named):
      named.zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.seconds)))
    }
  }
}

extension Frame {
  /// A time zone, looked up at its first use.
  mutating func zone(_ name: String) throws(Fault) -> ZoneOffset {
    // What it costs to find one depends on what was asked for before.
    if kept != nil { throw .limit("steps", limits.steps) }
    if let known = zone(known: name) { return known }
    try step(100)
    guard let zone = ZoneOffset(name) else {
      let shown = String(name.prefix(60))
      throw Fault(.invalidArgument, "there is no time zone '\(shown)'")
    }
    remember(zone, name)
    return zone
  }
}
