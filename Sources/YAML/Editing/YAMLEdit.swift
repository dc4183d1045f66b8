/// Edits of YAML text that leave everything else as it is: comments, layout, quotes, line endings.
///
/// Every edit is checked: the new text is parsed, and must differ from the old in exactly the value
/// that was to change. Otherwise it throws and the text stays as it was.
public struct YAMLEdit: Sendable {
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
}
