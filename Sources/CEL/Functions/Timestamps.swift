internal import Text

/// `getFullYear()` and its kin, with and without a time zone: langdef, "List of Standard Definitions", "Timezones".
extension FunctionDefinition {
  static let timestamps: [FunctionDefinition] =
    Part.allCases.map { part in
      var signatures = [
        "google.protobuf.Timestamp.() -> int", "google.protobuf.Timestamp.(string) -> int",
      ]
      if part.isOfDuration { signatures.append("google.protobuf.Duration.() -> int") }
      return FunctionDefinition(
        part.rawValue, signatures,
        .unary { (value, frame) throws(Fault) in
          switch value {
          case .timestamp(let time): return .int(part.value(of: time, offset: 0))
          case .duration(let span):
            guard let value = part.value(of: span) else { break }
            return .int(value)
          default: break
          }
          throw .noOverload(part.rawValue, value)
        },
        .binary { (value, zone, frame) throws(Fault) in
          guard case .timestamp(let time) = value, let name = try frame.text(zone) else {
            throw .noOverload(part.rawValue, value, zone)
          }
          let offset = try frame.zone(name).seconds(at: time)
          return .int(part.value(of: time, offset: offset))
        })
    }

  private enum Part: String, CaseIterable {
    case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
    case getHours, getMinutes, getSeconds, getMilliseconds

    var isOfDuration: Bool {
      switch self {
      case .getHours, .getMinutes, .getSeconds, .getMilliseconds: true
      default: false
      }
    }

    func value(of time: Timestamp, offset: Int) -> Int64 {
      if case .getMilliseconds = self { return Int64(time.nanoseconds / 1_000_000) }
      let date = CivilTime(secondsSince1970: Int(time.seconds) + offset)
      let part =
        switch self {
        case .getFullYear: date.year
        case .getMonth: date.month - 1
        case .getDate: date.day
        case .getDayOfMonth: date.day - 1
        case .getDayOfWeek: date.weekday
        case .getDayOfYear: date.dayOfYear
        case .getHours: date.hour
        case .getMinutes: date.minute
        case .getSeconds: date.second
        case .getMilliseconds: 0
        }
      return Int64(part)
    }

    /// The whole span in the unit, but for milliseconds, which are those of its second.
    func value(of span: TimeSpan) -> Int64? {
      switch self {
      case .getHours: span.seconds / 3_600
      case .getMinutes: span.seconds / 60
      case .getSeconds: span.seconds
      case .getMilliseconds: Int64(span.nanoseconds / 1_000_000)
      default: nil
      }
    }
  }
}

/// `iso8601.duration`: spans as vendors' APIs write them.
extension FunctionDefinition {
  static let iso8601: [FunctionDefinition] = [
    FunctionDefinition(
      "iso8601.duration", .iso8601, ["(string) -> google.protobuf.Duration"],
      .unary { (value, frame) throws(Fault) in
        guard let text = try frame.text(value) else { throw .noOverload("iso8601.duration", value) }
        guard let span = TimeSpan(iso8601: text) else {
          throw Fault(.invalidArgument, "'\(text.prefix(60))' is not an ISO 8601 duration")
        }
        return .duration(span)
      })
  ]
}
