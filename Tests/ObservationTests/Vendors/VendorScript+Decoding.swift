import Connectors
import JSON
import Posture
import YAML

extension VendorScript {
  /// Reads a script; every fault of it is in the error.
  init(yaml: [UInt8], file: String) throws {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(yaml, file: file, into: diagnostics)
    let script = documents.first.flatMap {
      NodeDecoder<VendorScript>.script.decode($0.root, into: diagnostics)
    }
    guard let script, diagnostics.isEmpty else {
      throw Fault(description: diagnostics.all.map(\.description).joined(separator: "\n"))
    }
    self = script
  }
}

extension NodeDecoder where Value == VendorScript {
  fileprivate static var script: NodeDecoder<VendorScript> {
    .mapping { fields in
      let app = fields.required("app", as: .string)
      let hosts = fields.required("hosts", as: .nonEmptyList(of: .string))
      let missing = fields.required("missing", as: .answer)
      let routes = fields.required("routes", as: .nonEmptyList(of: .route))
      let tenants = fields.required("tenants", as: .nonEmptyList(of: .tenant))
      guard let app, let hosts, let missing, let routes, let tenants else { return nil }
      return VendorScript(
        app: app, parameters: fields.texts("parameters") ?? [:],
        credentials: fields.texts("credentials") ?? [:], hosts: hosts,
        tokens: fields.optional("token", as: .tokens, default: []),
        requires: fields.texts("requires") ?? [:],
        refused: fields.optional("refused", as: .answer, default: missing), missing: missing,
        routes: routes, tenants: tenants,
        unseen: fields.optional("unseen", as: .list(of: .unseen), default: []))
    }
  }
}

extension NodeDecoder where Value == VendorScript.Tenant {
  fileprivate static var tenant: NodeDecoder<VendorScript.Tenant> {
    .mapping { fields in
      guard let name = fields.required("name", as: .string) else { return nil }
      return VendorScript.Tenant(
        name: name, parameters: fields.texts("parameters") ?? [:],
        credentials: fields.texts("credentials"), requires: fields.texts("requires"),
        tokens: fields.optional("token", as: .tokens),
        routes: fields.optional("routes", as: .list(of: .route), default: []),
        changes: fields.optional("change", as: .list(of: .change), default: []),
        tuned: fields.optional("tuned", as: .dictionary(of: .json), default: [:]),
        expect: fields.optional(
          "expect", as: .dictionary(of: .choice(of: Compliance.self)), default: [:]),
        incomplete: fields.optional(
          "incomplete", as: .dictionary(of: .choice(of: CollectionSummary.State.self))),
        fails: fields.optional("fails", as: .choice(of: Posture.Fault.Code.self)))
    }
  }
}

extension NodeDecoder where Value == VendorScript.Change {
  fileprivate static var change: NodeDecoder<VendorScript.Change> {
    .mapping { fields in
      guard let route = fields.required("route", as: .string) else { return nil }
      let set = fields.optional("set", as: .entries(of: .json), default: [])
      return VendorScript.Change(
        route: route, status: fields.optional("status", as: .integer),
        headers: fields.texts("headers"), content: VendorScript.Answer.Content(fields),
        before: fields.optional("before", as: .list(of: .answer)),
        set: set.map { (pointer: $0.name.value, value: $0.value.value) },
        remove: fields.optional("remove", as: .list(of: .string), default: []))
    }
  }
}

extension NodeDecoder where Value == VendorScript.Unseen {
  fileprivate static var unseen: NodeDecoder<VendorScript.Unseen> {
    .mapping { fields in
      let recommendation = fields.required("recommendation", as: .string)
      let state = fields.required("state", as: .choice(of: Compliance.self))
      let reason = fields.required("reason", as: .text)
      guard let recommendation, let state, let reason else { return nil }
      return VendorScript.Unseen(recommendation: recommendation, state: state, reason: reason)
    }
  }
}

extension NodeDecoder where Value == VendorScript.Route {
  fileprivate static var route: NodeDecoder<VendorScript.Route> {
    .mapping { fields in
      VendorScript.Route(
        fields, name: fields.required("name", as: .string), method: "GET",
        answering: fields.texts("headers") ?? [:], carries: [:],
        requires: fields.texts("requires"))
    }
  }
}

extension NodeDecoder where Value == [VendorScript.Route] {
  /// One token exchange, or several. Their headers are those of the request, which nothing else proves.
  fileprivate static var tokens: NodeDecoder<[VendorScript.Route]> {
    let token = NodeDecoder<VendorScript.Route>.mapping { fields in
      VendorScript.Route(
        fields, name: fields.optional("name", as: .string, default: "token"), method: "POST",
        answering: [:], carries: fields.texts("headers") ?? [:], requires: [:])
    }
    return NodeDecoder("token exchanges") { node, diagnostics in
      guard node.items != nil else { return token.decode(node, into: diagnostics).map { [$0] } }
      return NodeDecoder<[VendorScript.Route]>.list(of: token).decode(node, into: diagnostics)
        .map { routes in
          routes.enumerated().map { index, route in
            var route = route
            if index > 0, route.name == "token" { route.name = "token-\(index + 1)" }
            return route
          }
        }
    }
  }
}

extension VendorScript.Route {
  fileprivate init?(
    _ fields: MappingDecoder, name: String?, method: String, answering headers: [String: String],
    carries: [String: String], requires: [String: String]?
  ) {
    let path = fields.required("path", as: .string)
    let answer = VendorScript.Answer(fields, headers: headers)
    let host = fields.optional("host", as: .string)
    let method = fields.optional("method", as: .string, default: method)
    let query = fields.optional("query", as: .dictionary(of: .parameter), default: [:])
    let json = fields.optional("json", as: .json)
    let before = fields.optional("before", as: .list(of: .answer), default: [])
    let form = fields.texts("form") ?? [:]
    guard let name, let path else { return nil }
    self.init(
      name: name, host: host, method: method, path: path, query: query, json: json, form: form,
      carries: carries, requires: requires, answer: answer, before: before)
  }
}

extension NodeDecoder where Value == VendorScript.Answer {
  fileprivate static var answer: NodeDecoder<VendorScript.Answer> {
    .mapping { fields in VendorScript.Answer(fields, headers: fields.texts("headers") ?? [:]) }
  }
}

extension VendorScript.Answer {
  /// What of a mapping's fields is an answer's.
  fileprivate init(_ fields: MappingDecoder, headers: [String: String]) {
    self.init(
      status: fields.optional("status", as: .integer, default: 200), headers: headers,
      content: Content(fields))
  }
}

extension VendorScript.Answer.Content {
  fileprivate init?(_ fields: MappingDecoder) {
    if let text = fields.optional("text", as: .string) {
      self = .text(text)
    } else if let body = fields.optional("body", as: .json) {
      self = .json(body)
    } else {
      return nil
    }
  }
}

extension MappingDecoder {
  /// A mapping of texts; nil where it is missing.
  fileprivate func texts(_ name: String) -> [String: String]? {
    optional(name, as: .dictionary(of: .string))
  }
}

extension NodeDecoder where Value == [String] {
  /// A parameter's values: one, several in their order, or none (`null`).
  fileprivate static var parameter: NodeDecoder<[String]> {
    NodeDecoder("a string, a list of strings, or null") { node, diagnostics in
      if node.isNull { return [] }
      if node.items != nil {
        return NodeDecoder<[String]>.list(of: .string).decode(node, into: diagnostics)
      }
      return NodeDecoder<String>.string.decode(node, into: diagnostics).map { [$0] }
    }
  }
}
