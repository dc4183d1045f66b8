#if Service
internal import Hummingbird
internal import NIOCore
internal import Reports

/// An answer before it becomes one of HTTP.
struct WebAnswer {
  let status: Int
  let type: String
  let body: ByteBuffer
  /// Nil for what is not kept anywhere.
  var tag: String?
  private var asksForToken = false

  init(status: Int, type: String, body: ByteBuffer, tag: String?) {
    self.status = status
    self.type = type
    self.body = body
    self.tag = tag
  }

  init(status: Int, type: String, bytes: [UInt8]) {
    self.init(
      status: status, type: type, body: ByteBuffer(bytes: bytes),
      tag: status == 200 ? Publication.Page.tag(of: bytes) : nil)
  }

  init(status: Int, text: String) {
    self.init(status: status, type: "text/plain; charset=utf-8", bytes: Array("\(text)\n".utf8))
  }

  init(refusal: Authentication.Refusal, isAPI: Bool) {
    if isAPI {
      let problem = Problem(
        status: refusal.status, title: HTTPResponse.Status(code: refusal.status).reasonPhrase,
        detail: refusal.detail)
      self.init(status: refusal.status, type: Problem.contentType, bytes: problem.bytes)
    } else {
      self.init(status: refusal.status, text: refusal.detail)
    }
    asksForToken = refusal.asksForToken
  }

  func response(to request: Request, isBehindTLS: Bool) -> Response {
    var headers = Self.security
    if isBehindTLS { headers[.strictTransportSecurity] = "max-age=31536000" }
    if let tag {
      headers[.eTag] = tag
      // Kept by who asked alone, and asked for again each time.
      headers[.cacheControl] = "private, no-cache"
      headers[.vary] = "Authorization"
      if Self.knows(tag, request.headers[values: .ifNoneMatch]) {
        return Response(status: .notModified, headers: headers)
      }
    } else {
      headers[.cacheControl] = "no-store"
    }
    switch status {
    case 401 where asksForToken:
      headers[values: .wwwAuthenticate] = [
        "Bearer realm=\"plumb\"", "Basic realm=\"plumb\", charset=\"UTF-8\"",
      ]
    case 401: headers[.wwwAuthenticate] = "Bearer realm=\"plumb\""
    case 405: headers[.allow] = "GET, HEAD"
    case 413: headers[.connection] = "close"
    case 503: headers[.retryAfter] = "30"
    default: break
    }
    headers[.contentType] = type
    headers[.contentLength] = "\(body.readableBytes)"
    return Response(
      status: HTTPResponse.Status(code: status), headers: headers,
      body: request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: body))
  }

  /// Whether who asks has it already (RFC 9110, section 13.1.2).
  private static func knows(_ tag: String, _ fields: [String]) -> Bool {
    fields.flatMap { $0.split(separator: ",") }.contains { part in
      var named = part.drop { $0 == " " || $0 == "\t" }
      while named.last == " " || named.last == "\t" { named.removeLast() }
      if named.hasPrefix("W/") { named = named.dropFirst(2) }
      return named == tag || named == "*"
    }
  }

  /// What every answer tells browsers: run nothing else, guess nothing, show it in no frame, tell nobody where you come from.
  private static let security: HTTPFields = {
    var fields = HTTPFields()
    let values: [(String, String)] = [
      ("Content-Security-Policy", HTMLReport.policy + "; frame-ancestors 'none'"),
      ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Embedder-Policy", "require-corp"),
      ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
      ("X-Robots-Tag", "noindex, nofollow"),
    ]
    for (name, value) in values {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    return fields
  }()
}
#endif
