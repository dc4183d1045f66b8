#if Service
internal import JSON
internal import Logging
internal import Observation
internal import Reconciler
internal import Reports

/// Answers requests below `/api/v1`.
struct APIAnswers: Sendable {
  let store: PageStore
  /// How many requests may read the record at once: others wait.
  let turnstile: Turnstile
  let openAPI: [UInt8]
  let logger: Logger

  init(store: PageStore, version: String, security: OpenAPI.SecurityScheme?, logger: Logger) {
    self.store = store
    self.logger = logger
    turnstile = Turnstile(2)
    openAPI =
      OpenAPI.document(version: version, security: security).bytes(layout: .pretty)
      + [UInt8(ascii: "\n")]
  }

  /// - Parameter path: What stands behind `/api/v1`, not decoded.
  /// - Throws: ``Problem``
  func answer(_ path: Substring, query text: Substring) async throws(Problem) -> [UInt8] {
    guard let query = WebQuery(text) else {
      throw .badRequest("The query is not percent-encoded UTF-8, or too long.")
    }
    if path == OpenAPI.path {
      guard query.pairs.isEmpty else { throw .badRequest("There is no parameter here.") }
      return openAPI
    }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for route in APIRoutes.all {
      guard let name = route.match(segments) else { continue }
      guard let served = store.publication else { throw .noReport }
      let call = try APICall(
        served: served, name: name, query: query, parameters: route.parameters)
      let key = "\(path)?\(text)"
      if let kept = served.kept[key] { return kept }
      let bytes = try await bytes(of: route, call)
      served.kept[key] = bytes
      return bytes
    }
    throw .notFound("There is nothing here; \(APIRoute.base)\(OpenAPI.path) says what there is.")
  }

  private func bytes(of route: APIRoute, _ call: APICall) async throws(Problem) -> [UInt8] {
    do {
      let bytes = try await turnstile.passing { try await route.respond(call) }
      return call.served.site.maxAffected > 0 ? bytes : NamelessJSON.bytes(bytes)
    } catch let problem as Problem {
      throw problem
    } catch {
      logger.error("The record cannot be read", metadata: ["reason": "\(error)"])
      throw .failed
    }
  }
}
#endif
