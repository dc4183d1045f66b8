#if Service
package import Hummingbird

/// What those ask who run a process: whether it lives, whether it is ready, and its figures.
///
/// Nobody proves who they are here, since orchestrators and Prometheus do not: the port is for the machine, or for a network that only they
/// reach. Nothing that is sent is read: a request with a body is refused.
package enum AdminRoutes {
  /// - Parameters:
  ///   - isAlive: Whether the process does what it is for; a no has it started again.
  ///   - isReady: Whether it has what it needs to answer.
  ///   - metrics: Its figures as OpenMetrics text, ended by `# EOF`.
  package static func router(
    isAlive: @escaping @Sendable () async -> Bool, isReady: @escaping @Sendable () async -> Bool,
    metrics: @escaping @Sendable () async -> String
  ) -> Router<BasicRequestContext> {
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: OnlyReading())
    router.get("/healthz") { _, _ in
      await isAlive() ? answer(.ok, "ok\n") : answer(.serviceUnavailable, "not alive\n")
    }
    router.get("/readyz") { _, _ in
      await isReady() ? answer(.ok, "ready\n") : answer(.serviceUnavailable, "not ready\n")
    }
    router.get("/metrics") { request, _ in
      let form = MetricsForm(accept: request.headers[values: .accept])
      return answer(.ok, form.text(of: await metrics()), type: form.contentType)
    }
    return router
  }

  private static func answer(
    _ status: HTTPResponse.Status, _ text: String, type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// Refuses what would change something, and what brings something.
  private struct OnlyReading: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
      _ request: Request, context: Context,
      next: (Request, Context) async throws -> Response
    ) async throws -> Response {
      guard request.method == .get || request.method == .head else {
        return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
      }
      let length = request.headers[.contentLength]
      guard request.headers[.transferEncoding] == nil, length == nil || length == "0" else {
        return Response(status: .contentTooLarge)
      }
      return try await next(request, context)
    }
  }
}
#endif
