#if Service
internal import Posture
internal import Reports

/// A request of the interface, checked: what is asked, of which report.
struct APICall: Sendable {
  let served: Publication
  /// The value of the path's variable; empty where it has none.
  let name: String
  private let values: [String: [String]]

  /// - Throws: ``Problem`` where something is asked that the route does not know, or in another form.
  init(
    served: Publication, name: String, query: WebQuery, parameters: [APIParameter]
  ) throws(Problem) {
    self.served = served
    self.name = name
    var values: [String: [String]] = [:]
    for (name, value) in query.pairs {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw .badRequest(
          "There is no parameter '\(name)' here"
            + (parameters.isEmpty
              ? "." : "; there are \(parameters.map(\.name).joined(separator: ", ")).")
        )
      }
      guard parameter.takes(value) else {
        throw .badRequest("'\(name)' is not what the description of the interface says.")
      }
      guard values[name, default: []].count < parameter.most else {
        throw .badRequest(
          "'\(name)' may stand \(parameter.most == 1 ? "once" : "\(parameter.most) times").")
      }
      values[name, default: []].append(value)
    }
    self.values = values
  }

  subscript(name: String) -> [String] { values[name] ?? [] }
  func number(_ name: String) -> Int? { self[name].first.flatMap { Int($0) } }

  /// The filters that are asked for, as the commands understand them.
  var filter: PlanFilter {
    var filter = PlanFilter()
    filter.apps = Set(self["app"])
    filter.instances = Set(self["instance"])
    filter.initiatives = Set(self["initiative"])
    filter.metrics = Set(self["metric"])
    filter.statuses = Set(self["status"].compactMap(Status.init))
    filter.compliances = Set(self["compliance"].compactMap(Compliance.init))
    for label in self["label"] { _ = filter.addLabel(label) }
    filter.recommendations.impacts = Set(self["impact"].compactMap(Impact.init))
    filter.recommendations.categories = Set(self["category"].compactMap(Category.init))
    filter.recommendations.frameworks = Set(self["framework"])
    for control in self["control"] { filter.recommendations.addControl(control) }
    for words in self["search"] { filter.recommendations.addSearch(words) }
    return filter
  }

  /// The part of a list that is asked for.
  ///
  /// - Throws: ``Problem/moved`` where the cursor is not of the report that is served.
  func page<Item>(of items: [Item]) throws(Problem) -> APIPage<[Item]> {
    let limit = number("limit") ?? 100
    let pin = served.report.revision.prefix(12)
    var offset = 0
    if let cursor = self["cursor"].first, !cursor.isEmpty {
      let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == pin, let number = Int(parts[1]),
        (0...items.count).contains(number)
      else { throw .moved }
      offset = number
    }
    let end = min(items.count, offset + limit)
    return APIPage(
      Array(items[offset..<end]), total: items.count,
      next: end < items.count ? "\(pin).\(end)" : nil)
  }
}
#endif
