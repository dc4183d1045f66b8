import Foundation
import JSON
import Testing

@testable import CEL

/// What `Sources/CEL/README.md` shows.
@Suite("CEL's README")
struct ReadmeTests {
  private static let text: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "Sources/CEL/README.md"), encoding: .utf8))
      ?? ""
  }()

  private static let examples: [(String, String)] = {
    let block = text.components(separatedBy: "```cel\n").dropFirst().first ?? ""
    return block.components(separatedBy: "```")[0].split(separator: "\n").map { line in
      let parts = line.components(separatedBy: " // ")
      return (parts[0].trimmingCharacters(in: .whitespaces), parts[1])
    }
  }()

  @Test("shows what its examples give", arguments: examples)
  func example(source: String, expected: String) throws {
    let resource =
      #"{"name": "Anna", "mfa": true, "tags": ["a", "b"], "login": "2024-02-29T12:00:00Z"}"#
    #expect(Self.text.contains(resource))
    #expect(try evaluate(source, resource: resource) == expected)
  }

  @Test("has examples")
  func count() {
    #expect(Self.examples.count >= 20)
  }

  @Test("evaluates its condition")
  func condition() throws {
    var environment = Environment()
    let resource = environment.declare("resource", .dyn)
    environment.declare("parameters.minimumLength", .int)

    let program = try environment.compile(
      "resource.length >= parameters.minimumLength", expecting: .bool)

    let activation = Activation()
    if let minimum = environment.slot(of: "parameters.minimumLength") {
      activation.set(minimum, .int(14))
    }
    activation.set(resource, Value(try JSONView(parsing: #"{"length": 8}"#)))
    #expect(program.evaluate(activation) == .success(.bool(false)))
    #expect(program.evaluateCondition(activation) == .success(false))

    let names = environment.declare("variables.names", .list(.string))
    activation.setLazy(names, try environment.compile("resource.users.map(u, u.name)"))
    try environment.define(
      function: "appliesToAll", parameters: [("policy", .dyn), ("group", .string)],
      body: "policy.groups.exists(g, g == group || g == 'EVERYONE')")
    activation.set(
      resource,
      Value(try JSONView(parsing: #"{"users": [{"name": "Anna"}], "groups": ["EVERYONE"]}"#)))
    let both = try environment.compile(
      "variables.names == ['Anna'] && appliesToAll(resource, 'ID')")
    #expect(both.evaluate(activation) == .success(.bool(true)))
  }

  @Test("shows the compiler's message")
  func message() {
    var environment = Environment()
    environment.declare("resource", .dyn)
    environment.declare("parameters.minimumLength", .int)
    let message = issues("resource.length >= parameters.minimumLenght", in: environment)
    #expect(Self.text.contains("```text\n\(message)\n```"))
  }
}
