package import JSON

/// How the items of a collection, or the details of an item, are asked for.
package struct ConnectorRequest: Sendable {
  package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
  }

  package let method: Method
  /// A path below the connector's base URL, with its query, or a whole `https:` URL.
  package let target: Template
  /// The JSON of a POST, with places in its strings; nil sends none.
  package let body: JSONValue?
  /// JSON pointer (RFC 6901) to the list of items; or, with `*` for every element or member, to the
  /// items themselves.
  package let items: String
  package let shape: Shape
  /// Whether the vendor leaves an empty list out of the answer.
  package let mayBeAbsent: Bool
  /// Nil takes the connector's.
  package let pagination: Pagination?
  /// What answers mean to this request alone; they come before the collection's and the connector's.
  package let errors: [ErrorRule]

  package init(
    method: Method, target: Template, body: JSONValue?, items: String, shape: Shape,
    mayBeAbsent: Bool, pagination: Pagination?, errors: [ErrorRule] = []
  ) {
    self.method = method
    self.target = target
    self.body = body
    self.items = items
    self.shape = shape
    self.mayBeAbsent = mayBeAbsent
    self.pagination = pagination
    self.errors = errors
  }

  /// What must be filled in: in the target, and in the strings of the body.
  package var places: [String] { target.places + (body.map(Self.places) ?? []) }

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
}

/// How the next page is found.
package enum Pagination: Sendable, Hashable {
  /// There is one page.
  case none
  /// The `Link` header's `rel="next"` (RFC 8288).
  case link
  /// The body names the next page's URL, whole or as a path. JSON pointer.
  case next(pointer: String)
  case cursor(Cursor)
  case offset(Offset)
  case page(Page)

  /// The body names a token for the next page.
  package struct Cursor: Sendable, Hashable {
    /// JSON pointer to the token; the last page has none, an empty one, or null.
    package let pointer: String
    /// The query parameter, or the member of the body, that takes it.
    package let parameter: String
    package let place: Place
    /// JSON pointer to a boolean that says whether there is more.
    package let more: String?
    /// Where the pages behind the first are asked for, with the token alone.
    package let continueAt: Template?

    package enum Place: String, Sendable, CaseIterable { case query, body }

    package init(
      pointer: String, parameter: String, place: Place, more: String?, continueAt: Template?
    ) {
      self.pointer = pointer
      self.parameter = parameter
      self.place = place
      self.more = more
      self.continueAt = continueAt
    }
  }

  /// The query counts items.
  package struct Offset: Sendable, Hashable {
    package let parameter: String
    package let sizeParameter: String
    package let size: Int
    /// The header with the number of items; without one, an empty page is the end.
    package let totalHeader: String?

    package init(parameter: String, sizeParameter: String, size: Int, totalHeader: String?) {
      self.parameter = parameter
      self.sizeParameter = sizeParameter
      self.size = size
      self.totalHeader = totalHeader
    }
  }

  /// The query counts pages; a page with fewer items than asked for is the last.
  package struct Page: Sendable, Hashable {
    package let parameter: String
    package let sizeParameter: String
    package let size: Int
    package let first: Int

    package init(parameter: String, sizeParameter: String, size: Int, first: Int) {
      self.parameter = parameter
      self.sizeParameter = sizeParameter
      self.size = size
      self.first = first
    }
  }

  /// OData's `@odata.nextLink`.
  package static let odata = Pagination.next(pointer: "/@odata.nextLink")
}

/// What an answer that is no success means.
package struct ErrorRule: Sendable {
  package let status: Int
  /// A string that the value at a JSON pointer of the body begins with; nil: any body.
  package let match: (pointer: String, prefix: String)?
  package let meaning: Meaning

  package init(status: Int, match: (pointer: String, prefix: String)?, meaning: Meaning) {
    self.status = status
    self.match = match
    self.meaning = meaning
  }

  package enum Meaning: Sendable {
    /// The credential lacks a permission.
    case notPermitted
    /// The tenant has not bought or not switched on the feature.
    case notLicensed
    /// There is nothing, and that is the whole answer.
    case empty
    /// What it is asked for was deleted since it was listed.
    case gone
    /// This resource says it.
    case resource(JSONValue)
    /// The rate limit was reached: wait and ask again.
    case throttled
  }
}
