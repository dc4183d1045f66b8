internal import YAML

/// Where reports may go: a branch's name by git's rules, a folder that is nobody else's.
extension NodeDecoder where Value == String {
  /// A branch's name, without `refs/heads/`, as `git check-ref-format` has it.
  static var branchName: NodeDecoder<String> {
    text.checked { name in
      branchProblem(name).map { "this is no name for the reports branch: \($0)" }
    }
  }

  /// A folder below the repository's root that neither git nor a forge's workflows use.
  static var reportsFolder: NodeDecoder<String> {
    repositoryPath.checked { path in
      let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if parts.contains("") || parts.contains(".") {
        return "'\(path)' has an empty or a '.' part; write it as reports/plumb"
      }
      if let part = parts.first(where: { $0.utf8.count > 200 }) {
        return "a folder's name has 200 bytes at the most; this one has \(part.utf8.count)"
      }
      if let part = parts.first(where: { $0.lowercased().hasPrefix(".git") }) {
        return "reports do not go into '\(part)': git and workflows use it"
      }
      return nil
    }
  }

  private static func branchProblem(_ name: String) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if name == "HEAD" || name == "@" || name.hasPrefix("refs/") { return "git uses it" }
    if name.hasPrefix("-") { return "it begins with '-'" }
    if name.utf8.count > 200 { return "it is longer than 200 bytes" }
    if parts.contains("") { return "it has an empty part between slashes" }
    if parts.contains(where: { $0.hasPrefix(".") || $0.hasSuffix(".lock") }) {
      return "a part begins with '.' or ends with '.lock'"
    }
    if name.hasSuffix(".") { return "it ends with '.'" }
    if name.contains("..") || name.contains("@{") { return "it has '..' or '@{'" }
    let forbidden = name.unicodeScalars.first {
      $0.value <= 0x20 || (0x7F...0x9F).contains($0.value) || "~^:?*[\\".unicodeScalars.contains($0)
        || $0.properties.generalCategory == .format || $0.properties.isWhitespace
    }
    return forbidden.map { scalar in
      scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F
        ? "it has '\(scalar)'" : "it has a blank, a control or an invisible character"
    }
  }
}
