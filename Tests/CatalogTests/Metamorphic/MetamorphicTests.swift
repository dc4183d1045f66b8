import Connectors
import JSON
import Posture
import TestSupport
import Testing

/// Less is known of a tenant: no verdict gets better by it, unless the vendor documents what is missing.
@Suite(
  "Tenants with something missing",
  .enabled(if: PublishedTenant.folder != nil, "\(PublishedTenant.absence)"))
struct MetamorphicTests {
  /// Whether every collection of every tenant is tried, as `Tests/long.sh` does; a sample by a seed otherwise.
  private static let isLong = TestEnvironment["PLUMB_LONG_TESTS"] == "1"
  private static let fields = isLong ? 200 : 25
  private static let collections = isLong ? Int.max : 12

  @Test("Microsoft 365", arguments: PublishedTenant.microsoft365)
  func microsoft365(tenant: PublishedTenant) throws { try run(tenant) }

  @Test("Google Workspace", arguments: PublishedTenant.googleWorkspace)
  func googleWorkspace(tenant: PublishedTenant) throws { try run(tenant) }

  private func run(_ tenant: PublishedTenant) throws {
    let judge = try ExportJudge(app: tenant.app, format: tenant.format)
    let format = try #require(judge.state.exportFormats[tenant.format])
    let citations = judge.state.citations(of: tenant.app)
    let export = JSONValue(try JSONView(parsing: tenant.export))
    let before = try judge.judge(tenant.export).mapValues(\.compliance)
    var random = Random(seed: tenant.name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var tried = 0
    var turns: [String] = []
    var unexplained: [String] = []

    func attempt(_ change: Change, _ steps: [Step], to value: JSONValue?) throws {
      var changed = export
      changed.replace(at: steps[...], with: value)
      tried += 1
      let place = change.place
      let isCited = place.map { !citations.meanings(of: $0).isEmpty } ?? false
      for (name, verdict) in try judge.judge(changed.bytes()) {
        guard let old = before[name], old == .notCompliant || old == .unknown,
          verdict.compliance == .compliant || verdict.compliance == .notApplicable
        else { continue }
        let turn =
          "\(name): \(old.rawValue), but \(verdict.compliance.rawValue) when \(change.text)"
        if isCited { turns.append("\(turn), as cited") } else { unexplained.append(turn) }
      }
    }

    let present = format.collections.compactMap { collection in
      Self.steps(of: collection.pointer, in: export).map { (collection, $0) }
    }
    for (collection, steps) in present.shuffled(using: &random).prefix(Self.collections) {
      try attempt(.removed(collection.name), steps, to: nil)
      guard let value = export.value(at: steps[...]) else { continue }
      let empty: JSONValue = value.object == nil ? [] : .object([])
      try attempt(.emptied(collection.name), steps, to: empty)
    }
    var places: [(collection: ExportFormat.Collection, steps: [Step])] = []
    for (collection, steps) in present {
      export.value(at: steps[...])?.forEachMember(at: steps) { place, value in
        if value != .null { places.append((collection, place)) }
      }
    }
    for (collection, steps) in places.shuffled(using: &random).prefix(Self.fields) {
      let start = present.first { $0.0.name == collection.name }?.1.count ?? 0
      let path = collection.shape.path(of: Array(steps.dropFirst(start)))
      guard !path.isEmpty else { continue }
      try attempt(.nulled(collection.name, path), steps, to: .null)
    }
    print(
      "\(tenant.app) \(tenant.name): \(tried) times something was taken away, \(turns.count) verdicts turned as cited, \(unexplained.count) unexplained"
    )
    for turn in turns.sorted() { print("  \(turn)") }
    #expect(unexplained.sorted() == [])
    #expect(tried > 30)
  }

  private enum Change {
    case removed(String)
    case emptied(String)
    case nulled(String, String)

    var text: String {
      switch self {
      case .removed(let name): "\(name) is not there"
      case .emptied(let name): "\(name) is empty"
      case .nulled(let name, let path): "\(path) of \(name) is null"
      }
    }

    /// What could cite the change; nothing excuses a collection that was not read.
    var place: Citations.Place? {
      switch self {
      case .removed: nil
      case .emptied(let name):
        Citations.Place(collection: name, path: CollectionField.whole, form: .empty)
      case .nulled(let name, let path): Citations.Place(collection: name, path: path, form: .null)
      }
    }
  }

  private static func steps(of pointer: String, in export: JSONValue) -> [Step]? {
    let steps = pointer.split(separator: "/").map { token in
      Step.member(String(token.replacing("~1", with: "/").replacing("~0", with: "~")))
    }
    return export.value(at: steps[...]) == nil ? nil : steps
  }
}

extension ExportFormat.Shape {
  /// The dotted path within a resource; empty for the resource itself.
  fileprivate func path(of steps: [Step]) -> String {
    var names = steps.compactMap { step in
      if case .member(let name) = step { name } else { nil }
    }
    switch self {
    case .list, .value: break
    case .map: names = Array(names.dropFirst())
    case .entries: names = names.isEmpty ? [] : ["value"] + names.dropFirst()
    }
    return names.joined(separator: ".")
  }
}
