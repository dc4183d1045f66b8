internal import JSON
import YAML

/// A collection of a connector as it is written.
struct CollectionManifest: Sendable {
  var identity: String?
  var label: String?
  var forEach: String?
  var draft: Connector.Collection

  func collection(named name: String) -> Connector.Collection {
    var result = Connector.Collection(
      name: name, identity: draft.isSingleton ? nil : identity ?? "id", label: label,
      forEach: forEach)
    result.requests = draft.requests
    result.parentFilter = draft.parentFilter
    result.fixed = draft.fixed
    result.notAvailable = draft.notAvailable
    result.isSingleton = draft.isSingleton
    result.isNeverEmpty = draft.isNeverEmpty
    result.permissions = draft.permissions
    result.scopes = draft.scopes
    result.errors = draft.errors
    result.redaction = draft.redaction
    result.shaping = draft.shaping
    result.fields = draft.fields
    return result
  }
}

extension NodeDecoder where Value == CollectionManifest {
  static func collection(_ scope: TemplateScope) -> NodeDecoder<CollectionManifest> {
    .mapping { fields in
      var draft = Connector.Collection(name: "", identity: nil, label: nil, forEach: nil)
      let forEach = fields.optional("forEach", as: .text)
      draft.isSingleton = fields.optional("singleton", as: .bool, default: false)
      draft.isNeverEmpty = fields.optional("nonEmpty", as: .bool, default: false)
      let isList = !draft.isSingleton
      let parent = forEach == nil ? [] : ["parent."]
      if fields.node("requests") != nil {
        draft.requests = fields.optional(
          "requests",
          as: .nonEmptyList(
            of: .mapping { ConnectorRequest($0, scope: scope, prefixes: parent, isList: isList) }),
          default: [])
      } else if let request = ConnectorRequest(
        fields, scope: scope, prefixes: parent, isList: isList, hasOwnErrors: false)
      {
        draft.requests = [request]
      }
      draft.parentFilter = fields.optional(
        "forEachWhere", as: .dictionary(of: .text), default: [:]
      ).sorted { $0.key < $1.key }.map { (field: $0.key, value: $0.value) }
      if !draft.parentFilter.isEmpty, forEach == nil {
        fields.error(
          "'forEachWhere' chooses among the resources of a 'forEach'", at: "forEachWhere")
      }
      draft.fixed = fields.optional("fixed", as: .list(of: .value))?.map { JSONValue($0) }
      draft.notAvailable = fields.optional("notAvailable", as: .notAvailable)
      if draft.notAvailable != nil, !draft.requests.isEmpty || draft.fixed != nil {
        fields.error(
          "what is not available is not asked for: write no request and nothing fixed",
          at: "notAvailable")
      }
      draft.permissions = fields.optional("permissions", as: .list(of: .text), default: [])
      draft.scopes =
        fields.optional("scopes", as: .list(of: .text)) ?? draft.permissions
      draft.errors = fields.optional("errors", as: .list(of: .errorRule), default: [])
      draft.redaction = fields.optional("redact", as: .list(of: .fieldPath), default: [])
      draft.fields = CollectionField.decode(fields)
      draft.shaping = Connector.Shaping(fields, scope: scope, prefixes: parent)
      return CollectionManifest(
        identity: fields.optional("identity", as: .text),
        label: fields.optional("label", as: .text), forEach: forEach, draft: draft)
    }
  }
}

extension NodeDecoder where Value == Connector.NotAvailable {
  /// `{ reason: …, where: … }`
  fileprivate static var notAvailable: NodeDecoder<Connector.NotAvailable> {
    .mapping { fields in
      let reason = fields.required("reason", as: .text)
      let place = fields.required("where", as: .text)
      guard let reason, let place else { return nil }
      return Connector.NotAvailable(reason: reason, place: place)
    }
  }
}

