import Connectors
import JSON
import Observation
import Posture
import Reports
import TestSupport
import Testing
import YAML

/// One tenant of Microsoft 365 from two sources: a ScubaGear export, and Microsoft Graph through the shipped manifest.
@Suite(
  "Two sources, one catalog",
  .enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct TwoSourcesTests {
  private static let library = DecodedCatalog.builtIn(diagnostics: Diagnostics())
  private static let connector = library.connectors["microsoft-365"]
  private static let format = library.exportFormats["scubagear"]

  /// What the shipped manifest reads in the export's names.
  private static let shared = Set(connector?.collections.map(\.name) ?? [])
    .intersection(format?.collections.map(\.name) ?? [])

  /// What belongs to a tenant: the verdicts by its source, and what each recommendation reads.
  private struct Judgement {
    let verdicts: [String: Verdict]
    let reads: [String: Set<String>]
  }

  @Test(
    "every Entra recommendation gives the same of both", arguments: PublishedTenant.microsoft365)
  func same(tenant: PublishedTenant) async throws {
    let scene = Scene()
    defer { scene.remove() }
    // The assessor's exemptions are no part of the tenant: over the API, exceptions take their place.
    let tenant = try tenant.withoutConfiguration()
    try await observe(tenant, scene: scene)
    let ofExport = try judge("export: { format: scubagear, path: export.json }", tenant, scene)
    let ofGraph = try judge(
      "api: { parameters: { tenant: contoso.onmicrosoft.com } }", tenant, scene)

    var compared = 0
    for (name, reads) in ofExport.reads where !reads.isEmpty && reads.isSubset(of: Self.shared) {
      let exported = try #require(ofExport.verdicts[name])
      let live = try #require(ofGraph.verdicts[name])
      #expect(
        live.compliance == exported.compliance, "\(name): \(live.reason.map(Phrases.text) ?? "")")
      #expect(live.affectedCount == exported.affectedCount, "\(name)")
      #expect(live.counted == exported.counted, "\(name)")
      if live.compliance != .unknown { compared += 1 }
    }
    print("\(tenant): \(compared) recommendations judged alike from export and Graph")
    // The sample is older than the policies for applications' credentials; one variant lacks a part that one of them asks for.
    #expect(compared >= (tenant.name == "sample" ? 50 : 56))
  }

  @Test("what only one source has is unknown from the other, which says where it is")
  func absent() async throws {
    let tenant = try #require(PublishedTenant.microsoft365.first { $0.name == "m365-001" })
    let scene = Scene()
    defer { scene.remove() }
    try await observe(tenant, scene: scene)
    let ofExport = try judge("export: { format: scubagear, path: export.json }", tenant, scene)
    let ofGraph = try judge(
      "api: { parameters: { tenant: contoso.onmicrosoft.com } }", tenant, scene)

    let exportOnly = Set(Self.format?.collections.map(\.name) ?? []).subtracting(Self.shared)
    let graphOnly = Set(Self.connector?.collections.map(\.name) ?? []).subtracting(Self.shared)
    var counts = (exportOnly: 0, graphOnly: 0)
    for (name, reads) in ofGraph.reads {
      if !reads.isDisjoint(with: exportOnly) {
        counts.exportOnly += 1
        let live = try #require(ofGraph.verdicts[name])
        #expect(live.compliance == .unknown, "\(name)")
        #expect(
          live.reason.map(Phrases.text)?.hasSuffix(
            ": not delivered by the API of Microsoft 365, but by a CISA ScubaGear provider settings export (source: export, format: scubagear)"
          ) == true, "\(name): \(live.reason.map(Phrases.text) ?? "")")
      }
      if !reads.isDisjoint(with: graphOnly) {
        counts.graphOnly += 1
        let exported = try #require(ofExport.verdicts[name])
        #expect(exported.compliance == .unknown, "\(name)")
        #expect(
          exported.reason.map(Phrases.text)?.hasSuffix(
            ": not delivered by a CISA ScubaGear provider settings export, but by the API of Microsoft 365 (source: api)"
          ) == true, "\(name): \(exported.reason.map(Phrases.text) ?? "")")
        // Graph refuses it to this tenant's application: that is no pass either.
        #expect(ofGraph.verdicts[name]?.compliance != .compliant, "\(name)")
      }
    }
    #expect(counts.exportOnly > 80 && counts.graphOnly > 15)
  }

  @Test(
    "both together leave nothing unknown that either decides",
    arguments: PublishedTenant.microsoft365)
  func together(tenant: PublishedTenant) async throws {
    let scene = Scene()
    defer { scene.remove() }
    try await observe(tenant, scene: scene)
    let graph = "api: { parameters: { tenant: contoso.onmicrosoft.com } }"
    let export = "export: { format: scubagear, path: export.json }"
    let (ofGraph, ofExport) = (
      try judge(graph, tenant, scene), try judge(export, tenant, scene)
    )
    let both = try judge("[{ \(graph) }, { \(export) }]", tenant, scene)
    var decided = 0
    for (name, verdict) in both.verdicts {
      let isKnown = [ofGraph, ofExport].contains {
        $0.verdicts[name].map { $0.compliance != .unknown } ?? false
      }
      if isKnown {
        decided += 1
        #expect(
          verdict.compliance != .unknown, "\(name): \(verdict.reason.map(Phrases.text) ?? "")")
      }
    }
    print("\(tenant): \(decided) of \(both.verdicts.count) decided from both sources")
    #expect(decided > 100)
  }

  private func observe(_ tenant: PublishedTenant, scene: Scene) async throws {
    let graph = GraphTenant(export: JSONValue(try JSONView(parsing: tenant.export)))
    let report = try await VendorServer.serve { request, _ in
      graph.answer(to: request)
    } _: { server in
      var options = scene.options
      let origin = try #require(Address(server.origin))
      options.detours = ["graph.microsoft.com": origin, "login.microsoftonline.com": origin]
      return await Observer.observe(
        try #require(
          TestConnector.instance(
            app: "microsoft-365", parameters: ["tenant": "contoso.onmicrosoft.com"])),
        connector: try #require(Self.connector),
        credentials: Credentials(["client_id": "c", "client_secret": "not-a-secret"]),
        options: options)
    }
    try #require(report.failureText == nil)
  }

  /// Judges the tenant by one of its sources, or by a list of them.
  private func judge(
    _ source: String, _ tenant: PublishedTenant, _ scene: Scene
  ) throws -> Judgement {
    let (state, compiled) = try Declared(
      Declare.document(
        "Instance", "demo-one",
        "{ app: microsoft-365, maxAge: 100000d, source: \(source.hasPrefix("[") ? source : "{ \(source) }") }"
      ), library: Self.library
    ).sound(["microsoft-365"])
    let instance = try #require(state.instances.first)
    let evaluator = compiled.evaluator(
      for: instance, in: state, now: Instant(secondsSince1970: 1_780_000_000))
    func evaluate(_ reading: some ObservationReading) -> [String: Verdict] {
      evaluator.evaluate(reading)
    }
    let reading = try Readings.open(
      instance, in: state, files: ExportFile(bytes: tenant.export),
      stored: ObservationStore(folder: scene.folder),
      clock: Instant(secondsSince1970: 4_000_000_000))
    return Judgement(
      verdicts: evaluate(reading),
      reads: Dictionary(
        uniqueKeysWithValues: (compiled.recommendations["microsoft-365"] ?? []).map {
          ($0.recommendation.name, $0.requiredCollections)
        }))
  }
}

extension PublishedTenant {
  fileprivate func withoutConfiguration() throws -> PublishedTenant {
    var tree = JSONValue(try JSONView(parsing: export))
    try JSONPatch([["op": "replace", "path": "/scuba_config", "value": [:]]]).apply(to: &tree)
    return PublishedTenant(
      name: name, app: app, format: format, export: tree.bytes(), verdicts: verdicts)
  }
}
