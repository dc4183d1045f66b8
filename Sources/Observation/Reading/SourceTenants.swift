internal import Connectors
internal import JSON
internal import Posture
internal import Text

/// Whether the sources of one instance are of one tenant, as far as they name it.
struct SourceTenants {
  private let instance: Instance
  private let names: [TenantName]

  init(_ instance: Instance, _ connector: Connector?) {
    self.instance = instance
    names = connector?.tenant ?? []
  }

  /// What one source calls its tenant, in lower case, by the kind of the name.
  private struct Named {
    let source: String
    /// The parameters' values, with the kinds of names that each may be.
    var said: [(value: String, kinds: [String])] = []
    /// What its data says, by kind.
    var read: [String: Set<String>] = [:]
  }

  /// - Throws: ``Fault`` with both names where two sources name different tenants.
  func refuseOthers(_ opened: [Readings.Opened]) throws(Fault) {
    guard !names.isEmpty else { return }
    let all = zip(instance.sources, opened).map(named)
    for (place, one) in all.enumerated() {
      for other in all[(place + 1)...] {
        if let (left, right) = difference(one, other) ?? difference(other, one).map({ ($1, $0) }) {
          throw Fault(
            .otherTenant,
            "its sources are of different tenants: \(one.source) names \(left), \(other.source) names \(right)"
          )
        }
      }
    }
  }

  private func named(_ source: Instance.Source, _ opened: Readings.Opened) -> Named {
    var named = Named(source: source.name)
    // What several sources say in common is the instance's.
    for parameter in Set(names.compactMap(\.parameter)).sorted() {
      guard let value = source.parameters[parameter] else { continue }
      named.said.append(
        (value.lowercased(), names.filter { $0.parameter == parameter }.map(\.kind)))
    }
    guard case .success(let reading) = opened else { return named }
    for name in names {
      guard reading.summary.collections.contains(where: Self.isWhole(name.collection)) else {
        continue
      }
      let values = Self.values(of: name, in: reading)
      if !values.isEmpty { named.read[name.kind] = values }
    }
    return named
  }

  private static func isWhole(_ name: String) -> (CollectionSummary) -> Bool {
    { $0.name == name && $0.state == .complete }
  }

  private static func values(
    of name: TenantName, in reading: any ObservationReading
  ) -> Set<String> {
    var values: Set<String> = []
    do throws(Fault) {
      try reading.forEachResource(in: name.collection) { resource in
        let texts =
          name.fields.isEmpty
          ? [resource.view.string] : name.fields.map { resource.view[$0]?.string }
        if let text = texts.lazy.compactMap(\.self).first { values.insert(text.lowercased()) }
      }
    } catch {
      // What can't be read names nothing; who reads it for a verdict says so.
      return []
    }
    return values
  }

  /// What two sources call their tenant where it can't be the same; nil where it may be.
  private func difference(_ one: Named, _ other: Named) -> (String, String)? {
    for name in names {
      guard let a = one.read[name.kind], let b = other.read[name.kind] else { continue }
      // Where both tell, the surest name decides.
      return a.isDisjoint(with: b)
        ? ("\(name.kind) \(Self.text(a))", "\(name.kind) \(Self.text(b))") : nil
    }
    for (value, kinds) in one.said {
      let known = kinds.compactMap { kind in other.read[kind].map { (kind, $0) } }
      guard known.count == kinds.count, let first = known.first,
        !known.contains(where: { $0.1.contains(value) })
      else { continue }
      return ("'\(value)'", "\(first.0) \(Self.text(first.1))")
    }
    return nil
  }

  private static func text(_ values: Set<String>) -> String {
    values.sorted().map { "'\($0)'" }.listed(atMost: 3)
  }
}
