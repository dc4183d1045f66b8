import AsyncHTTPClient
import Foundation
import NIOCore

/// 200 instances of 20 collections of 5 pages, observed at a server on the loopback interface; beside it,
/// as many requests by the HTTP client alone, over as many connections that are kept.
///
/// The server shares the cores with whoever asks it; what it takes of them is told beside what the client takes.
struct ObserveBenchmark {
  let plumb: String
  let folder: String

  private static let instances = 200
  private static let collections = 20
  private static let pages = 5
  private static let requests = instances * collections * pages
  /// Requests at a time, in both.
  private static let width = 32

  func run() async throws {
    let server = try await PageServer(pages: Self.pages, resources: 100)
    let bytes = Self.requests * server.pageBytes
    let root = URL(fileURLWithPath: folder).appending(path: "observe")
    try write(to: root, host: String(server.origin.dropFirst("http://".count)))
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    for round in 1...3 {
      measure(
        "plumb observe, round \(round)", bytes: bytes, in: root,
        [
          plumb, "observe", "--working-tree", "--allow-host", server.origin, "--credentials",
          root.appending(path: "credentials.yaml").path,
        ])
      measure(
        "async-http-client alone (baseline)", bytes: bytes, in: root,
        [program, "request", server.origin])
    }
    try await server.channel.close()
  }

  private func measure(_ name: String, bytes: Int, in root: URL, _ arguments: [String]) {
    let before = ChildProcess.own
    let measure = ChildProcess.run(arguments, in: root.path)
    let server = ChildProcess.own - before
    func each(_ seconds: Double) -> Int { Int(seconds / Double(Self.requests) * 1e6) }
    print(
      line(name, measure, bytes: bytes)
        + ", \(Int(Double(Self.requests) / measure.seconds)) requests/s (\(Self.requests) requests)"
        + ", each \(each(measure.processor)) µs of processor, and \(each(server)) µs of the server's"
    )
  }

  private func write(to root: URL, host: String) throws {
    let desired = root.appending(path: "desired-state")
    try FileManager.default.createDirectory(at: desired, withIntermediateDirectories: true)
    _ = ChildProcess.run(["git", "init", "-q"], in: root.path)
    let collections = (0..<Self.collections).map { "    c\($0): { get: /c\($0) }" }
    try Data(
      """
      apiVersion: plumb/v1
      kind: Connector
      metadata: { name: acme }
      spec:
        displayName: Acme
        parameters:
          domain: { description: Where it is }
        baseURL: https://{domain}/api
        concurrency: \(Self.width)
        credentials:
          token: { description: A token }
        authentication:
          - name: token
            header: { value: "Bearer {token}" }
        pagination: link
        collections:
      \(collections.joined(separator: "\n"))

      """.utf8
    ).write(to: desired.appending(path: "connector.yaml"))
    var instances = ""
    var credentials = ""
    for index in 0..<Self.instances {
      instances += """
        ---
        apiVersion: plumb/v1
        kind: Instance
        metadata: { name: acme-\(index) }
        spec: { app: acme, source: { api: { parameters: { domain: '\(host)' } } } }

        """
      credentials += "acme-\(index): { token: token-of-instance-\(index) }\n"
    }
    try Data(instances.utf8).write(to: desired.appending(path: "instances.yaml"))
    let file = root.appending(path: "credentials.yaml")
    try Data(credentials.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  // MARK: The baseline

  /// Asks as often, as many at a time, and does nothing with the answers.
  static func request(_ origin: String) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = width
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<width {
        group.addTask {
          for index in stride(from: worker, to: requests, by: width) {
            var request = HTTPClientRequest(
              url: "\(origin)/api/c\(index / pages % collections)?page=\(index % pages + 1)")
            request.headers.add(name: "authorization", value: "Bearer token")
            let response = try await client.execute(request, timeout: .seconds(60))
            for try await _ in response.body {}
          }
        }
      }
      try await group.waitForAll()
    }
    try await client.shutdown()
  }
}
