internal import JSON

/// Keeps the elements with the smallest keys out of any number, in memory that does not grow.
///
/// Which ones are kept depends on the keys and weights alone, never on the order of arrival, so that the same
/// tenant listed otherwise is recorded alike: in the order of the keys, all before the first that has no room. What has no
/// room is known with each arrival, so that one who has seen fewer never refuses what one who has seen more accepts.
struct BoundedSelection<Element> {
  private struct Entry {
    let key: BoundedSelectionKey
    let element: Element
    let weight: Int
  }

  /// In no order; nil where an element was left out since.
  private var entries: [Entry?] = []
  private var vacant: [Int32] = []
  /// Where the kept ones are, in the order of their keys.
  private var order: [Int32] = []
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
    insert(Entry(key: key, element: element, weight: weight))
  }

  private mutating func insert(_ entry: Entry) {
    if let smallestLeftOut, entry.key >= smallestLeftOut { return }
    let place: Int32
    if let known = vacant.popLast() {
      place = known
      entries[Int(place)] = entry
    } else {
      place = Int32(entries.count)
      entries.append(entry)
    }
    order.insert(place, at: end(before: entry.key))
    weight += entry.weight
    while order.count > limit || weight > room { leaveLastOut() }
  }

  /// Keeps what another selection has kept, as if all its elements had come here.
  mutating func absorb(_ other: Self) {
    if let bound = other.smallestLeftOut, smallestLeftOut.map({ bound < $0 }) ?? true {
      while let last = order.last, let entry = entries[Int(last)], entry.key >= bound {
        leaveLastOut()
      }
      smallestLeftOut = bound
    }
    for place in other.order {
      if let entry = other.entries[Int(place)] { insert(entry) }
    }
  }

  /// The kept elements in order of their identities.
  func finish() -> [Element] {
    var kept = order.compactMap { entries[Int($0)] }
    if kept.last?.key.isLast == true { kept.sort { $0.key.comesBefore($1.key) } }
    return kept.map(\.element)
  }

  /// How many come before the key, or are the same and came first.
  private func end(before key: BoundedSelectionKey) -> Int {
    var (low, high) = (0, order.count)
    // Most vendors list by identity.
    if let last = order.last, let entry = entries[Int(last)], !(key < entry.key) { return high }
    while low < high {
      let middle = (low + high) / 2
      if let entry = entries[Int(order[middle])], key < entry.key {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }

  private mutating func leaveLastOut() {
    guard let place = order.popLast(), let entry = entries[Int(place)] else { return }
    weight -= entry.weight
    smallestLeftOut = entry.key
    entries[Int(place)] = nil
    vacant.append(place)
  }
}
