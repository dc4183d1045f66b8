/// Keeps the elements with the smallest keys out of any number, in memory that does not grow.
///
/// Which ones are kept depends on the keys alone, never on the order of arrival, so that the same
/// tenant listed otherwise is recorded alike.
struct BoundedSelection<Element> {
  private var entries: [(key: BoundedSelectionKey, element: Element)] = []
  private var largestKept: BoundedSelectionKey?
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether an element of that identity may be kept: ask before building an expensive one.
  func accepts(_ id: String) -> Bool {
    guard let largestKept else { return true }
    return id <= largestKept.id
  }

  mutating func insert(_ element: Element, key: BoundedSelectionKey) {
    if let largestKept, key >= largestKept { return }
    entries.append((key, element))
    if entries.count >= limit * 2 { trim() }
  }

  /// The kept elements in order of their keys.
  mutating func finish() -> [Element] {
    trim()
    return entries.map(\.element)
  }

  private mutating func trim() {
    entries.sort { $0.key < $1.key }
    guard entries.count > limit else { return }
    entries.removeLast(entries.count - limit)
    largestKept = entries.last?.key
  }
}
