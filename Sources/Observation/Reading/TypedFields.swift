internal import Connectors
internal import JSON
internal import Posture

/// Turns the fields that arrive as texts into values of their types, as a collection's `fields`
/// say: raw → typed.
///
/// This happens while a resource is stored, and again while one is read: an earlier version stored
/// raw texts, and what is typed stays as it is.
struct TypedFields: Sendable {
  private let all: [Target]

  private struct Target: Sendable {
    /// What is left of the path to the field.
    let route: FieldRoute
    let map: ValueMap
  }

  /// Whether no field has to be turned.
  var isEmpty: Bool { all.isEmpty }

  init(_ fields: [CollectionField]) {
    all = fields.compactMap { field in
      field.map.map {
        Target(route: FieldRoute(field.path.split(separator: ".").map(String.init)), map: $0)
      }
    }
  }

  /// The resource with its texts turned into values; itself where there is none to turn.
  func typed(_ view: JSONView) throws(Fault) -> JSONView {
    guard let bytes = bytes(of: view) else { return view }
    return try JSONView(composed: bytes)
  }

  /// The line of a resource with its texts turned into values.
  func typed(_ line: [UInt8]) throws(Fault) -> [UInt8] {
    guard !all.isEmpty else { return line }
    return bytes(of: try JSONView(composed: line)) ?? line
  }

  private func bytes(of view: JSONView) -> [UInt8]? {
    guard view.kind == .object, all.contains(where: { Self.turns(view, $0.route, $0.map) }) else {
      return nil
    }
    var writer = JSONWriter()
    writer.object { Self.write(view, all, &$0) }
    return writer.bytes
  }

  /// Whether there is a text at the path, lists passed through, that becomes something else.
  private static func turns(_ view: JSONView, _ route: FieldRoute, _ map: ValueMap) -> Bool {
    if route.isAtEnd { return turned(view, map) != nil }
    if view.kind == .array { return view.elements.contains { turns($0, route, map) } }
    return route.step(in: view).map { turns($0.view, $0.rest, map) } ?? false
  }

  private static func turned(_ view: JSONView, _ map: ValueMap) -> JSONValue? {
    guard let text = view.string, let value = map.value(of: text), value != .string(text)
    else { return nil }
    return value
  }

  private static func write(_ object: JSONView, _ targets: [Target], _ writer: inout JSONWriter) {
    // Each leads to one member.
    let steps = targets.compactMap { target in
      target.route.step(in: object).map {
        (name: $0.name.string, target: Target(route: $0.rest, map: target.map))
      }
    }
    for (name, value) in object.members {
      let below = steps.filter { $0.name == name }.map(\.target)
      write(value, below, member: name, &writer)
    }
  }

  private static func write(
    _ view: JSONView, _ targets: [Target], member: String?, _ writer: inout JSONWriter
  ) {
    for target in targets where target.route.isAtEnd {
      guard let value = turned(view, target.map) else { continue }
      return put(value, member, &writer)
    }
    guard !targets.isEmpty else { return put(view, member, &writer) }
    switch view.kind {
    case .object:
      let body: (inout JSONWriter) -> Void = { write(view, targets, &$0) }
      if let member { writer.object(member, body) } else { writer.elementObject(body) }
    case .array:
      let body: (inout JSONWriter) -> Void = { writer in
        // What ends at a list is none of its elements' fields.
        let below = targets.filter { !$0.route.isAtEnd }
        for element in view.elements { write(element, below, member: nil, &writer) }
      }
      if let member { writer.array(member, body) } else { writer.elementArray(body) }
    default: put(view, member, &writer)
    }
  }

  private static func put(
    _ value: some JSONWritable, _ member: String?, _ writer: inout JSONWriter
  ) {
    if let member { writer.member(member, value) } else { writer.element(value) }
  }
}
