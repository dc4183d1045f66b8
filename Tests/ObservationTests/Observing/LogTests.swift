import Logging
import Posture
import Synchronization
import TestSupport
import Testing

@testable import Observation

@Suite("Logs")
struct LogTests {
  @Test("tell requests, pages, retries and waits, and no secret that an answer gives back")
  func log() async throws {
    let record = LogRecord()
    try await VendorServer.serve { request, index in
      let said = request.header("authorization") ?? ""
      if request.path == "/api/refused" {
        return .json(#"{"message":"bad \#(said)"}"#, status: 403)
      }
      switch index {
      case 0: return .json("{}", status: 429, headers: [("retry-after", "7")])
      case 1:
        return .json(
          #"[{"id":"1"}]"#,
          headers: [("link", "</api/items?page=2&code=\(Scene.secret)>; rel=next")])
      default: return .json(#"[{"id":"2"}]"#)
      }
    } _: { server in
      var scene = Scene()
      defer { scene.remove() }
      scene.options.log = record.logger
      let items = try await scene.observe("items: { get: /items }", at: server)
      #expect(items.state(of: "items") == "complete 2")
      let url = "\(server.origin)/api/items"
      #expect(
        record.lines == [
          "info authentication instance=demo-one way=token",
          "debug answered bytes=2 instance=demo-one method=GET status=429 url=\(url)",
          "info narrowed host=\(server.authority) instance=demo-one requests=2",
          "info waiting host=\(server.authority) instance=demo-one reason=\(server.authority) answered 429 retry=1 seconds=7.0",
          "debug answered bytes=12 instance=demo-one method=GET status=200 url=\(url)",
          "debug page collection=items instance=demo-one items=1 page=1",
          "debug answered bytes=12 instance=demo-one method=GET status=200 url=\(url)",
          "debug page collection=items instance=demo-one items=1 page=2",
          "info collection count=2 instance=demo-one name=items reason= state=complete",
        ])
      _ = try await scene.observe(
        "items: { get: /items }\nrefused: { get: /refused, permissions: [x.read] }", at: server)
      #expect(record.lines.contains { $0.contains("bad Bearer REDACTED") })
      #expect(!record.lines.contains { $0.contains(Scene.secret) })
    }
  }

  @Test("are masked whatever is written to them")
  func masked() {
    let record = LogRecord()
    var log = record.logger
    log.handler = MaskingLogHandler(log.handler, mask: SecretGate(secrets: ["a-secret-of-ours"]))
    log[metadataKey: "at"] = "here"
    log.warning(
      "said a-secret-of-ours",
      metadata: ["list": ["x", "ghp_0123456789012345678901234567890123ab"]])
    #expect(record.lines == [#"warning said REDACTED at=here list=["x", "REDACTED"]"#])
  }
}

/// Keeps what was logged.
private final class LogRecord: Sendable {
  private let written = Mutex<[String]>([])

  var lines: [String] { written.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(record: self) }
    logger.logLevel = .debug
    return logger
  }

  private struct Handler: LogHandler {
    let record: LogRecord
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    init(record: LogRecord) { self.record = record }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let values = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }
      let line = (["\(event.level) \(event.message)"] + values).joined(separator: " ")
      record.written.withLock { $0.append(line) }
    }
  }
}
