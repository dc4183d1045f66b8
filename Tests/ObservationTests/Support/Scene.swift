import Connectors
import Foundation
import Posture
import TestSupport
import Testing

@testable import Observation

/// One observation of a demo app at a loopback server, with what was stored.
struct Scene {
  let folder: String
  let pace: TestPace
  var options: ObserverOptions

  init(pace: TestPace = TestPace()) {
    folder = NSTemporaryDirectory() + "plumb-observe-" + UUID().uuidString
    self.pace = pace
    options = ObserverOptions(store: ObservationStore(folder: folder))
    options.pace = pace
    // Time passes only when somebody waits; but a request's bound is kept by the machine's clock too, on which half an hour is little
    // where all tests run at once.
    options.limits.totalTime = 86_400
  }

  func remove() {
    for folder in [folder, folder + "-tokens"] {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  static let secret = "top-secret-token-0123456789"

  /// Observes `demo-one` at the server.
  func observe(
    _ collections: String, extra: String = "", at server: VendorServer,
    credentials: [String: String] = ["token": Scene.secret]
  ) async throws -> ObservationReport {
    let connector = try #require(
      TestConnector.connector(TestConnector.yaml(collections, extra: extra)))
    return try await observe(connector, at: server, credentials: credentials)
  }

  func observe(
    _ connector: Connector, at server: VendorServer,
    credentials: [String: String] = ["token": Scene.secret]
  ) async throws -> ObservationReport {
    var options = options
    options.allowedHosts.append(try AllowedHost(server.origin))
    let instance = try #require(TestConnector.instance(parameters: ["domain": server.authority]))
    return await Observer.observe(
      instance, connector: connector, credentials: Credentials(credentials), options: options)
  }

  /// The stored lines of a collection.
  func lines(_ collection: String, instance: String = "demo-one") -> [String] {
    let path = "\(folder)/\(instance)/\(collection).ndjson"
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// Every byte that lies in the folder.
  func everything() throws -> String {
    let paths = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return paths.sorted().compactMap { path in
      FileManager.default.contents(atPath: "\(folder)/\(path)").map {
        String(decoding: $0, as: UTF8.self)
      }
    }.joined()
  }
}

extension ObservationReport {
  /// `complete 3`, `denied 0: reason`.
  func state(of collection: String) -> String? {
    collections.first { $0.name == collection }.map { result in
      "\(result.state.rawValue) \(result.count)" + (result.fault.map { ": \($0.detail)" } ?? "")
    }
  }

  /// Why it could not be observed, without the code.
  var failureText: String? { failure?.detail }
}
