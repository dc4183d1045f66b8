/// What has a name of its own.
package protocol Named {
  var name: String { get }
}

/// Values in order of their names, each name once.
package struct ByName<Element: Named> {
  @usableFromInline var elements: [Element]
  /// The elements' own, in their order: values are large, and are looked up by name alone.
  package private(set) var names: [String]

  /// - Parameter elements: In any order; of several of one name the first counts.
  package init(_ elements: some Sequence<Element>) {
    let given = Array(elements)
    names = given.map(\.name)
    // Most come in order, and are large to be moved about.
    if zip(names, names.dropFirst()).allSatisfy({ $0 < $1 }) {
      self.elements = given
      return
    }
    self.elements = []
    for element in given.sorted(by: { $0.name < $1.name })
    where element.name != self.elements.last?.name {
      self.elements.append(element)
    }
    names = self.elements.map(\.name)
  }

  /// The value of a name. Setting one under another name than its own is a mistake of the caller.
  package subscript(name: String) -> Element? {
    get {
      let place = place(of: name)
      return place < names.count && names[place] == name ? elements[place] : nil
    }
    set {
      let place = place(of: name)
      let isThere = place < names.count && names[place] == name
      let places = place..<(isThere ? place + 1 : place)
      elements.replaceSubrange(places, with: [newValue].compactMap(\.self))
      names.replaceSubrange(places, with: newValue == nil ? [] : [name])
    }
  }

  /// The place of the first that is not before the name.
  private func place(of name: String) -> Int {
    var range = names.startIndex..<names.endIndex
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        names[middle] < name
        ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }

  /// Each value changed, its name apart.
  package mutating func update(_ change: (inout Element) -> Void) {
    for index in elements.indices { change(&elements[index]) }
  }
}

extension ByName: Sendable where Element: Sendable {}
extension ByName: Equatable where Element: Equatable {}
extension ByName: Hashable where Element: Hashable {}

extension ByName: RandomAccessCollection {
  @inlinable package var startIndex: Int { elements.startIndex }
  @inlinable package var endIndex: Int { elements.endIndex }
  @inlinable package subscript(index: Int) -> Element { elements[index] }
  /// The array's own: one by place copies each value once more.
  @inlinable package func makeIterator() -> [Element].Iterator { elements.makeIterator() }
}

extension ByName: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}
