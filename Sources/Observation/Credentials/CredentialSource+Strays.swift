internal import Connectors
internal import Text

/// Names what was given and goes nowhere: a sentence each, without values.
extension CredentialSource {
  /// What may have been meant for an instance that lacks credentials.
  func strays(near instance: String, of connector: Connector) -> [String] {
    let known = Self.fields(of: connector)
    var strays = unknownFields(of: instance, connector)
    if file[instance] == nil, let other = Suggestion.closest(to: instance, among: file.keys) {
      strays.append("--credentials has '\(other)', and nothing of '\(instance)'")
    }
    let variables = known.map { Self.variable(instance, $0) }
    let set = environment.keys.filter {
      $0.hasPrefix("PLUMB_") && !variables.contains($0) && !Self.isReserved($0)
    }
    strays += set.sorted().compactMap { variable in
      Suggestion.closest(to: variable, among: variables).map {
        "\(variable) is set; did you mean '\($0)'?"
      }
    }
    return strays
  }

  /// What nothing reads of all that was given, beside what instances need. Of those that lack something,
  /// ``strays(near:of:)`` tells.
  ///
  /// - Parameter targets: Every instance that is read over an API.
  func unused(by targets: [ObservationTarget]) -> [String] {
    let fit = targets.filter { $0.missingCredentials == nil }
    return fit.flatMap(idleFields) + fit.flatMap { unknownFields(of: $0.name, $0.connector) }
      + unknownInstances(targets) + unknownVariables(targets, fit: Set(fit.map(\.name)))
  }

  private static func fields(of connector: Connector) -> [String] {
    connector.credentials.map(\.name) + ["host"]
  }

  /// Fields of the connector that the ways in that are taken do not need.
  private func idleFields(of target: ObservationTarget) -> [String] {
    let ways = Authenticator.usable(target.connector, credentials: target.credentials)
    guard let first = ways.first else { return [] }
    let idle = target.credentials.fields.subtracting(ways.flatMap(\.fields))
      .intersection(target.connector.credentials.map(\.name))
    return idle.sorted().map { field in
      "\(Self.variable(target.name, field)) (or '\(field)' of '\(target.name)' in --credentials) is given and not used: '\(first.name)' needs none"
    }
  }

  private func unknownFields(of instance: String, _ connector: Connector) -> [String] {
    let known = Self.fields(of: connector)
    return (file[instance] ?? [:]).keys.filter { !known.contains($0) }.sorted().map { field in
      "'\(field)' of '\(instance)' in --credentials is no field of \(connector.displayName)"
        + Suggestion.hintOrList(for: field, among: known)
    }
  }

  private func unknownInstances(_ targets: [ObservationTarget]) -> [String] {
    let names = targets.map(\.name)
    return file.keys.filter { !names.contains($0) }.sorted().map { name in
      "'\(name)' in --credentials is no instance that is read over an API"
        + Suggestion.hint(for: name, among: names)
    }
  }

  /// Variables that begin like an instance's, and those that are almost one's.
  private func unknownVariables(_ targets: [ObservationTarget], fit: Set<String>) -> [String] {
    let known = Dictionary(
      firstOf: targets.flatMap { target in
        Self.fields(of: target.connector).map { (Self.variable(target.name, $0), target.name) }
      })
    let prefixes = targets.map { target in
      (target: target, prefix: Self.variable(target.name, ""))
    }
    return environment.filter { name, value in
      name.hasPrefix("PLUMB_") && !value.isEmpty && known[name] == nil
        && !Self.isReserved(name) && !Self.ownVariables.contains(name)
    }.keys.sorted().compactMap { name in
      // Of `okta` and `okta-eu`, the longer one is meant.
      let owner = prefixes.filter { name.hasPrefix($0.prefix) }
        .max { $0.prefix.utf8.count < $1.prefix.utf8.count }
      if let owner {
        guard fit.contains(owner.target.name) else { return nil }
        let own = Self.fields(of: owner.target.connector)
          .map { Self.variable(owner.target.name, $0) }
        return "\(name) is set, and \(owner.target.connector.displayName) has no such field"
          + Suggestion.hintOrList(for: name, among: own)
      }
      guard let near = Suggestion.closest(to: name, among: known.keys),
        known[near].map(fit.contains) == true
      else { return nil }
      return "\(name) is set, and no instance reads it; did you mean '\(near)'?"
    }
  }
}
