extension Dictionary {
  /// The pairs; of those with one key, the first counts.
  @inlinable public init(firstOf pairs: some Sequence<(Key, Value)>) {
    self.init(pairs, uniquingKeysWith: { first, _ in first })
  }
}

extension Sequence {
  /// The elements by what each is known by; of those with one key, the first counts.
  @inlinable public func keyed<Key: Hashable>(by key: (Element) -> Key) -> [Key: Element] {
    Dictionary(firstOf: map { (key($0), $0) })
  }
}
