internal import Connectors
internal import JSON
internal import Posture

/// Pages of which every item is stored as it came, or nearly so.
extension ItemShaper {
  /// Whether an item to which nothing was attached is stored as it came: what is asked for instead of it stands in another answer.
  var keepsItems: Bool {
    let shaping = reader.collection.shaping
    return shaping.detail == nil && shaping.members == nil && types.isEmpty
  }

  /// Whether every item of a page is a resource, and all of it.
  var isAsItCame: Bool {
    let shaping = reader.collection.shaping
    return keepsItems && shaping.filter.isEmpty && shaping.expansion == nil
      && shaping.unique == nil && shaping.attached.isEmpty
  }

  /// Hands over a page's items in one pass over its text: where they end shows when they are looked through for what is to be masked.
  func copy(
    _ view: JSONView, _ list: UnchangedItem.List, _ parent: ParentResource?,
    _ hand: (Lines) async throws(Fault) -> Void
  ) async throws(Fault) {
    let known = writer.known
    let leading = parent.map { [("_parent", $0.id)] } ?? []
    var lines = Lines()
    let limit = reader.session.runner.limits.waitingSize
    lines.reserve(min(list.text.count - list.start, limit))
    var behind = list.start
    for item in view.elements where !item.isNull {
      let before = lines.bytes.count
      let start = list.item(behind: behind)
      if let start,
        let end = writer.copy(
          itemAt: start, of: list.text, leading: leading, known: known, to: &lines)
      {
        behind = end
      } else {
        lines.append(
          writer.line(ShapedResource(item, attached: [], chosen: nil), leading: leading))
        if let start { behind = JSONPlaces.end(of: start, in: list.text.span) }
      }
      try checkSize(lines.bytes.count - before - 1)
      if lines.bytes.count >= limit {
        try await hand(lines)
        lines = Lines()
      }
    }
    try await hand(lines)
  }

  func checkSize(_ size: Int) throws(Fault) {
    let limit = reader.session.runner.limits.resourceSize
    guard size <= limit else {
      throw Fault(.tooLarge, "a resource has \(size) bytes; the limit is \(limit)")
    }
  }
}
