#if Service
private import Foundation
internal import JSON
internal import Logging
internal import Posture

/// A log for programs: an object a line on standard error, with time, level, message and what belongs to it.
///
/// `{"time":"2026-06-01T06:00:00Z","level":"info","message":"condition","instance":"okta-eu",…}`
struct JSONLog: LineLog {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  func log(_ event: LogEvent, _ values: [String: String]) {
    let time = Instant(secondsSince1970: Int(Date().timeIntervalSince1970))
    var writer = JSONWriter(layout: .compact)
    writer.object { writer in
      writer.member("time", time.description)
      writer.member("level", event.level.rawValue)
      writer.member("message", event.message.description)
      for (name, value) in values.sorted(by: { $0.key < $1.key })
      where !["time", "level", "message"].contains(name) {
        writer.member(name, value)
      }
    }
    Console.log(writer.bytes)
  }
}
#endif
