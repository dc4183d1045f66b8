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
  /// What one of the items has at a JSON pointer: without that item, the vendor left out what the
  /// credentials may not read.
  package let mustHave: (pointer: String, value: String)?
  /// What answers mean to this request alone; they come before the collection's and the connector's.
  package let errors: [ErrorRule]

  package init(
    method: Method, target: Template, body: JSONValue?, items: String, shape: Shape,
    mayBeAbsent: Bool, pagination: Pagination?,
    mustHave: (pointer: String, value: String)? = nil, errors: [ErrorRule] = []
  ) {
    self.method = method
    self.target = target
    self.body = body
    self.items = items
    self.shape = shape
    self.mayBeAbsent = mayBeAbsent
    self.pagination = pagination
    self.mustHave = mustHave
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
    /// JSON pointer to the number of items, a number or a text; an answer without it is no page.
    package let totalPointer: String?
    package let advance: Advance

    /// Where the next page begins.
    package enum Advance: String, Sendable, CaseIterable {
      /// Behind the items asked for: some may be left out of what is sent.
      case size
      /// Behind the items that came: the vendor may send fewer than asked for.
      case received
    }

    package init(
      parameter: String, sizeParameter: String, size: Int, totalHeader: String?,
      totalPointer: String?, advance: Advance
    ) {
      self.parameter = parameter
      self.sizeParameter = sizeParameter
      self.size = size
      self.totalHeader = totalHeader
      self.totalPointer = totalPointer
      self.advance = advance
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
  /// What must stand at JSON pointers of the body, all of it; nothing: any body.
  package let match: [(pointer: String, value: Expected)]
  package let meaning: Meaning

  package enum Expected: Sendable, Hashable {
    /// A text begins with it.
    case prefix(String)
    /// A number, or a text that writes it, is it.
    case number(Double)
  }

  package init(status: Int, match: [(pointer: String, value: Expected)], meaning: Meaning) {
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
    /// Nothing more is answered until a quota of many hours begins anew: the tenant's run ends.
    case quotaSpent
  }
}
