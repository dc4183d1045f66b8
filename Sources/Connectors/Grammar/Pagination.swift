package import YAML

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
    /// The query parameter, or the member of the body, that takes the token.
    package private(set) var parameter = ""
    /// JSON pointer to the token; the last page has none, an empty one, or null.
    package private(set) var pointer = ""
    /// Where the token is sent.
    package private(set) var place = Place.query
    /// JSON pointer to a boolean that says whether there is more; nil where the token alone says
    /// it.
    package private(set) var more: String?
    /// Where the pages after the first are asked for, with the token alone; nil for the same
    /// address.
    package private(set) var continueAt: Template?

    /// Where a request carries the token.
    package enum Place: String, Sendable, CaseIterable { case query, body }
  }

  /// The query says how many items to skip.
  package struct Offset: Sendable, Hashable {
    /// The query parameter that takes the number of items to skip.
    package private(set) var parameter = ""
    /// The query parameter that takes the number of items of a page.
    package private(set) var sizeParameter = ""
    /// Items of a page, 1 to 10,000.
    package private(set) var size = 0
    /// The header with the number of items; without one, an empty page is the end.
    package private(set) var totalHeader: String?
    /// JSON pointer to the number of items, a number or a text; an answer without it is no page.
    package private(set) var totalPointer: String?
    /// How many items the next page skips.
    package private(set) var advance = Advance.size

    /// Where the next page begins.
    package enum Advance: String, Sendable, CaseIterable {
      /// After the items asked for: the vendor may leave some of them out.
      case size
      /// After the items that came: the vendor may send fewer than asked for.
      case received
    }
  }

  /// The query says which page; a page with fewer items than asked for is the last.
  package struct Page: Sendable, Hashable {
    /// The query parameter that takes the page's number.
    package private(set) var parameter = ""
    /// The query parameter that takes the number of items of a page.
    package private(set) var sizeParameter = ""
    /// Items of a page, 1 to 10,000.
    package private(set) var size = 0
    /// The first page's number, 0 or 1.
    package private(set) var first = 1
  }

  /// OData's `@odata.nextLink`.
  package static let odata = Pagination.next(pointer: "/@odata.nextLink")
}

extension Pagination {
  private static let words: KeyValuePairs<String, Pagination> = [
    "none": .none, "link": .link, "odata": .odata,
  ]

  private static let fields: [Field<Pagination>] = [
    .exactlyOne([
      .required(
        "next", \.self, NodeDecoder<String>.text.map { .next(pointer: $0) },
        "JSON pointer to the next page's address."
      ),
      .required(
        "cursor", \.self, NodeDecoder<Cursor>.object.map { .cursor($0) },
        "A cursor that each page hands on."),
      .required(
        "offset", \.self, NodeDecoder<Offset>.object.map { .offset($0) },
        "An offset into the list."),
      .required("page", \.self, NodeDecoder<Page>.object.map { .page($0) }, "Numbered pages."),
    ])
  ]

  static let decoder = NodeDecoder<Pagination>(
    "a kind of pagination", shape: .either([.choice(words.map(\.key)), fields.shape()])
  ) { node, diagnostics in
    words.first { $0.key == node.scalar }?.value
      ?? NodeDecoder.object(fields, "a kind of pagination") { _ in .none }
      .decode(node, into: diagnostics)
  }
}

extension NodeDecoder where Value == Pagination {
  /// `none`, `link`, `odata`, or a mapping with one of `next`, `cursor`, `offset`, `page`.
  static var pagination: NodeDecoder<Pagination> { Pagination.decoder }
}

extension NodeDecoder where Value == Int {
  fileprivate static var pageSize: NodeDecoder<Int> { integer(in: 1...10_000) }
}

extension Pagination.Cursor: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("parameter", \.parameter, .text, "Where the cursor is sent."),
    .required("from", \.pointer, .text, "JSON pointer to the cursor."),
    .optional(
      "place", \.place, .choice(of: Place.self), "Where the parameter is; query by default."),
    .optional("more", \.more, .text, "JSON pointer to whether there is more."),
    .optional("continueAt", \.continueAt, .template, "The path of later pages."),
  ]
}

extension Pagination.Offset: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("parameter", \.parameter, .text, "Where the offset is sent."),
    .required("sizeParameter", \.sizeParameter, .text, "Where the page's size is sent."),
    .required("size", \.size, .pageSize, "The page's size."),
    .optional("totalHeader", \.totalHeader, .text, "The header with the number of all."),
    .optional(
      "totalPointer", \.totalPointer, .text,
      "JSON pointer to the number of all, a number or a text; without it the answer is no page."),
    .optional(
      "advance", \.advance, .choice(of: Advance.self),
      "Whether the next page begins behind the items asked for, or behind those that came: received where the vendor may send fewer than asked for, and with totalPointer; size by default."
    ),
    .check { offset, fields in
      guard offset.totalPointer != nil else { return }
      if offset.totalHeader != nil {
        fields.error("'totalHeader' and 'totalPointer' exclude one another", at: "totalPointer")
      }
      if fields.node("advance") == nil { offset.advance = .received }
    },
  ]
}

extension Pagination.Page: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("parameter", \.parameter, .text, "Where the page's number is sent."),
    .required("sizeParameter", \.sizeParameter, .text, "Where the page's size is sent."),
    .required("size", \.size, .pageSize, "The page's size."),
    .optional("first", \.first, .integer(in: 0...1), "The first page's number; 1 by default."),
  ]
}