extension Connector.Shaping {
  fileprivate init(_ fields: MappingDecoder, scope: TemplateScope, prefixes: [String]) {
    self.init()
    let item = prefixes + ["item."]
    filter = fields.optional("filter", as: .dictionary(of: .oneOrMore), default: [:])
      .sorted { $0.key < $1.key }.map { (pointer: $0.key, values: $0.value) }
    expansion = fields.optional(
      "expand",
      as: .mapping { fields in
        let when = fields.required("when", as: .dictionary(of: .string))?.first
        let member = fields.required("as", as: .text)
        let request = ConnectorRequest(fields, scope: scope, prefixes: item, isList: true)
        guard let when, let member, let request else { return nil }
        return Connector.Expansion(
          when: (pointer: when.key, value: when.value), request: request, member: member)
      })
    unique = fields.optional("unique", as: .text)
    detail = fields.optional(
      "detail", as: .mapping { ConnectorRequest($0, scope: scope, prefixes: item, isList: false) })
    attached = fields.optional(
      "attach",
      as: .entries(
        of: .list(
          of: .mapping { ConnectorRequest($0, scope: scope, prefixes: item, isList: true) })),
      default: []
    ).map { (name: $0.name.value, requests: $0.value.value) }
    members = fields.optional("members", as: .entries(of: .string))?
      .map { (name: $0.name.value, pointer: $0.value.value) }
    keys = fields.optional("keys", as: .choice(of: Connector.KeyCase.self), default: .asIs)
  }
}

extension NodeDecoder where Value == [String] {
  /// A text, or a list of texts.
  fileprivate static var oneOrMore: NodeDecoder<[String]> {
    NodeDecoder("a text or a list of texts") { node, diagnostics in
      node.kind == .sequence
        ? NodeDecoder.list(of: .string).decode(node, into: diagnostics)
        : NodeDecoder<String>.string.decode(node, into: diagnostics).map { [$0] }
    }
  }
}

extension ConnectorRequest {
  /// - Parameters:
  ///   - prefixes: What names in braces may begin with, besides the instance's parameters.
  ///   - isList: Whether the answer is a list unless it says otherwise.
  /// - Returns: Nil when the mapping says neither `get` nor `post`.
  fileprivate init?(
    _ fields: MappingDecoder, scope: TemplateScope, prefixes: [String], isList: Bool,
    hasOwnErrors: Bool = true
  ) {
    let target = NodeDecoder<Template>.template(scope.parameters, prefixes: prefixes)
      .checked { template in
        guard case .text(let text) = template.parts.first,
          text.hasPrefix("/") || text.hasPrefix("https://")
        else { return "write a path that begins with '/', or a whole https:// URL" }
        return nil
      }
    let get = fields.optional("get", as: target)
    let post = fields.optional("post", as: target)
    let body = fields.optional("body", as: .value)
    let items = fields.optional("items", as: .string, default: "")
    let shape = fields.optional(
      "shape", as: .choice(of: ConnectorRequest.Shape.self), default: isList ? .list : .value)
    let absent = fields.optional("absent", as: .choice(["empty", "fault"]), default: "fault")
    let pagination = fields.optional("pagination", as: .pagination(scope))
    let mustHave = fields.optional(
      "mustHave",
      as: NodeDecoder<(pointer: String, value: String)>.mapping { fields in
        let pointer = fields.required("pointer", as: .text)
        let value = fields.required("value", as: .text)
        guard let pointer, let value else { return nil }
        return (pointer: pointer, value: value)
      })
    // In a request that is the collection itself, they are the collection's.
    let errors =
      hasOwnErrors ? fields.optional("errors", as: .list(of: .errorRule), default: []) : []
    if get != nil, post != nil { fields.error("'get' and 'post' exclude one another", at: "post") }
    guard let target = get ?? post else { return nil }
    self.init(
      method: get != nil ? .get : .post, target: target, body: body.map { JSONValue($0) },
      items: items, shape: shape, mayBeAbsent: absent == "empty", pagination: pagination,
      mustHave: mustHave, errors: errors)
  }
}

