import Foundation
import Posture
import Testing
import YAML

/// Every kind of fault that a verdict is known to have, A to W, is held by tests that stand for it by name: of
/// recommendations, of an app's definitions, or of suites.
@Suite("Kinds of fault") struct KindTests {
  private static let kinds = (UnicodeScalar("A").value...UnicodeScalar("W").value)
    .compactMap(UnicodeScalar.init).map { String(Character($0)) }

  /// One test that stands for a kind.
  private struct Proof {
    enum Owner: String, CaseIterable { case recommendation, definition, suite }
    let app: String
    let kind: String
    let owner: Owner
    let name: String
    let test: String
    let place: String
  }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The files `Resources/kinds/<app>.yaml`: kind → `{ recommendation | definition | suite: …, test: … }`.
  private static func proofs() throws -> [Proof] {
    let folder = tests.appendingPathComponent("CatalogTests/Resources/kinds")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".yaml") }
    try #require(!files.isEmpty)
    return try files.flatMap { file in
      let diagnostics = Diagnostics()
      let documents = YAMLParser.parse(
        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8), file: file,
        into: diagnostics)
      try #require(diagnostics.isEmpty, "\(diagnostics)")
      return try documents.flatMap { try #require($0.root.entries, "\(file)") }.flatMap { entry in
        let kind = try #require(entry.key.scalar, "\(entry.key.mark)")
        return try (try #require(entry.value.items, "\(entry.value.mark)")).map { node in
          let owner = try #require(
            Proof.Owner.allCases.first { node[$0.rawValue] != nil }, "\(node.mark): of what?")
          try #require(node.entries?.count == 2, "\(node.mark)")
          return Proof(
            app: String(file.dropLast(".yaml".count)), kind: kind, owner: owner,
            name: try #require(node[owner.rawValue]?.scalar, "\(node.mark)"),
            test: try #require(node["test"]?.scalar, "\(node.mark): test"), place: "\(node.mark)")
        }
      }
    }
  }

  /// The text of each file of tests, by its name without the extension.
  private static func suites() throws -> [String: String] {
    var texts: [String: String] = [:]
    let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      texts[file.deletingPathExtension().lastPathComponent, default: ""] += try String(
        contentsOf: file, encoding: .utf8)
    }
    return texts
  }

  /// What is wrong with a proof; nil when its test is there.
  private static func fault(of proof: Proof, suites: [String: String]) -> String? {
    switch proof.owner {
    case .recommendation:
      guard let recommendation = CatalogTests.library.recommendations[proof.name],
        recommendation.app.value == proof.app
      else { return "\(proof.app) has no recommendation \(proof.name)" }
      return recommendation.tests.contains { $0.name == proof.test }
        ? nil : "\(proof.name) has no test '\(proof.test)'"
    case .definition:
      guard let definitions = CatalogTests.state.definitions[proof.app],
        definitions.values.contains(where: { $0.name.value == proof.name })
          || definitions.functions.contains(where: { $0.name.value == proof.name })
      else { return "\(proof.app) has no definition \(proof.name)" }
      return definitions.tests.contains { $0.name == proof.test }
        ? nil : "the definitions of \(proof.app) have no test '\(proof.test)'"
    case .suite:
      guard let text = suites[proof.name] else { return "no file of tests is \(proof.name).swift" }
      return text.contains("func \(proof.test)(")
        ? nil : "\(proof.name).swift has no function \(proof.test)"
    }
  }

  @Test("each kind from A to W is stood for by three tests or more, all of which are there")
  func proven() throws {
    let proofs = try Self.proofs()
    let suites = try Self.suites()
    #expect(
      proofs.compactMap { proof in
        Self.fault(of: proof, suites: suites).map { "\(proof.place): \($0)" }
      } == [])
    #expect(Set(proofs.map(\.kind)).subtracting(Self.kinds) == [])
    var counts: [String: Int] = [:]
    for kind in Self.kinds {
      counts[kind] =
        Set(proofs.filter { $0.kind == kind }.map { "\($0.app) \($0.name) \($0.test)" }).count
      #expect(counts[kind, default: 0] >= 3, "kind \(kind)")
    }
    print(
      "Kinds of fault: \(Self.kinds.map { "\($0) \(counts[$0, default: 0])" }.joined(separator: ", "))"
    )
  }

  @Test(
    "a name says which test is meant: no other of the same recommendation or definitions has it")
  func unique() {
    func twice(_ names: [String]) -> [String] {
      Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }
    for (name, recommendation) in CatalogTests.library.recommendations {
      #expect(twice(recommendation.tests.compactMap(\.name)) == [], "\(name)")
    }
    for (app, definitions) in CatalogTests.state.definitions {
      #expect(twice(definitions.tests.compactMap(\.name)) == [], "\(app)")
    }
  }
}
