internal import Text
internal import YAML

/// Checks what one part of a manifest says of another.
extension Connector {
  /// Checks the names in braces. They are parameters; below `forEach` also `parent.…`, and in what
  /// is asked for each item `item.…`. Credentials stand in proofs of identity alone, with the
  /// members of one that is JSON.
  func checkNames(_ diagnostics: Diagnostics) {
    let parameters = Set(parameters.map(\.name))
    let secrets = Set(credentials.map(\.name))
    func check(_ template: Template?, _ names: Set<String>, _ prefixes: [String] = []) {
      guard let template, let mark = template.mark else { return }
      for place in template.places
      where !names.contains(place) && !prefixes.contains(where: place.hasPrefix) {
        let hint = Suggestion.hint(for: place, among: names)
        let known = (names.sorted() + prefixes.map { $0 + "…" }).joined(separator: ", ")
        diagnostics.error(
          "nothing named '{\(place)}' may stand here"
            + (hint.isEmpty ? (known.isEmpty ? "" : "; known: \(known)") : hint), at: mark)
      }
    }
    func own(_ request: ConnectorRequest) -> [String] { request.columns.isEmpty ? [] : ["columns"] }
    check(baseURL, parameters)
    for (template, own) in authentication.flatMap(\.templates) {
      check(template, parameters.union(secrets).union(own), secrets.sorted().map { $0 + "." })
    }
    for authorization in authentication.compactMap(\.refresh?.authorization) {
      // What a browser shows and keeps: nothing that proves who asks.
      let shown = Set(credentials.filter { !$0.isSecret }.map(\.name))
      check(authorization.url, parameters)
      check(authorization.client, parameters.union(shown))
      for parameter in authorization.parameters {
        check(parameter.value, parameters.union(shown).union(["scopes"]))
      }
    }
    for collection in collections {
      let parent = collection.forEach == nil ? [] : ["parent."]
      for request in collection.requests {
        for template in request.templates {
          check(template, parameters.union(own(request)), parent)
        }
      }
      for request in collection.shaping.requests {
        for template in request.templates {
          check(template, parameters.union(own(request)), parent + ["item."])
        }
      }
    }
  }

  /// Checks that what names the tenant is a collection, and where a parameter may, a parameter.
  ///
  /// - Parameter nodes: The names of the tenant as they are written.
  func checkTenant(_ nodes: [Node], _ diagnostics: Diagnostics) {
    for (item, node) in zip(tenant, nodes) {
      if !collections.contains(where: { $0.name == item.collection }) {
        diagnostics.error(
          "no collection named '\(item.collection)'"
            + Suggestion.hint(for: item.collection, among: collections.map(\.name)), at: node.mark)
      }
      if let name = item.parameter, !parameters.contains(where: { $0.name == name }) {
        diagnostics.error(
          "no parameter named '\(name)'"
            + Suggestion.hint(for: name, among: parameters.map(\.name)), at: node.mark)
      }
    }
  }

  /// Checks the collections' names, that requests have a base URL, and that `forEach` names a
  /// collection without a circle.
  ///
  /// - Parameter entries: The collections as they are written.
  func checkCollections(_ entries: [Node.Entry], _ diagnostics: Diagnostics) {
    let names = collections.map(\.name)
    for (collection, entry) in zip(collections, entries) {
      if !isFileName(collection.name) {
        diagnostics.error(
          "a collection is named with letters, digits, '_' and '-': it becomes a file's name",
          at: entry.key.mark)
      }
      if !collection.requests.isEmpty, baseURL == nil {
        diagnostics.error("missing field 'baseURL': this request is below it", at: entry.value.mark)
      }
      guard let parent = collection.forEach else { continue }
      guard names.contains(parent) else {
        diagnostics.error(
          "no collection named '\(parent)' in this connector"
            + Suggestion.hint(for: parent, among: names), at: entry.value.mark)
        continue
      }
      var ancestor: String? = parent
      for _ in names where ancestor != nil {
        ancestor = collections.first { $0.name == ancestor }?.forEach
      }
      if ancestor != nil {
        diagnostics.error("'\(collection.name)' is read for each of itself", at: entry.value.mark)
      }
    }
  }

  private func isFileName(_ name: String) -> Bool {
    name.utf8.count <= 128
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
          || $0 == 45
      }
  }
}
