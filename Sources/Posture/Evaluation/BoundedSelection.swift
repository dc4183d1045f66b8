/// Keeps the elements with the smallest keys out of any number, in memory that does not grow.
///
/// Which ones are kept depends on the keys alone, never on the order of arrival, so that the same
/// tenant listed otherwise is recorded alike.
struct BoundedSelection<Element> {
  private var entries: [(key: String, element: Element)] = []
  private var largestKept: String?
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether an element with the key would be kept: ask before building an expensive one.
  func accepts(_ key: String) -> Bool {
    guard let largestKept else { return true }
    return key < largestKept
  }

  mutating func insert(_ element: Element, key: String) {
    guard accepts(key) else { return }
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
