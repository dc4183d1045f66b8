internal import Connectors
package import YAML

/// Turns the files of one revision into a desired state, naming every fault of every file.
///
/// It reads the files first: they tell how much of the catalog they must be joined with.
package struct DesiredStateReader {
  private let diagnostics: Diagnostics
  private let keepsDeclarations: Bool
  private let makesDigests: Bool
  private var instances: [Instance] = []
  private var initiatives: [InitiativeDocument] = []
  private var exceptions: [Exception] = []
  private var settings: Settings?
  private var recommendations: [Recommendation] = []
  private var overrides: [RecommendationOverride] = []
  private var definitions: [Definitions] = []
  private var connectors: [Connector] = []
  private var declarations: [Declaration] = []
  private var places: [Claim: NodePlace] = [:]
  /// What of it may be taken by the catalog.
  private var ownNames: Set<Claim> = []
  // What the catalog is asked for, noted with each document: to go through thousands again takes longer.
  /// The apps of the instances.
  private var apps: Set<String> = []
  /// The export formats of their sources.
  private var formats: Set<String> = []
  /// The recommendations that exceptions name.
  private var excepted: Set<String> = []
  /// The instances of the exceptions about some resources.
  private var selective: [InstanceSelector] = []

  /// What no two documents may have in common.
  private struct Claim: Hashable {
    let kind: DocumentKind
    let name: String
  }

  /// Reads and checks files against a catalog that is there already.
  package static func read(
    _ files: [(path: String, bytes: [UInt8])], library: DecodedCatalog, diagnostics: Diagnostics
  ) -> DesiredState {
    DesiredStateReader(files, diagnostics: diagnostics).joined(with: library)
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - files: Names and contents, in order of name.
  ///   - diagnostics: Where faults go; the result counts only while it has no errors.
  ///   - keepsDeclarations: Whether the documents are kept as they are written, too.
  ///   - makesDigests: Whether instances and exceptions are compared with recorded ones: those that are only checked have no digest.
  package init(
    _ files: [(path: String, bytes: [UInt8])], diagnostics: Diagnostics,
    keepsDeclarations: Bool = true, makesDigests: Bool = true
  ) {
    self.diagnostics = diagnostics
    self.makesDigests = makesDigests
    self.keepsDeclarations = keepsDeclarations
    // Most documents have some 256 bytes.
    places.reserveCapacity(files.reduce(0) { $0 + $1.bytes.count } / 256)
    var count = 0
    for file in files {
      let documents = YAMLParser.parse(file.bytes, file: file.path, into: diagnostics)
      count += documents.count
      if count > Self.documentLimit {
        diagnostics.error(
          "a desired state has \(Self.documentLimit) documents at the most; this file passes the limit",
          at: Mark(file: file.path))
        break
      }
      for document in documents { add(document) }
    }
  }

  /// The most documents that all files may hold together.
  package static let documentLimit = 100_000

  private mutating func add(_ document: Document) {
    guard !document.isEmpty,
      var envelope = Envelope(
        document, kinds: DocumentKind.declarable, diagnostics: diagnostics)
    else { return }
    envelope.makesDigest = makesDigests
    claim(envelope)
    if keepsDeclarations { declarations.append(Declaration(envelope)) }
    switch envelope.kind {
    case .instance:
      if let item = Instance(envelope, diagnostics: diagnostics) {
        apps.insert(item.app.value)
        formats.formUnion(item.sources.compactMap(\.format))
        instances.append(item)
      }
    case .initiative:
      if let item = InitiativeDocument(envelope, diagnostics: diagnostics) {
        initiatives.append(item)
      }
    case .exception:
      if let item = Exception(envelope, diagnostics: diagnostics) {
        for name in item.recommendations { excepted.insert(name.value) }
        if item.resources != nil { selective.append(item.instances) }
        exceptions.append(item)
      }
    case .settings:
      if let first = settings?.mark {
        diagnostics.error(
          "a desired state has one Settings document; the other is at \(first)",
          at: envelope.name.mark)
      }
      settings = Settings(envelope, diagnostics: diagnostics)
    case .recommendation:
      if let item = Recommendation(envelope, origin: .desiredState, diagnostics: diagnostics) {
        recommendations.append(item)
        if recommendations.count == Evaluator.Bounds.ownRecommendations + 1 {
          diagnostics.error(
            "a desired state has \(Evaluator.Bounds.ownRecommendations) recommendations of its own at the most",
            at: envelope.name.mark)
        }
      }
    case .recommendationOverride:
      if let item = RecommendationOverride(envelope, diagnostics: diagnostics) {
        overrides.append(item)
      }
    case .definitions:
      if let item = Definitions(envelope, diagnostics: diagnostics) { definitions.append(item) }
    case .connector:
      if let item = Connector(envelope, diagnostics: diagnostics) { connectors.append(item) }
    case .exportFormat, .framework: break
    }
  }

  /// Notes a document's name: names are unique for each kind.
  private mutating func claim(_ envelope: Envelope) {
    let name = envelope.name.value
    let claim = Claim(kind: envelope.kind, name: name)
    if claim.kind == .recommendation || claim.kind == .connector { ownNames.insert(claim) }
    guard let other = places.updateValue(envelope.name.place, forKey: claim) else { return }
    diagnostics.error(
      "another \(envelope.kind.rawValue) is named '\(name)', at \(other.mark)",
      at: envelope.name.mark)
  }

  // MARK: Joining

  /// The part of the catalog that the documents are about: other apps' recommendations say nothing here.
  package func extent(of names: CatalogNames) -> DecodedCatalog.Extent {
    .part(
      apps: Set(
        Array(apps) + recommendations.map(\.app.value) + definitions.map(\.app.value)
          + connectors.map(\.name) + formats.compactMap { names.app(of: .exportFormat, $0) }
          + excepted.union(overridden + measured).compactMap { names.app(of: .recommendation, $0) }),
      initiatives: Set(initiatives.map(\.name.value)))
  }

  /// The part of the catalog that checking the documents needs: of an app that is only declared, its
  /// connector; of a recommendation that is only named, itself.
  package func extentOfChecks(of names: CatalogNames) -> DecodedCatalog.Extent {
    let compiled = compiledApps(names)
    return .part(
      apps: [],
      named: [
        .connector: apps.union(compiled),
        .exportFormat: formats.union(
          names.all(.exportFormat).filter { format in
            names.app(of: .exportFormat, format).map(compiled.contains) == true
          }),
        .definitions: compiled,
        .recommendation: excepted.union(overridden),
        .initiative: Set(initiatives.map(\.name.value)),
      ])
  }

  /// The apps whose conditions a check compiles: those that the repository brings or changes, and those
  /// of its exceptions' resources.
  private func compiledApps(_ names: CatalogNames) -> Set<String> {
    var apps = Set(
      recommendations.map(\.app.value)
        + overridden.compactMap { names.app(of: .recommendation, $0) })
    for selector in selective {
      apps.formUnion(instances.filter(selector.matches).map(\.app.value))
    }
    return apps
  }

  private var overridden: [String] { overrides.flatMap { $0.recommendations.map(\.value) } }
  private var measured: [String] {
    initiatives.flatMap { ($0.metrics ?? []).flatMap { $0.recommendations.map(\.value) } }
  }

  /// Joins what was read with the catalog, and checks it.
  ///
  /// The documents are given on: there may be thousands, and none is copied.
  package consuming func joined(with library: DecodedCatalog) -> DesiredState {
    claims(of: library.names)
    let connectors = library.connectors.merging(
      connectors.map { ($0.name, $0) }, uniquingKeysWith: { builtIn, _ in builtIn })
    let definitions = library.definitions.merging(
      definitions.map { ($0.app.value, $0) }, uniquingKeysWith: { builtIn, _ in builtIn })
    let all = library.recommendations.values + recommendations
    let effective = Overriding(overrides, diagnostics: diagnostics).apply(
      to: all, known: library.names)
    let resolved = initiatives.compactMap { document in
      document.resolve(
        builtIn: library.initiatives[document.name.value],
        known: library.names.all(.initiative).sorted(), diagnostics: diagnostics)
    }
    var state = DesiredState(
      settings: settings ?? Settings(), instances: Self.taken(&instances),
      initiatives: resolved.filter(\.tracked), exceptions: Self.taken(&exceptions),
      recommendations: effective.filter(\.isEnabled),
      disabled: Set(effective.filter { !$0.isEnabled }.map(\.name)), connectors: connectors,
      definitions: definitions, library: library)
    state.declarations = declarations
    ReferenceChecks(
      state: state, allInitiatives: resolved, recommendations: effective, diagnostics: diagnostics
    ).check()
    return state
  }

  /// All elements of a list, which has none from then on.
  private static func taken<Element>(_ list: inout [Element]) -> [Element] {
    defer { list = [] }
    return list
  }

  /// Refuses names that the catalog has taken.
  private func claims(of catalog: CatalogNames) {
    for claim in ownNames where catalog.contains(claim.kind, claim.name) {
      guard let place = places[claim] else { continue }
      let problem =
        claim.kind == .connector
        ? "the catalog already has a connector named '\(claim.name)': take another name"
        : "the catalog already has a recommendation named '\(claim.name)': change it with a RecommendationOverride, or take another name"
      diagnostics.error(problem, at: place.mark)
    }
    for item in definitions where catalog.contains(.definitions, item.app.value) {
      diagnostics.error(
        "the catalog already has definitions for app '\(item.app.value)'", at: item.mark)
    }
  }
}
