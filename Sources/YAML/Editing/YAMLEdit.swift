/// Edits of YAML text that leave everything else as it is: comments, layout, quotes, line endings.
///
/// Every edit is checked: the new text is parsed, and must differ from the old in exactly the value
/// that was to change. Otherwise it throws and the text stays as it was.
///
/// ```swift
/// var edit = try YAMLEdit(text, file: "okta.yaml")
/// try edit.set(["spec", "recommendations"], to: .verbatim("off"))
/// ```
public struct YAMLEdit: Sendable {
  /// What an edit writes.
  public enum Replacement: Sendable, Hashable {
    /// A value, spelt as ``YAMLWriter`` spells it: the string `on` in quotes.
    case value(YAMLValue)
    /// A scalar as it is to stand in the file: `on` for a switch, or with quotes of one's own.
    case verbatim(String)
  }

  /// Where in a mapping an entry is inserted.
  public enum Place: Sendable, Hashable {
    /// Before every other field.
    case first
    /// Behind every other field.
    case last
    /// Behind another field; last where there is no such field.
    case after(String)
  }

  /// The text as it stands after the edits so far.
  public private(set) var text: String
  /// The text's documents, with places in ``text``.
  public private(set) var documents: [Document]
  /// The file's name for marks.
  public let file: String
  let limits: YAMLLimits

  /// A text to edit.
  ///
  /// - Throws: ``YAMLEditError`` when the text has errors.
  public init(
    _ text: String, file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLEditError) {
    self.text = text
    self.file = file
    self.limits = limits
    documents = try Self.parse(text, file: file, limits: limits)
  }

  /// A file's bytes to edit.
  ///
  /// - Throws: ``YAMLEditError`` when they have errors, such as not to be UTF-8.
  public init(
    _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLEditError) {
    let diagnostics = Diagnostics()
    _ = YAMLParser.parse(bytes, file: file, limits: limits, into: diagnostics)
    // Decoding would repair what is not UTF-8, and the repair would be written back.
    guard !diagnostics.hasErrors else { throw YAMLEditError(.unreadable(diagnostics.all)) }
    try self.init(String(decoding: bytes, as: UTF8.self), file: file, limits: limits)
  }

  /// Replaces the value at a path, whatever it was; a comment behind it stays.
  ///
  /// - Throws: ``YAMLEditError`` when nothing stands at the path, or when the edit would change more,
  ///   as where the value is shared through an anchor.
  public mutating func set(
    _ path: YAMLPath, to replacement: Replacement, inDocument index: Int = 0
  ) throws(YAMLEditError) {
    let target = try target(at: path, inDocument: index)
    let value = try value(of: replacement, at: path)
    let change = change(replacing: target, with: replacement)
    try make(change, at: path, inDocument: index) { $0.replacing(path.elements[...], with: value) }
  }

  /// Inserts an entry into the mapping at a path, or into the empty value there.
  ///
  /// - Throws: ``YAMLEditError`` when there is no mapping, it has the key already, or the edit would
  ///   change more.
  public mutating func insert(
    _ key: String, _ replacement: Replacement, into path: YAMLPath, at place: Place = .last,
    inDocument index: Int = 0
  ) throws(YAMLEditError) {
    let target = try target(at: path, inDocument: index)
    let value = try value(of: replacement, at: path)
    let entries: [Node.Entry]
    switch target.node.content {
    case .mapping(let existing): entries = existing
    case .scalar("") where target.node.isNull: entries = []
    default:
      throw YAMLEditError(
        .notFound(path: path.description, problem: "expected a mapping, found \(target.node.found)")
      )
    }
    guard !entries.contains(where: { $0.name == key }) else {
      throw YAMLEditError(
        .notFound(path: path.description, problem: "it has a field '\(Excerpt.of(key))' already"))
    }
    let position = Self.position(of: place, in: entries)
    let change = change(inserting: key, replacement, into: target, at: position)
    try make(change, at: path.appending(key), inDocument: index) {
      $0.inserting(key, value, at: position, into: path.elements[...])
    }
  }

  /// Removes a field with its lines; comments above it stay.
  ///
  /// - Parameter path: The field's own path; it ends with a key.
  /// - Throws: ``YAMLEditError`` when there is no such field, or when the edit would change more.
  public mutating func remove(
    _ path: YAMLPath, inDocument index: Int = 0
  ) throws(YAMLEditError) {
    guard case .key(let key) = path.elements.last else {
      throw YAMLEditError(
        .notFound(path: path.description, problem: "only a mapping's field can be removed"))
    }
    let parent = YAMLPath(Array(path.elements.dropLast()))
    let target = try target(at: parent, inDocument: index)
    guard let entries = target.node.entries,
      let position = entries.firstIndex(where: { $0.name == key })
    else {
      throw YAMLEditError(.notFound(path: path.description, problem: "there is no such field"))
    }
    let change = try change(removing: position, from: target, at: path)
    try make(change, at: path, inDocument: index) { $0.removing(path.elements[...]) }
  }

  /// Adds a document at the end of the file.
  ///
  /// - Throws: ``YAMLEditError`` when what stands in the file would change, as where it ends inside a
  ///   literal block without a line break.
  public mutating func append(document value: YAMLValue) throws(YAMLEditError) {
    let change = change(appending: value)
    let before = try documents.map { (document) throws(YAMLEditError) in try plain(document.root) }
    try make(change, at: YAMLPath(), expecting: before + [value])
  }

  /// Makes a change to one document and checks it.
  private mutating func make(
    _ change: TextChange, at path: YAMLPath, inDocument index: Int,
    _ transform: (YAMLValue) -> YAMLValue
  ) throws(YAMLEditError) {
    var expected = try documents.map { (document) throws(YAMLEditError) in
      try plain(document.root)
    }
    expected[index] = transform(expected[index])
    try make(change, at: path, expecting: expected)
  }

  private mutating func make(
    _ change: TextChange, at path: YAMLPath, expecting expected: [YAMLValue]
  ) throws(YAMLEditError) {
    let changed = change.applied(to: text)
    let diagnostics = Diagnostics()
    let parsed = YAMLParser.parse(changed, file: file, limits: limits, into: diagnostics)
    if let error = diagnostics.errors.first {
      throw YAMLEditError(
        .unsafe(path: path.description, problem: "the result has an error, \(error.message)"))
    }
    let found = try parsed.map { (document) throws(YAMLEditError) in try plain(document.root) }
    guard found == expected else {
      throw YAMLEditError(
        .unsafe(path: path.description, problem: "another value would change with it"))
    }
    text = changed
    documents = parsed
  }

  private static func position(of place: Place, in entries: [Node.Entry]) -> Int {
    switch place {
    case .first: 0
    case .last: entries.count
    case .after(let key):
      entries.firstIndex { $0.name == key }.map { $0 + 1 } ?? entries.count
    }
  }

  private static func parse(
    _ text: String, file: String, limits: YAMLLimits
  ) throws(YAMLEditError) -> [Document] {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(text, file: file, limits: limits, into: diagnostics)
    guard !diagnostics.hasErrors else {
      throw YAMLEditError(.unreadable(diagnostics.all))
    }
    return documents
  }

  private func plain(_ node: Node) throws(YAMLEditError) -> YAMLValue {
    let diagnostics = Diagnostics()
    guard let value = YAMLValue(node, into: diagnostics) else {
      throw YAMLEditError(.unreadable(diagnostics.all))
    }
    return value
  }
}
