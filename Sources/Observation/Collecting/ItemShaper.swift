internal import Connectors
internal import JSON
internal import Posture
private import Synchronization

/// Turns items into lines: filters, asks for details, puts together, masks.
struct ItemShaper: Sendable {
  let reader: PageReader
  let writer: ResourceWriter
  /// What became of the items whose parts could not be read.
  let losses = Losses()
  let types: TypedFields
  private let seen = SeenValues()

  init(reader: PageReader, writer: ResourceWriter) {
    self.reader = reader
    self.writer = writer
    types = TypedFields(reader.collection.fields)
  }

  /// Hands over the lines of a page's items, in their order, in pieces: one item may stand for
  /// many, and take many requests.
  ///
  /// - Parameter parent: The resource that the items belong to.
  func lines(
    _ page: ItemPointer.Page, parent: ParentResource?,
    _ hand: (Lines) async throws(Fault) -> Void
  ) async throws(Fault) {
    let shaping = reader.collection.shaping
    // What was asked for beside an item, or instead of it, stands in other answers.
    if case .list(let view, let list?) = page, isAsItCame,
      reader.unknown.parts(chosen: shaping.members).isEmpty
    {
      return try await copy(view, list, parent, hand)
    }
    var batch: [ItemPointer.Item] = []
    for item in page.items {
      let isWanted = shaping.filter.allSatisfy { filter in
        item.view.value(at: filter.name)?.plainText.map(filter.value.contains) == true
      }
      guard isWanted else { continue }
      for item in try await expanded(item, parent) where try isNew(item.view) {
        batch.append(item)
        if batch.count == 1_000 {
          try await handLines(of: batch, parent, hand)
          batch = []
        }
      }
    }
    try await handLines(of: batch, parent, hand)
  }

  private func handLines(
    of items: [ItemPointer.Item], _ parent: ParentResource?,
    _ hand: (Lines) async throws(Fault) -> Void
  ) async throws(Fault) {
    let shaping = reader.collection.shaping
    guard shaping.detail != nil || !shaping.attached.isEmpty else {
      let unknown = reader.unknown.parts(chosen: shaping.members)
      let known = writer.known
      var lines = Lines()
      lines.reserve(items.reduce(0) { $0 + ($1.place?.range.count ?? 0) + 1 })
      for item in items {
        try append(item, item.view, attached: unknown, parent, known: known, to: &lines)
      }
      return try await hand(lines)
    }
    var held = Lines()
    // Where many parents are read side by side, few items of each are: what they hold while they are read is bounded.
    let concurrency = reader.session.connector.concurrency
    try await inOrder(items, width: parent == nil ? concurrency : min(concurrency, 4)) { item, _ in
      await completed(item, parent)
    } _: { (line: Result<Lines, Fault>) throws(Fault) in
      held.append(try line.get())
      guard held.bytes.count >= reader.session.runner.limits.waitingSize else { return }
      try await hand(held)
      held = Lines()
    }
    try await hand(held)
  }

  /// The items that an item stands for: itself, or those of the request that replaces it.
  private func expanded(
    _ item: ItemPointer.Item, _ parent: ParentResource?
  ) async throws(Fault) -> [ItemPointer.Item] {
    guard let expansion = reader.collection.shaping.expansion,
      item.view.value(at: expansion.when.name)?.plainText == expansion.when.value
    else { return [item] }
    let members: [JSONView]
    do throws(Fault) {
      members = try await reader.all(expansion.request, places(of: item, parent))
    } catch {
      // What does not exist any more stands for nobody.
      guard error.code == .gone else { throw error }
      losses.noteGone(error)
      return []
    }
    var items: [ItemPointer.Item] = []
    for member in members {
      var writer = JSONWriter()
      writer.object { $0.member(expansion.member, member) }
      items.append(ItemPointer.Item(key: nil, view: try JSONView(composed: writer.bytes)))
    }
    return items
  }

  private func places(
    of item: ItemPointer.Item, _ parent: ParentResource?
  ) -> @Sendable (String) -> String? {
    { place in
      place.hasPrefix("item.")
        ? item.view.scalarValue(place.dropFirst(5)) ?? item.view.field(String(place.dropFirst(5)))
        : parent?.value(place)
    }
  }

  private func isNew(_ view: JSONView) throws(Fault) -> Bool {
    guard let path = reader.collection.shaping.unique else { return true }
    guard let value = view.scalarValue(path[...]) ?? ResourceIdentity(path).of(view) else {
      return true
    }
    return try seen.insert(
      value.bounded(to: Evaluator.Bounds.identity), limit: reader.session.runner.limits.identities)
  }

