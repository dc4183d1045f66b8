package import Connectors
package import Posture

extension TextReport {
  /// How the credentials of one instance are made: the connector's steps with the instance's own names, what the
  /// credentials must be allowed, and the variables that give them.
  ///
  /// - Parameters:
  ///   - needs: What the instance's recommendations read.
  ///   - prefix: What the variables that the credentials are read from begin with.
  ///   - given: The variables that are set.
  package static func setup(
    _ connector: Connector, for needs: InstancePermissions, prefix: String, given: Set<String>,
    options: Options = Options()
  ) -> String {
    var page = options.page
    let name = needs.instance
    if let setup = connector.setup {
      page.heading("How to make the credentials of \(name)")
      for paragraph in SetupText.paragraphs(setup, instance: name, prefix: prefix) {
        if paragraph.isApart { page.blank() }
        page.line([TextSpan(whole: paragraph.text)], indent: 2, hanging: paragraph.hanging)
      }
    }
    if !needs.permissions.isEmpty {
      page.heading("What they must be allowed, and no more")
      for permission in needs.permissions {
        page.line(
          [
            TextSpan(permission.name, .bold),
            TextSpan(
              " for \(Words.count(permission.recommendations.count, "recommendation"))", .dim),
          ], indent: 2, hanging: 2)
      }
      if !needs.scopes.isEmpty {
        page.line(
          [TextSpan("As OAuth scopes: \(needs.scopes.joined(separator: " "))")], indent: 2,
          hanging: 2)
      }
    }
    page.heading("What Plumb reads them from")
    for (index, way) in needs.ways.enumerated() {
      page.line(index == 0 ? "\(way.name):" : "or \(way.name):", indent: 2)
      for variable in way.variables {
        page.line(
          [TextSpan(variable, .bold), TextSpan(given.contains(variable) ? "  is set" : "", .dim)],
          indent: 4)
      }
    }
    return page.text
  }
}

/// A connector's setup, which is Markdown, as paragraphs of plain text.
enum SetupText {
  struct Paragraph {
    var text: String
    /// Columns by which it goes on below its first line: those of an item's number.
    let hanging: Int
    /// Whether a blank line stands before it.
    let isApart: Bool
  }

  static func paragraphs(_ markdown: String, instance: String, prefix: String) -> [Paragraph] {
    let text = markdown.replacing("PLUMB_<INSTANCE>_", with: prefix)
      .replacing("<instance>", with: instance).replacing("**", with: "")
    var result: [Paragraph] = []
    var isApart = false
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words.isEmpty {
        isApart = true
        isOpen = false
        continue
      }
      let number = words.prefix { $0.isNumber }
      let isItem = !number.isEmpty && words.dropFirst(number.count).hasPrefix(". ")
      if isItem || !isOpen {
        result.append(
          Paragraph(
            text: String(words), hanging: isItem ? number.count + 2 : 0, isApart: isApart))
      } else {
        result[result.count - 1].text += " " + words
      }
      isApart = false
      isOpen = true
    }
    return result
  }
}
