package import Posture
package import Text
internal import YAML

/// An exception that somebody wants to declare.
package struct ExceptionDraft: Sendable {
  /// The names of the recommendations that it is about; one or more.
  package var recommendations: [String]
  /// The names of the instances that it holds on.
  package var instances: [String]
  /// What is decided: accepted, planned, or resolved elsewhere.
  package var status: Status
  /// CEL over `resource`: the resources that are meant; nil for the whole recommendation.
  package var resources: String?
  /// Why it is decided so.
  package var justification: String
  /// Who answers for it.
  package var owner: String
  /// Where the work is tracked; nil for nowhere.
  package var ticket: String?
  /// The last day (in UTC) on which it holds; nil for no end.
  package var expires: CalendarDate?
  /// Nil: one is made of the instance and the recommendation.
  package var name: String?
  /// Relative to the repository's root; nil: `exceptions/<app>.yaml` in the desired state.
  package var file: String?

  package init(
    recommendations: [String], instances: [String], status: Status, resources: String? = nil,
    justification: String, owner: String, ticket: String? = nil, expires: CalendarDate? = nil,
    name: String? = nil, file: String? = nil
  ) {
    self.recommendations = recommendations
    self.instances = instances
    self.status = status
    self.resources = resources
    self.justification = justification
    self.owner = owner
    self.ticket = ticket
    self.expires = expires
    self.name = name
    self.file = file
  }

  /// The document, with its fields in the order of the documentation.
  func document(named name: String) -> YAMLValue {
    let names: (String, YAMLValue) =
      recommendations.count == 1
      ? ("recommendation", .string(recommendations[0]))
      : ("recommendations", .list(recommendations.map(YAMLValue.string)))
    var spec: [(String, YAMLValue)] = [
      names, ("status", .string(status.rawValue)),
      ("instances", .list(instances.map(YAMLValue.string))),
    ]
    func add(_ key: String, _ text: String?) {
      if let text { spec.append((key, .string(text))) }
    }
    add("resources", resources)
    add("justification", justification)
    add("owner", owner)
    add("ticket", ticket)
    add("expires", expires?.description)
    return .map([
      ("apiVersion", .string(Envelope.apiVersion)),
      ("kind", .string(DocumentKind.exception.rawValue)),
      ("metadata", .map([("name", .string(name))])), ("spec", .map(spec)),
    ])
  }

  /// A name that nobody has: the instance and what is excepted, with a number where that is taken.
  ///
  /// - Parameter app: The app of the recommendations.
  func derivedName(app: String, taken: Set<String>) -> String {
    let named =
      recommendations[0].hasPrefix(app + "-")
      ? String(recommendations[0].dropFirst(app.count + 1)) : recommendations[0]
    // Microsoft's own have other characters in their names than documents may.
    let subject = String(
      named.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let base = "\(instances.count == 1 ? instances[0] : app)-\(subject)"
    for number in 1...taken.count + 1 {
      let suffix = number == 1 ? "" : "-\(number)"
      var name = String(base.prefix(63 - suffix.count))
      while name.hasSuffix("-") { name.removeLast() }
      if !taken.contains(name + suffix) { return name + suffix }
    }
    return base
  }
}
