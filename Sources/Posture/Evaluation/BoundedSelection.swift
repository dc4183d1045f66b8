internal import JSON

/// Keeps the elements with the smallest keys out of any number, in memory that does not grow.
///
/// Which ones are kept depends on the keys and weights alone, never on the order of arrival, so that the same
/// tenant listed otherwise is recorded alike: in the order of the keys, all before the first that has no room.
struct BoundedSelection<Element> {
  private var entries: [(key: BoundedSelectionKey, element: Element, weight: Int)] = []
  /// What has no room, however many smaller ones are still to come.
  private var smallestLeftOut: BoundedSelectionKey?
  private var weight = 0
  let limit: Int
  /// How much all that is kept may weigh.
  let room: Int

  /// Whether something was left out.
  var isCut: Bool { smallestLeftOut != nil }

  init(limit: Int, room: Int) {
    self.limit = limit
    self.room = room
  }

  /// Whether an element of that identity may be kept: ask before building an expensive one.
  func accepts(_ id: String, isLast: Bool = false) -> Bool {
    guard let smallestLeftOut else { return true }
    if isLast != smallestLeftOut.isLast { return !isLast }
    return ExactText(id) <= ExactText(smallestLeftOut.id)
  }

  /// The first identity that has no room, as have none behind it; nil when all may have.
  var firstLeftOut: String? {
    smallestLeftOut.flatMap { $0.isLast ? nil : $0.id }
  }

  mutating func insert(_ element: Element, key: BoundedSelectionKey, weight: Int) {
    if let smallestLeftOut, key >= smallestLeftOut { return }
    entries.append((key, element, weight))
    self.weight += weight
    if entries.count / 2 >= limit || self.weight / 2 >= room { trim() }
  }

  /// The kept elements in order of their identities.
  mutating func finish() -> [Element] {
    trim()
    if entries.last?.key.isLast == true { entries.sort { $0.key.comesBefore($1.key) } }
    return entries.map(\.element)
  }

  private mutating func trim() {
    entries.sort { $0.key < $1.key }
    var kept = 0
    weight = 0
    while kept < min(limit, entries.count), weight + entries[kept].weight <= room {
      weight += entries[kept].weight
      kept += 1
    }
    guard kept < entries.count else { return }
    smallestLeftOut = entries[kept].key
    entries.removeSubrange(kept...)
  }
}
