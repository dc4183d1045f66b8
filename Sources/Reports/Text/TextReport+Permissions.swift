package import Posture

extension TextReport {
  /// `plumb catalog permissions`: by app, whose instances need the same.
  package static func permissions(
    _ instances: [InstancePermissions], options: Options = Options()
  ) -> String {
    var page = options.page
    for group in AppPermissions.groups(instances) {
      page.heading("\(group.title): \(group.instances.map(\.instance).joined(separator: ", "))")
      let needs = group.needs
      for permission in needs.permissions {
        page.line(
          [
            TextSpan(permission.name, .bold),
            TextSpan("  to read \(permission.collections.joined(separator: ", "))", .dim),
          ], indent: 2, hanging: 4)
        page.line(
          [
            TextSpan(
              (permission.recommendations.isEmpty
                ? permission.imports.map(\.title) : permission.recommendations)
                .joined(separator: ", "))
          ], indent: 4)
      }
      page.blank()
      page.line(
        "\(Words.count(needs.permissions.count, "permission")) for \(Words.count(needs.recommendationCount, "recommendation")).",
        indent: 2)
      if !needs.scopes.isEmpty {
        page.line(
          [TextSpan("As OAuth scopes: \(needs.scopes.joined(separator: ", "))")], indent: 2,
          hanging: 2)
      }
      page.blank()
      for instance in group.instances {
        for way in instance.ways {
          page.line(
            [
              TextSpan("\(instance.instance), \(way.name): "),
              TextSpan(way.variables.joined(separator: " ")),
            ], indent: 2, hanging: 2)
        }
      }
      if needs.isBuiltIn {
        page.line("How to create them: plumb catalog show connector \(group.app)", .dim, indent: 2)
      }
    }
    return page.text
  }
}

/// The instances of an app: their recommendations, and so their permissions, are the same.
struct AppPermissions {
  let app: String
  let title: String
  let needs: InstancePermissions
  let instances: [InstancePermissions]

  static func groups(_ instances: [InstancePermissions]) -> [AppPermissions] {
    Dictionary(grouping: instances, by: \.app).sorted { $0.key < $1.key }.compactMap { app, all in
      all.first.map {
        AppPermissions(app: app, title: $0.appTitle, needs: $0, instances: all)
      }
    }
  }
}
