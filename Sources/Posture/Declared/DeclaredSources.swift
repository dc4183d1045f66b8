internal import JSON

/// The sources of one instance as two desired states declare them, of which one has several at least.
///
/// An element of the list is called by its kind, `[api]`; with its path behind it where a list has several of
/// the kind: `[recorded data/eu]`.
struct DeclaredSources {
  /// The parts to compare: each source by its name in brackets, nil where it is not declared.
  let parts: [(name: String, from: JSONValue?, to: JSONValue?)]
  /// The names in their order, where the sources that both have stand in another, or a new one goes before one of
  /// them; nil where that is not so.
  let order: (from: JSONValue, to: JSONValue)?

  /// Nil where neither side has a list of several: a list of one is that one.
  init?(from: JSONValue?, to: JSONValue?) {
    let sides = [from, to].map { $0.map(Self.elements) ?? [] }
    guard
      sides.contains(where: { $0.count > 1 }) || [from, to].contains(where: { $0?.array != nil })
    else { return nil }
    if sides.allSatisfy({ $0.count <= 1 }) {
      // Members of the one source, as without a list.
      let (a, b) = (sides[0].first?.object ?? [], sides[1].first?.object ?? [])
      let names = Set(a.map(\.0)).union(b.map(\.0)).sorted()
      parts = names.map { name in
        (name, a.first { $0.0 == name }?.1, b.first { $0.0 == name }?.1)
      }
      order = nil
      return
    }
    let several = Self.several(sides)
    let named = sides.map { elements in
      elements.map { (name: Self.name(of: $0, several), element: $0) }
    }
    let (old, new) = (named[0].map(\.name), named[1].map(\.name))
    parts = Set(old + new).sorted().map { name in
      (
        "[\(name)]", named[0].first { $0.name == name }?.element,
        named[1].first { $0.name == name }?.element
      )
    }
    let (kept, stays) = (old.filter(new.contains), new.filter(old.contains))
    // What is added at the end displaces nothing.
    let isAppended = Array(new.prefix(stays.count)) == stays
    func list(_ names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }
    order = kept != stays || !isAppended ? (list(old), list(new)) : nil
  }

  private static func elements(_ value: JSONValue) -> [JSONValue] { value.array ?? [value] }

  private static func kind(of element: JSONValue) -> String? {
    ["api", "recorded", "export"].first { element[$0] != nil }
  }

  /// The kinds that one of the lists has several times.
  private static func several(_ sides: [[JSONValue]]) -> Set<String> {
    var several: Set<String> = []
    for elements in sides {
      var seen: Set<String> = []
      for kind in elements.compactMap(kind) where !seen.insert(kind).inserted {
        several.insert(kind)
      }
    }
    return several
  }

  private static func name(of element: JSONValue, _ several: Set<String>) -> String {
    guard let kind = kind(of: element) else { return element.compactText }
    return several.contains(kind)
      ? [kind, element[kind]?["path"]?.string].compactMap(\.self).joined(separator: " ") : kind
  }

  /// What another order does: data of the repository that comes before a source that stood, and did not before,
  /// hides what that source says; an API that goes first shows more.
  static func effect(from: JSONValue?, to: JSONValue?) -> Bearing {
    func names(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
    let (old, new) = (names(from), names(to))
    for (place, name) in new.enumerated() where name != "api" {
      let behind = new[(place + 1)...].filter(old.contains)
      let was = old.firstIndex(of: name).map { Array(old[($0 + 1)...]) } ?? []
      if !behind.allSatisfy(was.contains) { return .weakens }
    }
    return .strengthens
  }

  /// The ages of the sources that both declare, by their names here.
  static func ages(_ old: Instance, _ new: Instance) -> [(source: String, from: Int, to: Int)] {
    let several = Set(
      [old, new].flatMap { instance in
        Dictionary(grouping: instance.sources.map(\.way.kind)) { $0 }.filter { $0.value.count > 1 }
          .keys
      })
    func name(_ source: Instance.Source) -> String {
      several.contains(source.way.kind)
        ? [source.way.kind, source.path].compactMap(\.self).joined(separator: " ")
        : source.way.kind
    }
    // One source that became another has another age, which is told with it.
    if old.sources.count == 1, new.sources.count == 1 {
      return [(name(new.sources[0]), old.sources[0].maxAge, new.sources[0].maxAge)]
    }
    return new.sources.compactMap { source in
      old.sources.first { name($0) == name(source) }.map {
        (name(source), $0.maxAge, source.maxAge)
      }
    }
  }
}

extension Instance.Source.Way {
  /// As documents write it.
  fileprivate var kind: String {
    switch self {
    case .api: "api"
    case .recorded: "recorded"
    case .export: "export"
    }
  }
}
