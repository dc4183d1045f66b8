internal import JSON
internal import Posture

/// Makes lines of items: filters, asks for details, puts together, masks.
struct ItemShaper: Sendable {
  let reader: PageReader
  let writer: ResourceWriter
  private let seen = SeenValues()

  init(reader: PageReader, writer: ResourceWriter) {
    self.reader = reader
    self.writer = writer
  }

  /// The lines of a page's items, in their order.
  ///
  /// - Parameter parent: The resource that the items belong to.
  func lines(
    _ items: [ItemPointer.Item], parent: ParentResource?
  ) async throws(RequestFault) -> [[UInt8]] {
    let shaping = reader.collection.shaping
    var unique: [ItemPointer.Item] = []
    for item in items {
      let isWanted = shaping.filter.allSatisfy { filter in
        item.view.value(at: filter.pointer)?.plainText.map(filter.values.contains) == true
      }
      guard isWanted else { continue }
      for item in try await expanded(item, parent) where await isNew(item.view) {
        unique.append(item)
      }
    }
    guard shaping.detail != nil || !shaping.attached.isEmpty else {
      return try unique.map { item throws(RequestFault) in
        try line(item, item.view, attached: [], parent)
      }
    }
    var result: [[UInt8]] = []
    try await inOrder(unique, width: reader.session.connector.concurrency) { item in
      await completed(item, parent)
    } _: { (line: Result<[UInt8]?, RequestFault>) throws(RequestFault) in
      if let line = try line.get() { result.append(line) }
    }
    return result
  }

  /// The items that an item stands for: itself, or those of the request that replaces it.
  private func expanded(
    _ item: ItemPointer.Item, _ parent: ParentResource?
  ) async throws(RequestFault) -> [ItemPointer.Item] {
    guard let expansion = reader.collection.shaping.expansion,
      item.view.value(at: expansion.when.pointer)?.plainText == expansion.when.value
    else { return [item] }
    let members = try await reader.all(expansion.request, places(of: item, parent))
    return members.compactMap { member in
      var writer = JSONWriter()
      writer.object { $0.member(expansion.member, member) }
      return (try? JSONView(parsing: writer.bytes)).map { ItemPointer.Item(key: nil, view: $0) }
    }
  }

  private func places(
    of item: ItemPointer.Item, _ parent: ParentResource?
  ) -> @Sendable (String) -> String? {
    { place in
      place.hasPrefix("item.")
        ? item.view.field(String(place.dropFirst(5))) : parent?.value(place)
    }
  }

  private func isNew(_ view: JSONView) async -> Bool {
    guard let path = reader.collection.shaping.unique else { return true }
    guard let value = Identity(path).of(view) else { return true }
    return await seen.insert(value)
  }

  /// The line of an item with what had to be asked for; nil when it was deleted meanwhile.
  private func completed(
    _ item: ItemPointer.Item, _ parent: ParentResource?
  ) async -> Result<[UInt8]?, RequestFault> {
    let shaping = reader.collection.shaping
    let value = places(of: item, parent)
    do throws(RequestFault) {
      var view = item.view
      if let detail = shaping.detail {
        guard let answer = try await reader.all(detail, value).first else { return .success(nil) }
        view = answer
      }
      var attached: [(name: String, values: [JSONView])] = []
      for (name, requests) in shaping.attached {
        var values: [JSONView] = []
        for request in requests { values += try await reader.all(request, value) }
        attached.append((name, values))
      }
      return .success(try line(item, view, attached: attached, parent))
    } catch {
      return error.kind == .gone ? .success(nil) : .failure(error)
    }
  }

  private func line(
    _ item: ItemPointer.Item, _ view: JSONView, attached: [(name: String, values: [JSONView])],
    _ parent: ParentResource?
  ) throws(RequestFault) -> [UInt8] {
    var leading: [(String, String)] = []
    if let parent { leading.append(("_parent", parent.id)) }
    if let key = item.key { leading.append(("_key", key)) }
    let line = writer.line(
      ShapedResource(view, attached: attached, chosen: reader.collection.shaping.members),
      leading: leading)
    let limit = reader.session.runner.limits.resourceSize
    guard line.count <= limit else {
      throw RequestFault(
        .limit, "a resource has \(line.count) bytes; the limit is \(limit)")
    }
    return line
  }
}

/// The values of a field that were seen before.
private actor SeenValues {
  private var values: Set<String> = []

  func insert(_ value: String) -> Bool { values.insert(value).inserted }
}

extension JSONView {
  /// A dotted field as text, for a template.
  func field(_ path: String) -> String? {
    var view = self
    for step in path.split(separator: ".") {
      guard let next = view[String(step)] else { return nil }
      view = next
    }
    return view.plainText
  }

  /// A scalar as text; nil for null, arrays and objects.
  var plainText: String? {
    switch kind {
    case .string: string
    case .bool: bool.map { $0 ? "true" : "false" }
    default: int64.map(String.init)
    }
  }
}
