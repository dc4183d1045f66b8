import Testing
import YAML

@Suite("Decoding mappings")
struct MappingDecoderTests {
  struct Instance: Sendable, Equatable {
    var app: String
    var recommendations: Bool
    var source: String
  }

  static let instance = NodeDecoder<Instance>.mapping { fields in
    let app = fields.required("app", as: .dnsLabel)
    let recommendations = fields.optional("recommendations", as: .switch, default: true)
    fields.allow(["displayName"])
    let source = fields.required(
      "source",
      as: .mapping { source in source.exactlyOne(of: ["api", "recorded", "export"])?.name })
    guard let app, let source else { return nil }
    return Instance(app: app, recommendations: recommendations, source: source)
  }

  private func decode(_ text: String) -> (value: Instance?, diagnostics: [String]) {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(text, file: "file.yaml", into: diagnostics)
    let value = documents.first.flatMap { Self.instance.decode($0.root, into: diagnostics) }
    return (value, diagnostics.all.map(\.description))
  }

  @Test("reads the fields")
  func fields() {
    let (value, diagnostics) = decode("app: okta\nrecommendations: off\nsource: { api: {} }\n")
    #expect(value == Instance(app: "okta", recommendations: false, source: "api"))
    #expect(diagnostics == [])
    #expect(decode("app: okta\ndisplayName: O\nsource: { api: {} }").value?.recommendations == true)
  }

  static let faults: [(String, String)] = [
    ("▸source: { api: {} }\n", "missing field 'app'"),
    (
      "app: okta\n▸recomendations: on\nsource: { api: {} }\n",
      "unknown field 'recomendations'; did you mean 'recommendations'?"
    ),
    (
      "app: okta\nsource: { api: {} }\n▸owner: me\n",
      "unknown field 'owner'; known: app, recommendations, displayName, source"
    ),
    ("▸- app\n", "expected a mapping, found a list"),
    ("app: okta\nsource: ▸{}\n", "missing field: one of 'api', 'recorded', 'export'"),
    (
      "app: okta\nsource: { api: {}, ▸export: {} }\n",
      "'export' and 'api' exclude one another; keep one of 'api', 'recorded', 'export'"
    ),
    // Left empty is not left out.
    (
      "app: okta\nrecommendations:▸ # which?\nsource: { api: {} }\n",
      "expected on or off, found nothing"
    ),
  ]

  @Test("reports each fault at its place", arguments: faults)
  func fault(marked: String, message: String) {
    let input = MarkedText(marked)
    #expect(decode(input.text).diagnostics == [input.error(message)])
  }

  @Test("reports every fault in one run")
  func everyFault() {
    #expect(
      decode("recommendations: maybe\nap: Okta\nsource: { recordd: x }\n").diagnostics == [
        "file.yaml:1:1: error: missing field 'app'",
        "file.yaml:1:18: error: expected on or off, found the string 'maybe'",
        "file.yaml:2:1: error: unknown field 'ap'; did you mean 'app'?",
        "file.yaml:3:9: error: missing field: one of 'api', 'recorded', 'export'",
        "file.yaml:3:11: error: unknown field 'recordd'; did you mean 'recorded'?",
      ])
  }

  @Test("gives the nodes of key and value, to point at later")
  func nodes() throws {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse("a: 1\nb: 2\n", file: "file.yaml", into: diagnostics)
    let root = try #require(documents.first?.root)
    let fields = try #require(MappingDecoder(root, into: diagnostics))
    #expect(fields.names == ["a", "b"])
    #expect(fields.entry("b")?.key.mark.line == 2)
    #expect(fields.node("a")?.mark.column == 4)
    fields.error("no such app", at: "a")
    fields.error("too few", at: nil)
    fields.finish()
    #expect(
      diagnostics.all.map(\.description) == [
        "file.yaml:1:1: error: too few", "file.yaml:1:4: error: no such app",
      ])
  }
}
