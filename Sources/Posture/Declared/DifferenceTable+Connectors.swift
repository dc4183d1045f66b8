internal import JSON
internal import YAML

extension DifferenceTable {
  /// How an app is read: whatever asks for, keeps, or understands something else may read less.
  static let connectors: [DifferenceRow] =
    ([
      ([""], .coming(.neutral, going: .weakens, of: "!")),
      (
        [
          "metadata.labels", "displayName", "documentation", "setup", "concurrency", "rateLimit.**",
          "parameters.*.description", "parameters.*.example", "credentials.*.description",
        ], .neutral
      ),
      (
        [
          "parameters.**", "credentials.**", "hosts", "baseURL", "headers.**", "authentication.**",
          "pagination.**", "errors.**", "grantsHeader", "collections.**",
        ], .weakens
      ),
      (["redact", "collections.*.redact"], .list(more: .strengthens, fewer: .weakens)),
      (["collections.*"], .coming(.strengthens, going: .weakens, of: "!")),
      (["collections.*.label"], .neutral),
      (
        ["collections.*.permissions", "collections.*.scopes"],
        .list(more: .strengthens, fewer: .weakens)
      ),
    ] as [([String], FieldDifference)]).flatMap { paths, difference in
      paths.map { path in
        DifferenceRow(
          .connector, path.split(separator: ".").map(String.init), difference, .declarationChanged)
      }
    }
}
