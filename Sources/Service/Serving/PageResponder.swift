#if Service
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Observation
internal import Reports

/// What is known of a request beside itself.
struct ServingContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  var peer: Authentication.Peer {
    channel.remoteAddress?.ipAddress.map(Authentication.Peer.address) ?? .socket
  }
}

/// Answers everything that is asked of the port of pages.
///
/// Paths are looked up as they are written, among the pages that were made: no folder is read, so that none can be escaped from.
struct PageResponder: HTTPResponder {
  typealias Context = ServingContext

  let store: PageStore
  let authentication: Authentication
  let api: APIAnswers
  /// Answers at the place of hooks, which prove themselves otherwise; nil where none are taken.
  let hooks: RouterResponder<BasicRequestContext>?
  let log: AccessLog
  /// Whether browsers are told to come by TLS alone: for who stands behind a proxy that does it.
  let isBehindTLS: Bool

  func respond(to request: Request, context: ServingContext) async throws -> Response {
    let target = (request.head.path ?? "")[...]
    let path = target.prefix { $0 != "?" }
    if let hooks, path == GitHook.path {
      return try await hooks.respond(
        to: request,
        context: BasicRequestContext(
          source: ApplicationRequestContextSource(
            channel: context.channel, logger: context.logger)))
    }
    let query = target.dropFirst(path.count).dropFirst()
    var visitor: Authentication.Visitor?
    let isAPI = path == APIRoute.base || path.hasPrefix(APIRoute.base + "/")
    let answer: WebAnswer
    do throws(Authentication.Refusal) {
      try Self.checkForm(of: request)
      visitor = try await authentication.visitor(of: request.head, from: context.peer)
      answer =
        isAPI
        ? await self.interface(path.dropFirst(APIRoute.base.count), query: query)
        : await page(path, query: query)
    } catch {
      answer = WebAnswer(refusal: error, isAPI: isAPI)
    }
    let response = answer.response(to: request, isBehindTLS: isBehindTLS)
    store.count(answer: response.status.code)
    log.log(
      AccessLog.Access(
        who: visitor?.name, method: request.method.rawValue, path: String(path),
        filters: Self.filters(in: query), status: response.status.code,
        bytes: response.body.contentLength ?? 0, from: Self.text(of: context.peer)))
    return response
  }

  /// Only what reads, and brings nothing with it.
  private static func checkForm(of request: Request) throws(Authentication.Refusal) {
    guard request.method == .get || request.method == .head else {
      throw Authentication.Refusal(status: 405, detail: "Nothing can be changed here.")
    }
    let lengths = request.headers[values: .contentLength]
    guard request.headers[values: .transferEncoding].isEmpty, lengths.allSatisfy({ $0 == "0" })
    else { throw Authentication.Refusal(status: 413, detail: "No request has a body here.") }
  }

  private func interface(_ path: Substring, query: Substring) async -> WebAnswer {
    do throws(Problem) {
      return WebAnswer(
        status: 200, type: "application/json", bytes: try await api.answer(path, query: query))
    } catch {
      return WebAnswer(status: error.status, type: Problem.contentType, bytes: error.bytes)
    }
  }

  private func page(_ path: Substring, query: Substring) async -> WebAnswer {
    guard let served = store.publication else {
      return WebAnswer(status: 503, text: "There is no report yet.")
    }
    if path == "/favicon.ico" { return Self.icon }
    guard path.hasPrefix("/") else { return WebAnswer(status: 400, text: "That is no path.") }
    let name = path == "/" ? "index.html" : String(path.dropFirst())
    guard let page = served.pages[name] else {
      return WebAnswer(status: 404, text: "There is no such page.")
    }
    guard name == ServedSite.tablePath, !query.isEmpty else {
      return WebAnswer(status: 200, type: page.type, body: page.body, tag: page.tag)
    }
    guard let asked = WebQuery(query) else {
      return WebAnswer(status: 400, text: "The query is not percent-encoded UTF-8, or too long.")
    }
    let key = "\(name)?\(query)"
    if let kept = served.kept[key] {
      return WebAnswer(status: 200, type: page.type, bytes: kept)
    }
    let bytes = await api.turnstile.passing { served.site.recommendations(asked.pairs) }
    served.kept[key] = bytes
    return WebAnswer(status: 200, type: page.type, bytes: bytes)
  }

  /// What every browser asks for: the bob of the pages' head, drawn.
  private static let icon = WebAnswer(
    status: 200, type: "image/svg+xml",
    bytes: Array(
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-4 0 24 24'><path d='M8 0V12' stroke='#767676'/><path d='M4 12H12L11 17L8 24L5 17Z' fill='#767676'/></svg>"
        .utf8))

  // MARK: What the log says

  private static let filterNames = Set(
    APIRoutes.all.flatMap(\.parameters).map(\.name) + ["q", "sort", "page", "source"])

  /// The names of what is asked for, of those that there are.
  private static func filters(in query: Substring) -> [String] {
    guard !query.isEmpty, let asked = WebQuery(query) else { return [] }
    return Set(asked.pairs.map(\.name)).intersection(filterNames).sorted()
  }

  private static func text(of peer: Authentication.Peer) -> String {
    switch peer {
    case .address(let address): address
    case .socket: "unix socket"
    }
  }
}
#endif
