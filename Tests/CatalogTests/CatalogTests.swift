import Catalog
import Connectors
import Posture
import Reports
import Testing
import YAML

/// The built-in YAML: sound, proven by its own tests, and nothing in it unused.
@Suite struct CatalogTests {
  static let diagnostics = Diagnostics()
  static let library = DecodedCatalog.builtIn(withTests: true, diagnostics: diagnostics)
  /// A desired state that declares nothing: the catalog as it is.
  static let state = DesiredStateReader.read([], library: library, diagnostics: diagnostics)
  static let compiled = CompiledState(state, apps: nil, diagnostics: diagnostics)
  static let names = library.recommendations.keys.sorted()

  @Test("every document decodes, every condition compiles, without a word")
  func sound() {
    _ = Self.compiled
    #expect(Self.diagnostics.all.map(\.description) == [])
    #expect(!Self.names.isEmpty)
    #expect(
      Self.compiled.recommendations.values.reduce(0) { $0 + $1.count } == Self.names.count)
  }

  @Test("names are unique, and a file has the name of what is in it")
  func files() {
    var owners: [String: String] = [:]
    for file in Catalog.files {
      let diagnostics = Diagnostics()
      let documents = YAMLParser.parse(
        Array(file.text.utf8), file: file.path, into: diagnostics)
      for document in documents {
        guard let kind = document.root["kind"]?.scalar,
          let name = document.root["metadata"]?["name"]?.scalar
        else { continue }
        #expect(owners.updateValue(file.path, forKey: "\(kind) \(name)") == nil, "\(kind) \(name)")
        if kind == DocumentKind.recommendation.rawValue {
          #expect(file.path.hasSuffix("/\(name).yaml"))
        }
      }
    }
  }

  /// What an exception on one of two would accept, the other would not.
  @Test("a control of Microsoft Secure Score is the practice of one recommendation")
  func secureScore() {
    var owners: [String: String] = [:]
    for recommendation in Self.library.recommendations.values.sorted(by: { $0.name < $1.name }) {
      for control in recommendation.controls where control.framework == "microsoft-secure-score" {
        let key = "\(recommendation.app.value) \(control.id)"
        #expect(owners[key] == nil, "\(key) is \(owners[key] ?? "") and \(recommendation.name)")
        owners[key] = recommendation.name
      }
    }
    #expect(owners.count > 30)
  }

  @Test("a recommendation's own tests pass", arguments: names)
  func ownTests(name: String) throws {
    let recommendation = try #require(Self.library.recommendations[name])
    let compiled = try #require(
      Self.compiled.recommendations[recommendation.app.value]?.first {
        $0.recommendation.name == name
      })
    let failures = RecommendationTester.run(compiled).map { "\($0.mark): \(Phrases.text(of: $0))" }
    #expect(failures == [])
  }

  @Test("a recommendation is proven both ways, explained, and counted", arguments: names)
  func complete(name: String) throws {
    let recommendation = try #require(Self.library.recommendations[name])
    let expected = Set(recommendation.tests.map(\.expected))
    #expect(expected.contains(.compliant), "no test that passes")
    #expect(expected.contains(.notCompliant), "no test that fails")
    #expect(!recommendation.references.isEmpty)
    #expect(!recommendation.rationale.isEmpty)
    #expect(recommendation.remediation.count > 20)
    #expect(!recommendation.threats.isEmpty)
    #expect(!recommendation.settings.isEmpty, "nothing is recorded, so that nothing drifts")
    #expect(recommendation.manage?.hasPrefix("https://") == true, "no link to where it is managed")
    let initiatives = Self.library.initiatives.values.filter { initiative in
      initiative.metrics.contains { $0.contains(recommendation) }
    }
    #expect(!initiatives.isEmpty, "no initiative counts it")
    #expect(Self.library.connectors[recommendation.app.value] != nil)
  }

  /// Whether a word can be an imperative: `Require`, not `Requiring`, `Passwords` or `The`.
  static func isImperative(_ word: String) -> Bool {
    let endings = ["ing", "tion", "sion", "ity", "ness", "ment", "ance", "ence"]
    let others = [
      "The", "An", "No", "Not", "All", "Every", "Any", "Only", "Multi", "Strong", "Least",
    ]
    guard word.count > 1, word.first?.isUppercase == true,
      word.dropFirst().allSatisfy({ $0.isLowercase && $0.isASCII }), !others.contains(word)
    else { return false }
    let isPlural = word.hasSuffix("s") && !word.hasSuffix("ss")
    return !isPlural && !endings.contains(where: word.hasSuffix)
  }

  @Test("a title says what to do", arguments: names)
  func title(name: String) throws {
    let title = try #require(Self.library.recommendations[name]?.title)
    let first = title.split(separator: " ").first.map(String.init) ?? ""
    #expect(Self.isImperative(first), "\(title)")
    #expect(!title.hasSuffix("."))
    #expect(title.count <= 100, "\(title)")
  }

  @Test("what initiatives name exists, and each of their metrics counts something")
  func initiatives() {
    for initiative in Self.library.initiatives.values {
      for metric in initiative.metrics {
        for name in metric.recommendations {
          #expect(
            Self.library.recommendations[name.value] != nil,
            "\(name.mark): no recommendation named '\(name.value)'")
        }
        #expect(
          Self.library.recommendations.values.contains(where: metric.contains),
          "\(initiative.name)/\(metric.name) counts nothing")
        #expect(metric.weight != .riskAccepted)
      }
      #expect(Set(initiative.metrics.map(\.name)).count == initiative.metrics.count)
      #expect(!initiative.title.isEmpty && !initiative.description.isEmpty)
    }
  }

  @Test("the initiative saas-security has twelve metrics, and counts every app")
  func saasSecurity() throws {
    let initiative = try #require(Self.library.initiatives["saas-security"])
    #expect(initiative.metrics.count == 12)
    let apps = Set(Self.library.recommendations.values.map(\.app.value))
    let counted = Set(
      Self.library.recommendations.values
        .filter { item in initiative.metrics.contains { $0.contains(item) } }.map(\.app.value))
    #expect(counted == apps)
  }

  @Test("the initiatives that the field knows are there")
  func known() {
    #expect(
      Set(Self.library.initiatives.keys).isSuperset(of: [
        "saas-security", "cis-microsoft-365-foundations", "ransomware-protection",
        "identity-security", "business-email-compromise", "zero-trust-foundational",
        "cisa-scuba-microsoft-365", "cisa-scuba-google-workspace",
      ]))
  }

  @Test("an initiative of a framework counts every recommendation that stands for it")
  func frameworks() throws {
    for (framework, apps, initiatives) in [
      ("cisa-scuba", 2, ["cisa-scuba-microsoft-365", "cisa-scuba-google-workspace"]),
      ("cis-microsoft-365", 1, ["cis-microsoft-365-foundations"]),
      ("cis-zoom", 1, ["cis-zoom-benchmark"]),
    ] {
      let metrics = try initiatives.flatMap { try #require(Self.library.initiatives[$0]).metrics }
      let members = Self.library.recommendations.values.filter { recommendation in
        recommendation.controls.contains { $0.framework == framework }
      }
      #expect(Set(members.map(\.app.value)).count == apps)
      for recommendation in members where !metrics.contains(where: { $0.contains(recommendation) })
      {
        Issue.record("\(recommendation.name) is in no metric of \(initiatives)")
      }
    }
  }

  @Test(
    "the initiatives for every company count apps of every sort",
    arguments: [
      "saas-security", "identity-security", "ransomware-protection", "business-email-compromise",
      "zero-trust-foundational",
    ])
  func breadth(name: String) throws {
    let initiative = try #require(Self.library.initiatives[name])
    let apps = Set(
      Self.library.recommendations.values
        .filter { item in initiative.metrics.contains { $0.contains(item) } }.map(\.app.value))
    #expect(apps.isSuperset(of: ["microsoft-365", "google-workspace", "okta"]))
  }

  @Test("every app with recommendations has a connector that reads what they need")
  func connectors() {
    for (app, list) in Self.compiled.recommendations {
      let known = Self.state.collections(of: app)
      for item in list {
        #expect(item.requiredCollections.isSubset(of: known), "\(item.recommendation.name)")
      }
    }
  }
}
