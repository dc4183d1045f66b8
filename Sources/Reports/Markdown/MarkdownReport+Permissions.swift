package import Posture

extension MarkdownReport {
  /// `plumb catalog permissions`: a section and a table for each app.
  package static func permissions(_ instances: [InstancePermissions]) -> [UInt8] {
    var page = MarkdownPage()
    for group in AppPermissions.groups(instances) {
      page.heading(2, "\(group.title)")
      let names = group.instances.map { "\(code: $0.instance)" as Markdown }.joined(", ")
      page.paragraph("For \(names).")
      page.table(
        ["Permission", "Collections", "Recommendations"],
        group.needs.permissions.map { permission in
          [
            "\(cell: permission.name)",
            permission.collections.map { "\(cell: $0)" as Markdown }.joined(", "),
            permission.recommendations.isEmpty
              ? "\(raw: permission.imports.map(\.title).joined(separator: ", "))"
              : permission.recommendations.map { "\(cell: $0)" as Markdown }.joined(", "),
          ]
        })
    }
    return page.bytes
  }
}
