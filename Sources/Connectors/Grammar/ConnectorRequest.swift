package import JSON
package import YAML

/// How the items of a collection, or the details of an item, are asked for.
package struct ConnectorRequest: Sendable {
  /// The HTTP methods that reading uses.
  package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
  }

  /// The request's method.
  package private(set) var method = Method.get
  /// A path below the connector's base URL, with its query, or a whole `https:` URL.
  package private(set) var target = Template(literal: "")
  /// Headers beside the connector's; the places are parameters and `parent.…`, and for an item's
  /// own request `item.…`.
  package private(set) var headers: [(name: String, value: Template)] = []
  /// The JSON of a POST, with places in its strings; nil sends none.
  package private(set) var body: JSONValue?
  /// The names that fill the place `columns`, with commas between. Those that the vendor does not
  /// know are left out.
  package private(set) var columns: [String] = []
  /// JSON pointer (RFC 6901) to the list of items; or, with `*` for every element or member, to the
  /// items themselves.
  package private(set) var items = ""
  private var ownShape: Shape?
  /// Whether the answer is a list unless the request says otherwise.
  var isList = true
  /// Whether the vendor leaves an empty list out of the answer.
  package private(set) var mayBeAbsent = false
  /// How this list goes on; nil takes the connector's way where the answer is a list.
  package private(set) var pagination: Pagination?
  /// Where the answer tells its number of items; nil takes the connector's place where the answer
  /// is a list.
  package private(set) var total: ItemTotal?
  /// What one of the items has. Without that item, the vendor left out what the credentials may not
  /// read; nil asks for none.
  package private(set) var mustHave: Witness?
  /// What answers mean to this request alone; they come before the collection's and the connector's.
  package internal(set) var errors: [ErrorRule] = []

  init(isList: Bool = true) { self.isList = isList }

  /// How what the pointer names becomes items: as declared, else `list`, or `value` for one
  /// resource.
  package var shape: Shape { ownShape ?? (isList ? .list : .value) }

  /// The names of the places in the target, the headers, and the strings of the body.
  package var places: [String] {
    target.places + headers.flatMap(\.value.places) + (body.map(Self.places) ?? [])
  }

  /// The templates that the manifest writes out: the target, the headers, and where later pages are
  /// asked for.
  var templates: [Template] {
    var result = [target] + headers.map(\.value)
    if case .cursor(let cursor) = pagination { result += [cursor.continueAt].compactMap(\.self) }
    return result
  }

  /// Whether there is a place for columns. The braces of a query language make a text no template.
  private var hasColumns: Bool {
    places.contains("columns") || body.map(Self.mentionsColumns) == true
  }

  private static func mentionsColumns(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): text.contains("{columns}")
    case .array(let elements): elements.contains(where: mentionsColumns)
    case .object(let members): members.contains { mentionsColumns($0.1) }
    default: false
    }
  }

  private static func places(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text): Template(text)?.places ?? []
    case .array(let elements): elements.flatMap(places)
    case .object(let members): members.flatMap { places(in: $0.1) }
    default: []
    }
  }

  /// How what the pointer names becomes items.
  package enum Shape: String, Sendable, CaseIterable {
    /// The elements of an array; a single object counts as one.
    case list
    /// The members of an object, each with its name as `_key`.
    case map
    /// The value itself.
    case value
  }

  /// What an item has at a JSON pointer.
  package struct Witness: Sendable, Hashable {
    /// JSON pointer into the item.
    package private(set) var pointer = ""
    /// What stands there: a text, a whole number, `true` or `false`, written as a text.
    package private(set) var value = ""
  }
}

extension ConnectorRequest: Described {
  package init(at node: Node) { self.init() }

  /// The fields of a request that stands by itself.
  package static let fields: [Field<Self>] = [.exactlyOne(targets)] + rest

  /// The same fields where the collection itself is the request, which it may do without.
  static let ofCollection: [Field<Self>] =
    targets + [
      .check { _, fields in
        if fields.node("get") != nil, fields.node("post") != nil {
          fields.error("'get' and 'post' exclude one another", at: "post")
        }
      }
    ] + rest

  private static let targets: [Field<Self>] = [
    .optional("get", \.get, .target, "The path, or whole address, that is read.", isDecisive: true),
    .optional("post", \.post, .target, "The path that the body is sent to.", isDecisive: true),
  ]

  private static let rest: [Field<Self>] = [
    .optional(
      "headers", \.headers, .pairs(of: .template), "Headers beside the connector's; no secrets."),
    .optional("body", \.body, .json, "What is sent."),
    .optional(
      "columns", \.columns, .nonEmptyList(of: .text),
      "What {columns} stands for, with commas between; one that the vendor does not know (means: unknownField) costs itself alone."
    ),
    .check { request, fields in
      if !request.columns.isEmpty, !request.hasColumns {
        fields.error(
          "write {columns} where they are asked for, in the address or the body", at: "columns")
      }
    },
    .optional("items", \.items, .string, "JSON pointer to the resources in the response."),
    .optional("shape", \.ownShape, .choice(of: Shape.self), "How they stand there."),
    .optional("absent", \.mayBeAbsent, .absence, "What it means when they are missing."),
    .optional("pagination", \.pagination, .pagination, "How this list goes on."),
    .optional("total", \.total, .object, ItemTotal.meaning),
    .optional(
      "mustHave", \.mustHave, .object,
      "The item without which the credentials were not shown everything: rows that vanish without an error."
    ),
    .optional(
      "errors", \.errors, .list(of: .object), "What error responses mean here."),
  ]

  private var get: Template? {
    get { method == .get ? target : nil }
    set { ask(.get, newValue) }
  }

  private var post: Template? {
    get { method == .post ? target : nil }
    set { ask(.post, newValue) }
  }

  private mutating func ask(_ method: Method, _ target: Template?) {
    guard let target else { return }
    self.method = method
    self.target = target
  }
}

extension ConnectorRequest.Witness: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("pointer", \.pointer, .text, "JSON pointer into an item."),
    .required("value", \.value, .text, "What stands there in the item that is always there."),
  ]
}
