internal import Logging
internal import Reports

/// What `--verbose` tells of requests, as lines of names and values on standard error.
///
/// `debug: answered instance=okta-eu bytes=2048 method=GET status=200 url=https://…`
struct ConsoleLog: LineLog {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  func log(_ event: LogEvent, _ values: [String: String]) {
    Console.note(Self.line("\(event.level): \(event.message)", values))
  }

  /// The instance first, then by name; a value with blanks stands in quotation marks.
  static func line(_ text: String, _ values: [String: String]) -> String {
    let others = values.keys.filter { $0 != "instance" }.sorted()
    var line = Escaping.terminal(text)
    for name in ["instance"] + others {
      guard let value = values[name].map(Escaping.terminal), !value.isEmpty else { continue }
      let isPlain = !value.contains { $0 == " " || $0 == "\"" }
      line += isPlain ? " \(name)=\(value)" : " \(name)=\"\(value.replacing("\"", with: "'"))\""
    }
    return line
  }
}
