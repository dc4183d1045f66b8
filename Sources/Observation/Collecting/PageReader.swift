internal import Connectors
internal import JSON
internal import Logging
internal import Posture

/// Reads the lists of one collection, page by page.
struct PageReader: Sendable {
  let session: Session
  let collection: Connector.Collection
  /// The requested columns that the vendor does not know.
  let unknown = UnknownFields()

  init(session: Session, collection: Connector.Collection) {
    self.session = session
    self.collection = collection
  }

  /// Reads every page of one request.
  ///
  /// - Parameters:
  ///   - value: What the places in the request's templates stand for.
  ///   - sizeLimit: Bytes that the answers may have together.
  ///   - pageLimit: Pages after which reading ends without a fault.
  ///   - visit: Called with the items of each page in order.
  /// - Throws: ``Fault`` of the request that failed; what was visited before it counts.
  func read(
    _ declared: ConnectorRequest, _ value: @Sendable (String) -> String?,
    sizeLimit: Int = .max, pageLimit: Int = .max,
    _ visit: (ItemPointer.Page) async throws(Fault) -> Void
  ) async throws(Fault) {
    let pagination = declared.pagination ?? session.connector.pagination
    var continueAt: Address?
    if case .cursor(let cursor) = pagination, let template = cursor.continueAt {
      continueAt = try session.book.address(of: template, value)
    }
    let beginning = PageSequence(
      // A value is one answer, whatever the connector's lists do.
      declared.shape == .value && declared.pagination == nil ? .none : pagination,
      continueAt: continueAt, limit: session.runner.limits.pages)
    var pages = beginning
    let pointer = ItemPointer(declared.items)
    var columns = unknown.columns(of: declared)
    var request: APIRequest? = pages.first(try first(declared, columns, value))
    var read = 0
    var size = 0
    var isWitnessed = declared.mustHave == nil
    let counted = declared.total ?? (declared.shape == .value ? nil : session.connector.total)
    var total: Int?
    var received = 0
    while read < pageLimit, let current = request {
      read += 1
      switch try await session.ask(current, for: collection, own: declared.errors) {
      case .nothing: request = nil
      case .unknownField(let name, let fault):
        // Each time one column less is asked for, if it is one of them; a later page has none that the first had not.
        guard read == 1,
          unknown.leaveOut(name, of: columns, keeping: collection.identity, because: fault)
        else { throw fault }
        columns = unknown.columns(of: declared)
        pages = beginning
        request = pages.first(try first(declared, columns, value))
        read = 0
      case .resource(let resource):
        let item = ItemPointer.Item(key: nil, view: try JSONView(composed: resource.bytes()))
        try await visit(.items([item]))
        return
      case .json(let root, let response):
        size += response.body.count
        guard size <= sizeLimit else {
          throw Fault(
            .tooLarge, "a part of a resource has more than \(sizeLimit) bytes, which is the limit")
        }
        let page = try pointer.items(
          of: root, text: response.body, shape: declared.shape, mayBeAbsent: declared.mayBeAbsent)
        let count = page.count
        session.runner.log.debug(
          "page",
          metadata: [
            "collection": "\(collection.name)", "page": "\(read)", "items": "\(count)",
          ])
        if let must = declared.mustHave, !isWitnessed {
          isWitnessed = page.items.contains { must.stands(in: $0.view) }
        }
        received += count
        total = counted.flatMap { Self.number($0, response, root) } ?? total
        try await visit(page)
        request = try pages.next(after: current, response, root, count: count)
      }
    }
    guard request == nil else { return }
    if let total, received < total {
      throw Fault(
        .denied, "\(received) of \(total) items came: the credentials are not shown everything")
    }
    if let must = declared.mustHave, !isWitnessed { throw must.fault }
  }

  private static func number(_ total: ItemTotal, _ response: APIResponse, _ root: JSONView) -> Int?
  {
    (total.header.flatMap(response.header)
      ?? total.pointer.flatMap { root.value(at: $0)?.plainText }).flatMap { Int($0) }
  }

  /// Every item of one request, for what belongs to another item.
  func all(
    _ declared: ConnectorRequest, _ value: @Sendable (String) -> String?
  ) async throws(Fault) -> [JSONView] {
    var result: [JSONView] = []
    try await read(declared, value, sizeLimit: session.runner.limits.partSize) { page in
      result += page.items.map(\.view)
    }
    return result
  }

  private func first(
    _ declared: ConnectorRequest, _ columns: [String], _ value: (String) -> String?
  ) throws(Fault) -> APIRequest {
    let columns = declared.columns.isEmpty ? nil : columns.joined(separator: ",")
    func filling(_ place: String) -> String? {
      place == "columns" ? columns ?? value(place) : value(place)
    }
    var request = APIRequest(
      method: declared.method.rawValue,
      address: try session.book.address(of: declared.target, filling))
    request.headers.append(.init("Accept", "application/json"))
    for (name, template) in declared.headers {
      guard let text = template.filled({ session.book.parameters[$0] ?? filling($0) }),
        Authenticator.isHeaderValue(text)
      else { throw Fault(.malformed, "there is nothing to fill in header \(name) with") }
      request.headers.append(.init(name, text))
    }
    if declared.method == .post {
      request.headers.append(.init("Content-Type", "application/json"))
      request.body = Array("null".utf8)
      if let body = declared.body { request.body = try filled(body, filling).bytes() }
    }
    return request
  }

  private func filled(
    _ body: JSONValue, _ value: (String) -> String?
  ) throws(Fault) -> JSONValue {
    switch body {
    case .string(let text):
      guard let template = Template(text) else {
        // A query language has braces of its own; only columns stand in them.
        return .string(value("columns").map { text.replacing("{columns}", with: $0) } ?? text)
      }
      if template.places.isEmpty { return body }
      guard let result = template.filled({ session.book.parameters[$0] ?? value($0) }) else {
        throw Fault(.malformed, "there is nothing to fill in '\(text)' with")
      }
      return .string(result)
    case .array(let elements):
      var result: [JSONValue] = []
      for element in elements { result.append(try filled(element, value)) }
      return .array(result)
    case .object(let members):
      var result: [(String, JSONValue)] = []
      for (name, member) in members { result.append((name, try filled(member, value))) }
      return .object(result)
    default: return body
    }
  }
}
