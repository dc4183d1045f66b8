#if Service
internal import ArgumentParser
private import Foundation
internal import Observation
internal import Service

/// Who may look at what is served.
struct VisitorOptions: ParsableArguments {
  enum Way: String, ExpressibleByArgument, CaseIterable {
    case none, token
    case proxyJWT = "proxy-jwt"
    case proxyHeader = "proxy-header"
  }

  @Option(
    help:
      "How who asks proves who they are; none: whoever reaches the port, which is this machine's then."
  )
  var auth = Way.none

  @Flag(
    help:
      "Let whoever reaches it look, though --listen is no address of this machine's alone, by whatever name."
  )
  var insecurePublic = false

  @Option(
    help: ArgumentHelp(
      "The file of tokens, NAME TOKEN or NAME sha256:DIGEST a line, that only its owner may read; or one token in PLUMB_SERVE_TOKEN.",
      valueName: "file"))
  var tokens: String?

  @Option(
    help: ArgumentHelp(
      "The file of the issuer's public keys, a JSON Web Key Set; it is read again at each look.",
      valueName: "file"))
  var jwks: String?

  @Option(
    help: ArgumentHelp("Who signs tokens of the proxy's: their claim 'iss'.", valueName: "url"))
  var jwtIssuer: String?

  @Option(
    help: ArgumentHelp("Whom tokens are for: a name in their claim 'aud'.", valueName: "name"))
  var jwtAudience: String?

  @Option(
    help: ArgumentHelp(
      "The header field that has the token, such as Cf-Access-Jwt-Assertion (default: Authorization, as a bearer's).",
      valueName: "name"))
  var jwtHeader: String?

  @Option(
    help: ArgumentHelp("The header field in which the proxy names who asks.", valueName: "name"))
  var userHeader = "X-Forwarded-User"

  @Option(
    help: ArgumentHelp(
      "Take that header field from these addresses; others are refused; repeatable.",
      valueName: "range"))
  var trustedProxy: [String] = []

  func validate() throws {
    switch auth {
    case .none: break
    case .token: break
    case .proxyJWT:
      guard jwks != nil, jwtIssuer != nil, jwtAudience != nil else {
        throw ValidationError(
          "--auth proxy-jwt wants --jwks FILE, --jwt-issuer and --jwt-audience: a token that is not for us opens nothing."
        )
      }
    case .proxyHeader: break
    }
    let unused: [(String, Bool, Way)] = [
      ("--tokens", tokens != nil, .token), ("--jwks", jwks != nil, .proxyJWT),
      ("--jwt-issuer", jwtIssuer != nil, .proxyJWT),
      ("--jwt-audience", jwtAudience != nil, .proxyJWT),
      ("--jwt-header", jwtHeader != nil, .proxyJWT),
      ("--trusted-proxy", !trustedProxy.isEmpty, .proxyHeader),
      ("--insecure-public", insecurePublic, .none),
    ]
    for (option, isGiven, way) in unused where isGiven && auth != way {
      throw ValidationError("\(option) is for --auth \(way.rawValue).")
    }
    for name in [jwtHeader, userHeader].compactMap({ $0 })
    where name.wholeMatch(of: /[A-Za-z0-9-]{1,64}/) == nil {
      throw ValidationError("'\(name)' is no name of a header field.")
    }
    for range in trustedProxy where AddressRange(range) == nil {
      throw ValidationError(
        "--trusted-proxy wants a range of addresses such as 10.0.0.0/8, not '\(range)'.")
    }
  }

  /// Refuses to show to everybody what was meant for this machine.
  func check(_ place: WebServer.Place) throws {
    switch (auth, place) {
    case (.none, .address(let address)) where !address.isLoopback && !insecurePublic:
      throw ValidationError(
        "whoever reaches \(address) could look: choose --auth token, proxy-jwt or proxy-header, or say --insecure-public."
      )
    case (.proxyHeader, .address) where trustedProxy.isEmpty:
      throw ValidationError(
        "anybody could name anybody: say with --trusted-proxy where the proxy is, or --listen unix:FILE."
      )
    default: break
    }
  }

  /// What is asked of who asks, and what is done at each look at the branch to keep it up to date.
  func authentication(
    at place: WebServer.Place
  ) async throws -> (Authentication, alongside: @Sendable () async -> Void) {
    switch auth {
    case .none:
      let isLocal =
        if case .address(let address) = place { address.isLoopback && !insecurePublic } else {
          false
        }
      return (.open(isLocal: isLocal), {})
    case .token: return (.tokens(try accessTokens()), {})
    case .proxyJWT:
      let path = jwks ?? ""
      let tokens: ProxyTokens
      do {
        tokens = try await ProxyTokens(
          jwks: try Self.contents(of: path), issuer: jwtIssuer ?? "", audience: jwtAudience ?? "")
      } catch let fault as ProxyTokens.Fault {
        throw Failure("\(path): \(fault.description)")
      }
      return (
        .proxyTokens(tokens, header: jwtHeader),
        {
          do {
            try await tokens.replaceKeys(try Self.contents(of: path))
          } catch {
            Console.note("warning: \(path) cannot be read again; the keys stay as they were")
          }
        }
      )
    case .proxyHeader:
      return (
        .proxyHeader(name: userHeader, proxies: trustedProxy.compactMap(AddressRange.init)), {}
      )
    }
  }

  private func accessTokens() throws -> AccessTokens {
    var list = AccessTokens()
    do {
      if let token = ProcessInfo.processInfo.environment["PLUMB_SERVE_TOKEN"], !token.isEmpty {
        try list.add(token, of: "PLUMB_SERVE_TOKEN")
      }
      if let tokens {
        let text = String(decoding: try Self.secret(of: tokens), as: UTF8.self)
        try list.add(file: text, named: tokens)
      }
    } catch let fault as AccessTokens.Fault {
      throw Failure(fault.description)
    }
    guard !list.isEmpty else {
      throw Failure(
        "--auth token wants a token: name a file with --tokens, or set PLUMB_SERVE_TOKEN ('openssl rand -hex 32' prints one)"
      )
    }
    return list
  }

  private static func secret(of path: String) throws -> [UInt8] {
    do throws(PrivateFile.Refusal) {
      return try PrivateFile.contents(path, acceptsPipe: true)
    } catch {
      switch error {
      case .unreachable(let reason): throw Failure("\(path): \(reason)")
      case .notRegular: throw Failure("\(path) is neither a regular file nor a pipe")
      case .readableByOthers:
        throw Failure(
          "\(path) may be read by others; 'chmod 600 \(path)' keeps the tokens in it to you")
      case .unreadable: throw Failure("\(path) cannot be read")
      }
    }
  }

  private static func contents(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path) cannot be read")
    }
    return Array(data)
  }
}
#endif