extension NodeDecoder where Value == Pagination {
  /// `none`, `link`, `odata`, or a mapping with one of `next`, `cursor`, `offset`, `page`.
  static func pagination(_ scope: TemplateScope) -> NodeDecoder<Pagination> {
    NodeDecoder("a kind of pagination") { node, diagnostics in
      switch node.scalar {
      case "none": return Pagination.none
      case "link": return .link
      case "odata": return .odata
      default: break
      }
      guard
        let fields = MappingDecoder(node, expectation: "a kind of pagination", into: diagnostics)
      else { return nil }
      guard let chosen = fields.exactlyOne(of: ["next", "cursor", "offset", "page"]) else {
        return nil
      }
      fields.finish()
      if chosen.name == "next" {
        return NodeDecoder<String>.text.map { Pagination.next(pointer: $0) }
          .decode(chosen.value, into: diagnostics)
      }
      return NodeDecoder<Pagination>.mapping { fields in
        guard let parameter = fields.required("parameter", as: .text) else { return nil }
        if chosen.name == "cursor" {
          guard let pointer = fields.required("from", as: .text) else { return nil }
          return .cursor(
            Pagination.Cursor(
              pointer: pointer, parameter: parameter,
              place: fields.optional(
                "place", as: .choice(of: Pagination.Cursor.Place.self), default: .query),
              more: fields.optional("more", as: .text),
              continueAt: fields.optional("continueAt", as: .template(scope.parameters))))
        }
        guard let sizeParameter = fields.required("sizeParameter", as: .text),
          let size = fields.required("size", as: .integer(in: 1...10_000))
        else { return nil }
        if chosen.name == "offset" {
          let header = fields.optional("totalHeader", as: .text)
          let pointer = fields.optional("totalPointer", as: .text)
          if header != nil, pointer != nil {
            fields.error(
              "'totalHeader' and 'totalPointer' exclude one another", at: "totalPointer")
          }
          return .offset(
            Pagination.Offset(
              parameter: parameter, sizeParameter: sizeParameter, size: size,
              totalHeader: header, totalPointer: pointer,
              advance: fields.optional(
                "advance", as: .choice(of: Pagination.Offset.Advance.self),
                default: pointer == nil ? .size : .received)))
        }
        return .page(
          Pagination.Page(
            parameter: parameter, sizeParameter: sizeParameter, size: size,
            first: fields.optional("first", as: .integer(in: 0...1), default: 1)))
      }.decode(chosen.value, into: diagnostics)
    }
  }
}

extension NodeDecoder where Value == ErrorRule {
  /// `{ status: 401, match: { /errorCode: E0000015 }, means: notLicensed }`
  static var errorRule: NodeDecoder<ErrorRule> {
    .mapping { fields in
      let status = fields.required("status", as: .integer(in: 200...599))
      let match = fields.optional("match", as: .entries(of: .expected), default: [])
      let means = fields.optional(
        "means",
        as: .choice(["notPermitted", "notLicensed", "empty", "gone", "throttled", "quotaSpent"]))
      let resource = fields.optional("resource", as: .value)
      guard let status else { return nil }
      let meaning: ErrorRule.Meaning
      switch (means, resource) {
      case ("notPermitted", nil): meaning = .notPermitted
      case ("notLicensed", nil): meaning = .notLicensed
      case ("empty", nil): meaning = .empty
      case ("gone", nil): meaning = .gone
      case ("throttled", nil): meaning = .throttled
      case ("quotaSpent", nil): meaning = .quotaSpent
      case (nil, let resource?): meaning = .resource(JSONValue(resource))
      default:
        fields.error("write one of 'means' and 'resource'")
        return nil
      }
      return ErrorRule(
        status: status, match: match.map { (pointer: $0.name.value, value: $0.value.value) },
        meaning: meaning)
    }
  }
}

extension NodeDecoder where Value == ErrorRule.Expected {
  /// A text is the beginning of one; a number is that number.
  fileprivate static var expected: NodeDecoder<ErrorRule.Expected> {
    NodeDecoder("a text or a number") { node, diagnostics in
      if let value = YAMLValue(node, into: Diagnostics()) {
        switch JSONValue(value) {
        case .int(let number): return .number(Double(number))
        case .uint(let number): return .number(Double(number))
        case .double(let number): return .number(number)
        default: break
        }
      }
      return NodeDecoder<String>.string.decode(node, into: diagnostics).map { .prefix($0) }
    }
  }
}
