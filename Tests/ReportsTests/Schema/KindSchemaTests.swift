import Connectors
import Foundation
import JSON
import Posture
import TestSupport
import Testing
import YAML

@testable import Reports

@Suite("Schemas of kinds")
struct KindSchemaTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Catalog")

  private static func documents(_ bytes: [UInt8], file: String) throws -> [JSONValue] {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(bytes, file: file, into: diagnostics)
    let values = documents.filter { !$0.isEmpty }
      .compactMap { YAMLValue($0.root, into: diagnostics).map { JSONValue($0) } }
    #expect(diagnostics.all.isEmpty)
    return values
  }

  private static func faults(_ document: JSONValue) throws -> [String] {
    let kind = try #require(document["kind"]?.string.flatMap(DocumentKind.init(rawValue:)))
    return SchemaChecker.faults(of: document, against: KindSchema.schema(for: kind))
  }

  @Test("accept every document of the catalog")
  func catalog() throws {
    let files = try #require(
      FileManager.default.enumerator(atPath: Self.sources.path)?.compactMap { $0 as? String }
        .filter { $0.hasSuffix(".yaml") }.sorted())
    #expect(files.count > 50)
    let combined = KindSchema.combined(DocumentKind.allCases)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: Self.sources.appending(path: file)))
      for document in try Self.documents(bytes, file: file) {
        #expect(try Self.faults(document) == [], "\(file)")
        #expect(SchemaChecker.faults(of: document, against: combined) == [], "\(file)")
      }
    }
  }

  @Test("accept the documents of a desired state")
  func declarations() throws {
    for document in try Self.documents(Array(Sample.declarations.utf8), file: "all.yaml") {
      #expect(try Self.faults(document) == [])
      #expect(SchemaChecker.faults(of: document, against: KindSchema.combined()) == [])
    }
  }

  private static func document(_ kind: String, _ spec: String) -> String {
    "apiVersion: plumb/v1\nkind: \(kind)\nmetadata: { name: x }\nspec: \(spec)\n"
  }

  @Test(
    "refuse what the decoders refuse",
    arguments: [
      ("Instance", "{ app: okta }"),
      ("Instance", "{ app: okta, source: { api: {}, recorded: { path: a } } }"),
      ("Instance", "{ app: okta, source: { recorded: { path: ../a } } }"),
      ("Instance", "{ app: okta, source: { recorded: { path: /a } } }"),
      ("Instance", "{ app: okta, source: { api: {} }, maxAge: 24 hours }"),
      ("Instance", "{ app: okta, source: { api: {} }, recommendations: sometimes }"),
      ("Instance", "{ app: okta, source: { api: {} }, secret: x }"),
      ("Initiative", "{ targetScore: 101 }"),
      ("Initiative", "{ weights: { a: heavy } }"),
      ("Initiative", "{ metrics: [] }"),
      (
        "Exception",
        "{ recommendation: a, status: planned, instances: [b], justification: c, owner: d }"
      ),
      (
        "Exception",
        "{ recommendation: a, status: completed, instances: [b], justification: c, owner: d }"
      ),
      (
        "Exception",
        "{ recommendation: a, status: resolvedThroughThirdParty, justification: c, owner: d }"
      ),
      (
        "Exception",
        "{ status: resolvedThroughThirdParty, instances: [b], justification: c, owner: d }"
      ),
      (
        "Exception",
        "{ recommendation: a, status: riskAccepted, instances: [b], justification: c, owner: d, expires: 2027-13-01 }"
      ),
      ("Settings", "{ gates: { newNotCompliant: always } }"),
      ("Settings", "{ drift: { scoreDropThreshold: 0 } }"),
      ("RecommendationOverride", "{ recommendation: a, recommendations: [b] }"),
      ("RecommendationOverride", "{ recommendation: a, enabled: 1 }"),
      ("Recommendation", "{ app: a, title: b, category: identity, compliant: c, remediation: d }"),
      (
        "Recommendation",
        "{ app: a, title: b, impact: high, category: identity, collection: e, compliant: c, remediation: d }"
      ),
      (
        "Recommendation",
        "{ app: a, title: b, impact: high, category: identity, compliant: c, remediation: d, tests: [{ compliant: {}, unknown: {} }] }"
      ),
      ("Definitions", "{ values: { a: b } }"),
      ("Connector", "{ }"),
      ("ExportFormat", "{ app: a, title: b, observedAt: /c, collections: { d: { shape: tree } } }"),
    ])
  func refusals(kind: String, spec: String) throws {
    let text = Self.document(kind, spec)
    let document = try #require(try Self.documents(Array(text.utf8), file: "x.yaml").first)
    #expect(try Self.faults(document) != [])
    #expect(
      SchemaChecker.faults(of: document, against: KindSchema.combined(DocumentKind.allCases)) != [])
    #expect(try Self.errors(text) != [])
  }

  @Test("name the fields that the decoders know, and no others", arguments: DocumentKind.allCases)
  func agreement(kind: DocumentKind) throws {
    let errors = try Self.errors(Self.document(kind.rawValue, "{ qqqqqqqqqqqq: 1 }"))
    let line = try #require(errors.first { $0.hasPrefix("unknown field 'qqqqqqqqqqqq'; known: ") })
    let known = line.split(separator: "known: ")[1].split(separator: ", ").map(String.init)
    let spec = KindSchema.schema(for: kind)["properties"]?["spec"]?["properties"]?.object ?? []
    #expect(Set(spec.map(\.0)) == Set(known))
  }

  /// The decoders' errors about a document.
  private static func errors(_ text: String) throws -> [String] {
    let diagnostics = Diagnostics()
    let parsed = YAMLParser.parse(Array(text.utf8), file: "x.yaml", into: diagnostics)
    let envelope = try #require(
      Envelope(parsed[0], kinds: DocumentKind.allCases, diagnostics: diagnostics))
    switch envelope.kind {
    case .instance: _ = Instance(envelope, diagnostics: diagnostics)
    case .initiative: _ = InitiativeDocument(envelope, diagnostics: diagnostics)
    case .exception: _ = Posture.Exception(envelope, diagnostics: diagnostics)
    case .settings: _ = Settings(envelope, diagnostics: diagnostics)
    case .recommendation:
      let item = Recommendation(envelope, origin: .desiredState, diagnostics: diagnostics)
      // That a label is there is checked where the conditions are compiled.
      if let item, item.collection != nil, item.label == nil {
        diagnostics.error("missing field 'label'", at: item.mark)
      }
    case .recommendationOverride:
      _ = RecommendationOverride(envelope, diagnostics: diagnostics)
    case .definitions: _ = Definitions(envelope, diagnostics: diagnostics)
    case .connector:
      _ = Connector(envelope, diagnostics: diagnostics)
    case .framework: _ = Framework(envelope, diagnostics: diagnostics)
    case .exportFormat:
      _ = ExportFormat(envelope, diagnostics: diagnostics)
    }
    return diagnostics.all.map(\.message)
  }
}
