extension YAMLEdit {
  /// A node to edit, with what is around it.
  struct Target {
    let node: Node
    /// The entry whose value it is, if its parent is a mapping.
    let entry: Node.Entry?
    /// Whether brackets are around it.
    let isInsideFlow: Bool
    /// The column, from 1, where the entry that holds it begins; 0 for the root.
    let outerColumn: Int
  }

  /// Finds the node at a path.
  func target(at path: YAMLPath, inDocument index: Int) throws(YAMLEditError) -> Target {
    guard documents.indices.contains(index) else {
      throw YAMLEditError(.noDocument(index: index, count: documents.count))
    }
    var target = Target(
      node: documents[index].root, entry: nil, isInsideFlow: false, outerColumn: 0)
    var walked = YAMLPath()
    for element in path.elements {
      let isInsideFlow = target.isInsideFlow || target.node.style == .flow
      walked.elements.append(element)
      switch element {
      case .key(let key):
        guard let entry = target.node.entry(key) else {
          throw YAMLEditError(
            .notFound(path: walked.description, problem: "there is no such field"))
        }
        target = Target(
          node: entry.value, entry: entry, isInsideFlow: isInsideFlow,
          outerColumn: Int(entry.key.start.column))
      case .index(let index):
        guard let item = target.node[index] else {
          throw YAMLEditError(.notFound(path: walked.description, problem: "there is no such item"))
        }
        target = Target(
          node: item, entry: nil, isInsideFlow: isInsideFlow,
          outerColumn: Int(target.node.start.column))
      }
    }
    return target
  }

  /// The value that a replacement is read as.
  func value(of replacement: Replacement, at path: YAMLPath) throws(YAMLEditError) -> YAMLValue {
    switch replacement {
    case .value(let value): return value
    case .verbatim(let text):
      let diagnostics = Diagnostics()
      let documents = YAMLParser.parse(text, file: file, limits: limits, into: diagnostics)
      guard !diagnostics.hasErrors, documents.count == 1, let node = documents.first?.root,
        node.kind == .scalar, !text.utf8.contains(UInt8(ascii: "\n")),
        node.byteRange == 0..<text.utf8.count, let value = YAMLValue(node, into: diagnostics)
      else {
        throw YAMLEditError(
          .notFound(
            path: path.description, problem: "'\(Excerpt.of(text))' is not a scalar on one line"))
      }
      return value
    }
  }
}

/// Bytes of a text to be replaced.
struct TextChange {
  var range: Range<Int>
  var replacement: String

  func applied(to text: String) -> String {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    let end = utf8.index(utf8.startIndex, offsetBy: range.upperBound)
    return String(Substring(utf8[..<start])) + replacement + String(Substring(utf8[end...]))
  }
}

extension YAMLValue {
  /// The value with another one at a path that exists.
  func replacing(_ path: ArraySlice<YAMLPath.Element>, with value: YAMLValue) -> YAMLValue {
    changing(path) { _ in value }
  }

  /// The value with an entry more in the mapping (or null) at a path.
  func inserting(
    _ key: String, _ value: YAMLValue, at position: Int, into path: ArraySlice<YAMLPath.Element>
  ) -> YAMLValue {
    changing(path) { mapping in
      var entries: [(String, YAMLValue)] = []
      if case .map(let existing) = mapping { entries = existing }
      entries.insert((key, value), at: position)
      return .map(entries)
    }
  }

  /// The value without the field at a path that ends with a key.
  func removing(_ path: ArraySlice<YAMLPath.Element>) -> YAMLValue {
    changing(path.dropLast()) { mapping in
      guard case .map(let entries) = mapping, case .key(let key) = path.last else { return mapping }
      return .map(entries.filter { $0.0 != key })
    }
  }

  private func changing(
    _ path: ArraySlice<YAMLPath.Element>, _ transform: (YAMLValue) -> YAMLValue
  ) -> YAMLValue {
    switch (path.first, self) {
    case (nil, _): transform(self)
    case (.key(let key), .map(let entries)):
      .map(
        entries.map { name, value in
          (name, name == key ? value.changing(path.dropFirst(), transform) : value)
        })
    case (.index(let index), .list(let items)):
      .list(
        items.enumerated().map {
          $0 == index ? $1.changing(path.dropFirst(), transform) : $1
        })
    default: self
    }
  }
}
