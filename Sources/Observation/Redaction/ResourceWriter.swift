package import Connectors
internal import JSON
internal import Posture

/// Writes a resource as one line, with its secrets masked and its keys in the wanted case.
package struct ResourceWriter: Sendable {
  private let paths: [FieldPath]
  private let mask: SecretGate
  private let keys: Connector.KeyCase
  private let unchanged: UnchangedItem

  /// - Parameters:
  ///   - paths: The fields whose values are replaced as a whole, unless null.
  ///   - mask: Masks every other text, whole number and name.
  ///   - keys: How names are written.
  package init(paths: [FieldPath], mask: SecretGate, keys: Connector.KeyCase) {
    self.paths = paths
    self.mask = mask
    self.keys = keys
    unchanged = UnchangedItem(paths: paths, keys: keys)
  }

  /// The secrets that are known by now.
  var known: SecretForms { mask.known }

  /// Adds the line of an item that is stored as the vendor wrote it.
  ///
  /// - Parameter known: The gate's, asked for once for many items.
  /// - Returns: Where the item ends; nil, with nothing added, where something may have to be written otherwise.
  func copy(
    itemAt start: Int, of text: [UInt8], leading: [(String, String)], known: SecretForms,
    to lines: inout Lines
  ) -> Int? {
    unchanged.copy(
      itemAt: start, of: text, leading: leading, known: known, mask: mask, to: &lines)
  }

  /// The resource's line without its line feed.
  ///
  /// - Parameters:
  ///   - leading: Members of Plumb's own that come first: `_parent`, `_key`.
  ///   - resource: What the vendor returned, or what was put together of it.
  func line(_ resource: ShapedResource, leading: [(String, String)]) -> [UInt8] {
    var writer = JSONWriter()
    let start = Trail(paths: paths)
    func hasOwn(_ name: String) -> Bool { leading.contains { $0.0 == name } }
    if let members = resource.members {
      writer.object { writer in
        for (name, value) in leading { writer.member(name, mask.telling(value)) }
        for (name, values) in members where !hasOwn(name) {
          let trail = start.into(name)
          let key = resource.chosenNames.contains(name) ? name : cased(name)
          switch values {
          case .one(let view): write(view, trail, member: key, &writer)
          case .many(let views):
            if trail.isMasked {
              writer.member(key, SecretGate.replacement)
            } else {
              writer.array(key) { writer in
                for view in views { write(view, trail.into("*"), member: nil, &writer) }
              }
            }
          case .unread, .unknown: continue
          }
        }
        let unread = resource.unread
        if !unread.isEmpty {
          writer.object(ObservedResource.unreadMember) { writer in
            for (name, reason) in unread { writer.member(name, mask.telling(reason)) }
          }
        }
        if !resource.unknown.isEmpty {
          writer.array(ObservedResource.unknownMember) { writer in
            for name in resource.unknown { writer.element(name) }
          }
        }
      }
    } else if let view = resource.view {
      // A bare value is wrapped only when something has to stand beside it.
      if leading.isEmpty {
        write(view, start, member: nil, isRoot: true, &writer)
      } else {
        writer.object { writer in
          for (name, value) in leading { writer.member(name, mask.telling(value)) }
          write(view, start.into("value"), member: "value", &writer)
        }
      }
    }
    return writer.bytes
  }

  private func cased(_ name: String) -> String {
    let name = mask.telling(name)
    guard keys == .pascal, let first = name.first, first.isASCII, first.isLowercase else {
      return name
    }
    return first.uppercased() + name.dropFirst()
  }

  private func write(
    _ view: JSONView, _ trail: Trail, member: String?, isRoot: Bool = false,
    _ writer: inout JSONWriter
  ) {
    if trail.isMasked, !view.isNull {
      put(SecretGate.replacement, member, isRoot, &writer)
      return
    }
    switch view.kind {
    case .object:
      let body: (inout JSONWriter) -> Void = { writer in
        for (name, value) in view.members {
          write(value, trail.into(name), member: cased(name), &writer)
        }
      }
      if let member {
        writer.object(member, body)
      } else if isRoot {
        writer.object(body)
      } else {
        writer.elementObject(body)
      }
    case .array:
      let body: (inout JSONWriter) -> Void = { writer in
        for element in view.elements { write(element, trail.into("*"), member: nil, &writer) }
      }
      if let member {
        writer.array(member, body)
      } else if isRoot {
        writer.array(body)
      } else {
        writer.elementArray(body)
      }
    case .string:
      if let text = view.string, let masked = mask.masked(text) {
        put(masked, member, isRoot, &writer)
      } else {
        put(view, member, isRoot, &writer)
      }
    case .int, .uint:
      // Digits alone may be a secret too.
      let digits = view.int64.map { String($0) } ?? view.uint64.map { String($0) }
      if let text = digits.flatMap({ mask.masked($0) }) {
        put(text, member, isRoot, &writer)
      } else {
        put(view, member, isRoot, &writer)
      }
    default: put(view, member, isRoot, &writer)
    }
  }

  private func put(
    _ value: some JSONWritable, _ member: String?, _ isRoot: Bool, _ writer: inout JSONWriter
  ) {
    if let member {
      writer.member(member, value)
    } else if isRoot {
      writer.value(value)
    } else {
      writer.element(value)
    }
  }
}

/// Where in a resource the writer is, as seen by the redaction paths.
private struct Trail {
  private let paths: [FieldPath]
  /// Per path, the steps that may come next.
  private var positions: [(path: Int, step: Int)]
  private(set) var isMasked = false

  init(paths: [FieldPath]) {
    self.paths = paths
    positions = paths.indices.map { (path: $0, step: 0) }
  }

  /// One level further down.
  func into(_ name: String) -> Trail {
    guard !positions.isEmpty else { return self }
    var result = self
    result.positions = []
    for (path, step) in positions {
      result.take(path: path, step: step, name: name)
    }
    return result
  }

  private mutating func take(path: Int, step: Int, name: String) {
    let steps = paths[path].steps
    switch steps[step] {
    case .anyDepth:
      positions.append((path: path, step: step))
      take(path: path, step: step + 1, name: name)
    case .any: advance(path: path, step: step + 1)
    case .name(let wanted):
      if wanted == name { advance(path: path, step: step + 1) }
    }
  }

  private mutating func advance(path: Int, step: Int) {
    if step == paths[path].steps.count {
      isMasked = true
    } else {
      positions.append((path: path, step: step))
    }
  }
}
