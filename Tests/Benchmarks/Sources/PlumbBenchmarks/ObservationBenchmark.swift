import Crypto
import Foundation
import JSON

/// An observation of 1 GB in one NDJSON collection, planned; beside it, simdjson over the same lines
/// alone, and the same plan over a tenth, to show that memory does not grow with the tenant.
struct ObservationBenchmark {
  let plumb: String
  let folder: String

  func run(bytes total: Int = 1_000_000_000) throws {
    for (name, size) in [("a tenth", total / 10), ("whole", total)] {
      let root = URL(fileURLWithPath: folder).appending(path: "observation-\(size)")
      let (bytes, lines) = try write(size, to: root)
      let arguments = [
        plumb, "plan", "--working-tree", "--format", "json", "--at", "2026-06-01T07:00:00Z",
      ]
      let measure = ChildProcess.run(arguments, in: root.path)
      print(
        line("plumb plan, \(name), \(lines) resources", measure, bytes: bytes))
      let parse = ChildProcess.run(
        [
          try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), "parse",
          root.appending(path: "observation/users.ndjson").path,
        ],
        in: root.path)
      print(line("simdjson parse alone (baseline), \(name)", parse, bytes: bytes))
    }
  }

  /// Parses every line and does nothing with it.
  static func parse(_ path: String) throws {
    var lines = JSONLines()
    var count = 0
    try lines.read(path: path) { _ in count += 1 }
    print("\(count) lines")
  }

  private func write(_ size: Int, to root: URL) throws -> (bytes: Int, lines: Int) {
    let manager = FileManager.default
    let observation = root.appending(path: "observation")
    let desired = root.appending(path: "desired-state")
    try manager.createDirectory(at: observation, withIntermediateDirectories: true)
    try manager.createDirectory(at: desired, withIntermediateDirectories: true)
    _ = ChildProcess.run(["git", "init", "-q"], in: root.path)
    try Data(
      """
      apiVersion: plumb/v1
      kind: Instance
      metadata: { name: okta-large }
      spec: { app: okta, source: { recorded: { path: observation } } }
      ---
      apiVersion: plumb/v1
      kind: Initiative
      metadata: { name: saas-security }
      spec: { targetScore: 80 }
      """.utf8
    ).write(to: desired.appending(path: "state.yaml"))

    let path = observation.appending(path: "users.ndjson")
    try Data().write(to: path)
    let handle = try FileHandle(forWritingTo: path)
    var hash = SHA256()
    var written = 0
    var count = 0
    while written < size {
      var chunk = Data()
      while chunk.count < 4 << 20 {
        chunk.append(contentsOf: user(count).utf8)
        count += 1
      }
      hash.update(data: chunk)
      try handle.write(contentsOf: chunk)
      written += chunk.count
    }
    try handle.close()
    let digest = hash.finalize().map { String(format: "%02x", $0) }.joined()
    try Data(
      """
      { "apiVersion": "plumb/v1", "kind": "Observation", "instance": "okta-large", "app": "okta",
        "observedAt": "2026-06-01T06:00:00Z", "connector": { "name": "okta", "digest": "sha256:0" },
        "collections": { "users": { "state": "complete", "count": \(count), "sha256": "\(digest)" } } }
      """.utf8
    ).write(to: observation.appending(path: "observation.json"))
    return (written, count)
  }

  private func user(_ index: Int) -> String {
    """
    {"id":"00u\(String(index, radix: 36))","status":"\(index % 17 == 0 ? "STAGED" : "ACTIVE")","created":"2024-03-0\(index % 9 + 1)T08:00:00.000Z","activated":"2024-03-0\(index % 9 + 1)T08:05:00.000Z","statusChanged":"2024-03-0\(index % 9 + 1)T08:05:00.000Z","lastLogin":"2026-05-2\(index % 10)T10:00:00.000Z","lastUpdated":"2026-05-20T10:00:00.000Z","passwordChanged":"2026-01-0\(index % 9 + 1)T09:00:00.000Z","type":{"id":"oty1"},"profile":{"firstName":"First\(index)","lastName":"Last\(index)","login":"user\(index)@contoso.example","email":"user\(index)@contoso.example"},"credentials":{"provider":{"type":"OKTA","name":"OKTA"}}}

    """
  }
}
