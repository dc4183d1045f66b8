internal import JSON
internal import Posture

/// The content of a store of tokens.
enum TokenFile {
  private static let version = "plumb/v1"
  private static let kind = "TokenStore"

  /// - Throws: ``Fault`` for anything else; no message quotes the file.
  static func entries(
    _ bytes: [UInt8], path: String
  ) throws(Fault) -> [TokenStore.Key: TokenStore.Entry] {
    let fault = Fault(
      .misconfigured,
      "\(path) is no store of tokens that Plumb has written: move it away, and allow access anew with plumb connect --authorize"
    )
    guard let root = try? JSONView(parsing: bytes, limits: JSONLimits(depth: 8)),
      root["apiVersion"]?.string == version, root["kind"]?.string == kind,
      let tokens = root["tokens"], tokens.kind == .array
    else { throw fault }
    var result: [TokenStore.Key: TokenStore.Entry] = [:]
    for item in tokens.elements {
      guard let instance = item["instance"]?.string, let connector = item["connector"]?.string,
        let field = item["field"]?.string, let token = item["token"]?.string,
        Authenticator.isHeaderValue(token), let seeds = item["seeds"], seeds.kind == .array
      else { throw fault }
      let key = TokenStore.Key(instance: instance, connector: connector, field: field)
      let entry = TokenStore.Entry(token: token, seeds: seeds.elements.compactMap(\.string))
      guard result.updateValue(entry, forKey: key) == nil else { throw fault }
    }
    return result
  }

  /// The file's bytes; the same entries give the same bytes.
  static func bytes(_ entries: [TokenStore.Key: TokenStore.Entry]) -> [UInt8] {
    let tokens = entries.sorted { left, right in
      (left.key.instance, left.key.connector, left.key.field)
        < (right.key.instance, right.key.connector, right.key.field)
    }.map { key, entry in
      JSONValue.object([
        ("instance", .string(key.instance)), ("connector", .string(key.connector)),
        ("field", .string(key.field)), ("seeds", .array(entry.seeds.map { .string($0) })),
        ("token", .string(entry.token)),
      ])
    }
    let root = JSONValue.object([
      ("apiVersion", .string(version)), ("kind", .string(kind)), ("tokens", .array(tokens)),
    ])
    return root.bytes() + [UInt8(ascii: "\n")]
  }
}
