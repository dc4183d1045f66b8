import Foundation
import Observation
import TestSupport
import Testing

/// A company whose app changes refresh tokens with each use, and the real program in its repository.
struct TokenCompany {
  var live: LiveCompany
  let server: VendorServer

  /// - Parameter given: The number of the token in the environment; nil for none.
  init(at server: VendorServer, rotates: Bool = true, given: Int? = nil) throws {
    self.server = server
    live = try LiveCompany(
      LiveCompany.instance(at: server.authority),
      connector: RotatingVendor.connector(rotates: rotates))
    live.environment["PLUMB_ACME_EU_TOKEN"] = nil
    for (field, value) in RotatingVendor.credentials {
      live.environment["PLUMB_ACME_EU_\(field.uppercased())"] = value
    }
    live.environment["PLUMB_ACME_EU_REFRESH_TOKEN"] = given.map(RotatingVendor.refreshToken)
    try FileManager.default.createDirectory(
      atPath: "\(live.scratch.path)/mine", withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
  }

  var store: String { "\(live.scratch.path)/mine/tokens.json" }
  var storing: [String] { ["--token-store", store] }
  /// What the store has.
  var kept: String { live.scratch.read("mine/tokens.json") ?? "" }

  func plumb(_ arguments: [String]) throws -> Run { try live.plumb(arguments, at: [server]) }

  func dialogue(_ arguments: [String]) throws -> Dialogue {
    try Dialogue(
      try #require(Program.path, "the program is not built"),
      arguments + ["--allow-host", server.origin], in: "\(live.scratch.path)/repository",
      environment: live.environment)
  }

  /// Opens an address as a browser would, which has all the time there is: the answer may be read long after it came.
  static func visit(_ url: String) async throws -> APIResponse {
    let connections = try Connections(caFile: nil, proxy: ProxySettings(environment: [:]))
    let live = LiveTransport(over: connections, pace: SystemPace())
    do {
      let response = try await live.send(
        APIRequest(address: try #require(Address(url))),
        bounds: ResponseBounds(size: 1 << 16, deadline: SystemPace().now + 3_600))
      await connections.close()
      return response
    } catch {
      await connections.close()
      throw error
    }
  }
}