  /// The line of an item with what had to be asked for; none when it was deleted meanwhile.
  ///
  /// What is asked for beside the item costs the item that part alone, where the vendor refuses it or
  /// has it no more: reading it is an error, and the item says why.
  private func completed(
    _ item: ItemPointer.Item, _ parent: ParentResource?
  ) async -> Result<Lines, Fault> {
    let shaping = reader.collection.shaping
    let value = places(of: item, parent)
    do throws(Fault) {
      var view = item.view
      if let detail = shaping.detail {
        do throws(Fault) {
          guard let answer = try await reader.all(detail, value).first else {
            throw Fault(.malformed, "an item has no details")
          }
          view = answer
        } catch {
          guard error.code == .gone else { throw error }
          losses.noteGone(error)
          return .success(Lines())
        }
      }
      var attached: [(name: String, part: ShapedResource.Part)] = []
      for (name, requests) in shaping.attached {
        do throws(Fault) {
          var values: [JSONView] = []
          for request in requests { values += try await reader.all(request, value) }
          attached.append((name, .many(values)))
        } catch {
          guard error.code.isDenial || [.gone, .notFound].contains(error.code) else { throw error }
          losses.noteUnread(name, error)
          attached.append((name, .unread(error.detail)))
        }
      }
      attached += reader.unknown.parts(chosen: shaping.members)
      var lines = Lines()
      try append(item, view, attached: attached, parent, known: writer.known, to: &lines)
      return .success(lines)
    } catch {
      return .failure(error)
    }
  }

  private func append(
    _ item: ItemPointer.Item, _ view: JSONView,
    attached: [(name: String, part: ShapedResource.Part)],
    _ parent: ParentResource?, known: SecretForms, to lines: inout Lines
  ) throws(Fault) {
    var leading: [(String, String)] = []
    if let parent { leading.append(("_parent", parent.id)) }
    if let key = item.key { leading.append(("_key", key)) }
    let chosen = reader.collection.shaping.members
    let before = lines.bytes.count
    // What was asked for beside the item stands in other answers.
    let isCopied =
      attached.isEmpty && keepsItems
      && item.place.flatMap {
        writer.copy(
          itemAt: $0.range.lowerBound, of: $0.text, leading: leading, known: known, to: &lines)
      } != nil
    if !isCopied {
      lines.append(
        try types.typed(
          writer.line(ShapedResource(view, attached: attached, chosen: chosen), leading: leading)))
    }
    try checkSize(lines.bytes.count - before - 1)
  }
}

/// Items that were left out, and parts of items that could not be read.
final class Losses: Sendable {
  private struct Noted {
    var gone: Fault?
    /// By name: how many items lack the part, and why the first does.
    var unread: [String: (count: Int, fault: Fault)] = [:]
  }

  private let noted = Mutex(Noted())
  private var unread: [String: (count: Int, fault: Fault)] { noted.withLock { $0.unread } }

  /// Why the first of the items that exist no more was left out.
  var gone: Fault? { noted.withLock { $0.gone } }

  func noteGone(_ fault: Fault) { noted.withLock { $0.gone = $0.gone ?? fault } }

  func noteUnread(_ part: String, _ fault: Fault) {
    noted.withLock { noted in
      let known = noted.unread[part]
      noted.unread[part] = ((known?.count ?? 0) + 1, known?.fault ?? fault)
    }
  }

  /// The first refusal.
  var refusal: Fault? { unread.sorted { $0.key < $1.key }.first?.value.fault }

  /// `Rules of 8 resources: the tenant does not have this feature`.
  var notes: [Fault] {
    unread.sorted { $0.key < $1.key }.map { part, loss in
      Fault(
        loss.fault.code,
        "\(part) of \(loss.count) resource\(loss.count == 1 ? "" : "s"): \(loss.fault.detail)")
    }
  }
}

/// The values of a field that were seen before.
private final class SeenValues: Sendable {
  private struct Seen {
    var values: Set<ExactText> = []
    var size = 0
  }

  private let seen = Mutex(Seen())

  func insert(_ value: String, limit: Int) throws(Fault) -> Bool {
    try seen.withLock { seen throws(Fault) in
      guard seen.values.insert(ExactText(value)).inserted else { return false }
      seen.size += value.utf8.count + 64
      guard seen.size <= limit else { throw Fault.identities(limit) }
      return true
    }
  }
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

  /// An item that is a bare text or number, by the name `value` that it has in a resource.
  func scalarValue(_ path: Substring) -> String? { path == "value" ? plainText : nil }

  /// A scalar as text; nil for null, arrays and objects.
  var plainText: String? {
    switch kind {
    case .string: string
    case .bool: bool.map { $0 ? "true" : "false" }
    default: int64.map(String.init)
    }
  }
}
