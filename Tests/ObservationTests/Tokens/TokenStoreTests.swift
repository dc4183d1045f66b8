import Connectors
import Foundation
import Posture
import TestSupport
import Testing

@testable import Observation

/// The file that keeps refresh tokens.
@Suite struct TokenStoreTests {
  private static let key = TokenStore.Key(
    instance: "acme-eu", connector: "acme", field: "refresh_token")

  private static func text(_ tokens: String) -> String {
    #"{"apiVersion":"plumb/v1","kind":"TokenStore","tokens":[\#(tokens)]}"#
  }

  private static let entry =
    #"{"instance":"acme-eu","connector":"acme","field":"refresh_token","seeds":["x"],"token":"refresh-1"}"#

  /// A folder of this user's alone, and the store in it.
  private static func scene(_ content: String? = nil, mode: Int = 0o600) throws -> (
    scratch: Scratch, store: TokenStore, path: String
  ) {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: "\(scratch.path)/mine", withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    let path = "\(scratch.path)/mine/tokens.json"
    if let content {
      try scratch.write(content, to: "mine/tokens.json")
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    return (scratch, try TokenStore(path: path, patience: 0), path)
  }

  private static func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
    } catch {
      return (error as? Fault)?.detail ?? "\(error)"
    }
    return "taken"
  }

  @Test("what others may read or write, a link, and what is no store are refused")
  func refused() throws {
    let open = try Self.scene(Self.text(""), mode: 0o640)
    #expect(
      Self.refusal { _ = try open.store.entries() }
        == "\(open.path) may be read by others; 'chmod 600 \(open.path)' keeps the tokens in it to you"
    )
    let shared = try Self.scene(Self.text(""))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o770], ofItemAtPath: "\(shared.scratch.path)/mine")
    #expect(
      Self.refusal { _ = try shared.store.entries() }
        == "\(shared.scratch.path)/mine may be written by others: take that away (chmod go-w), or name a file in another folder with --token-store"
    )
    let linked = try Self.scene()
    try linked.scratch.write(Self.text(""), to: "elsewhere.json")
    try FileManager.default.createSymbolicLink(
      atPath: linked.path, withDestinationPath: "\(linked.scratch.path)/elsewhere.json")
    #expect(
      Self.refusal { _ = try linked.store.entries() }
        == "\(linked.path) is a link, and none is followed there")
    for path in ["", "/tokens.json", "/tmp/x/"] {
      #expect(Self.refusal { _ = try TokenStore(path: path) }.contains("is no place for tokens"))
    }
  }

  @Test(
    "a file that Plumb did not write is no store, and is not quoted",
    arguments: [
      "", "[]", "{}", "not-json-secret", text("{}"), text("\(entry),\(entry)"),
      text(entry.replacing("\"refresh-1\"", with: "\"a\\nb\"")),
      text(entry.replacing("[\"x\"]", with: "1")), text("").replacing("v1", with: "v2"),
    ])
  func malformed(content: String) throws {
    let scene = try Self.scene(content)
    let refusal = Self.refusal { _ = try scene.store.entries() }
    #expect(
      refusal
        == "\(scene.path) is no store of tokens that Plumb has written: move it away, and allow access anew with plumb connect --authorize"
    )
  }

  @Test("a file that is too large is not read")
  func large() throws {
    let scene = try Self.scene(
      Self.text("") + String(repeating: " ", count: TokenStore.Bounds.size))
    #expect(
      Self.refusal { _ = try scene.store.entries() }
        == "\(scene.path) is larger than the limit of \(TokenStore.Bounds.size) bytes")
  }

  @Test("what is kept is read again, this user's alone, and nothing lies beside it but locks")
  func kept() async throws {
    let scene = try Self.scene()
    #expect(try scene.store.entries() == [:])
    try await scene.store.put("refresh-12345678", for: Self.key, given: nil)
    let other = TokenStore.Key(instance: "acme-us", connector: "acme", field: "refresh_token")
    try await scene.store.put("refresh-87654321", for: other, given: "given-12345678")
    let entries = try scene.store.entries()
    #expect(
      entries.mapValues(\.token) == [Self.key: "refresh-12345678", other: "refresh-87654321"])
    let attributes = try FileManager.default.attributesOfItem(atPath: scene.path)
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(scene.scratch.path)/mine")
    #expect(
      names.sorted() == [
        ".tokens.json.acme-eu.lock", ".tokens.json.acme-us.lock", ".tokens.json.lock",
        "tokens.json",
      ])
  }

  @Test("an instance is held by one; another is not held up")
  func busy() async throws {
    let scene = try Self.scene()
    let hold = try await scene.store.hold("acme-eu")
    await #expect(
      throws: Fault(.busy, "another process is renewing the token of 'acme-eu'")
    ) {
      _ = try await scene.store.hold("acme-eu")
    }
    let other = try await scene.store.hold("acme-us")
    other.end()
    hold.end()
    withExtendedLifetime((hold, other)) {}
  }

  @Test("what is kept stands back for a token that was given later")
  func seeds() async throws {
    let scene = try Self.scene()
    try await scene.store.put("refresh-00000002", for: Self.key, given: "refresh-00000001")
    let connector = try #require(TestConnector.connector(RotatingVendor.connector()))
    let name = CredentialSource.variable("acme-eu", "refresh_token")
    func value(_ given: String?) throws -> String? {
      try CredentialSource(environment: given.map { [name: $0] } ?? [:])
        .keeping(in: scene.store).credentials(for: "acme-eu", connector: connector)
        .value("refresh_token")
    }
    #expect(try value(nil) == "refresh-00000002")
    #expect(try value("refresh-00000001") == "refresh-00000002")
    #expect(try value("refresh-00000002") == "refresh-00000002")
    #expect(try value("refresh-00000003") == "refresh-00000003")
    // Another instance's, or another connector's of the same instance, is not taken.
    let source = try CredentialSource(environment: [:]).keeping(in: scene.store)
    #expect(source.credentials(for: "acme-us", connector: connector).isEmpty)
    let other = try #require(TestConnector.connector(RotatingVendor.connector("other")))
    #expect(source.credentials(for: "acme-eu", connector: other).isEmpty)
  }
}
