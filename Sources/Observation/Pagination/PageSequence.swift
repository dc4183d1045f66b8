internal import Connectors
internal import JSON
internal import Posture

/// Finds each next page, and refuses to walk in circles or without end.
struct PageSequence {
  private let pagination: Pagination
  private let limit: Int
  private let continueAt: Address?
  /// What was asked for. Pages of one list differ in their address or their body, and in nothing else.
  private var seen: Set<Asked> = []

  private struct Asked: Hashable {
    let address: Address
    let body: [UInt8]?

    init(_ request: APIRequest) { (address, body) = (request.address, request.body) }
  }
  private var number = 0
  private var received = 0

  /// - Parameters:
  ///   - continueAt: Where a cursor's later pages are asked for, if elsewhere.
  ///   - limit: Pages that one list may have.
  init(_ pagination: Pagination, continueAt: Address? = nil, limit: Int) {
    self.pagination = pagination
    self.limit = limit
    self.continueAt = continueAt
  }

  /// The first page's request.
  func first(_ request: APIRequest) -> APIRequest {
    var request = request
    switch pagination {
    case .offset(let offset):
      request.address = request.address.setting(offset.sizeParameter, to: String(offset.size))
        .setting(offset.parameter, to: "0")
    case .page(let page):
      request.address = request.address.setting(page.sizeParameter, to: String(page.size))
        .setting(page.parameter, to: String(page.first))
    default: break
    }
    return request
  }

  /// The request of the page behind this one; nil behind the last.
  ///
  /// - Parameters:
  ///   - count: Items on this page.
  /// - Throws: ``Fault`` for a loop, for too many pages, and for a link that is none.
  mutating func next(
    after request: APIRequest, _ response: APIResponse, _ root: JSONView, count: Int
  ) throws(Fault) -> APIRequest? {
    number += 1
    received += count
    seen.insert(Asked(request))
    guard let next = try following(request, response, root, count: count) else { return nil }
    guard !seen.contains(Asked(next)) else {
      throw Fault(.tooLarge, "page \(number + 1) is a page that was read before: a loop")
    }
    guard number < limit else {
      throw Fault(.tooLarge, "there are more than \(limit) pages, which is the limit")
    }
    return next
  }

  private func following(
    _ request: APIRequest, _ response: APIResponse, _ root: JSONView, count: Int
  ) throws(Fault) -> APIRequest? {
    var next = request
    switch pagination {
    case .none: return nil
    case .link:
      guard let link = LinkHeader.next(in: response.allHeaders("link")) else { return nil }
      next.address = try resolve(link, from: request.address)
    case .next(let pointer):
      guard let link = root.value(at: pointer)?.string, !link.isEmpty else { return nil }
      next.address = try resolve(link, from: request.address)
    case .cursor(let cursor):
      if let more = cursor.more, root.value(at: more)?.bool != true { return nil }
      guard let value = root.value(at: cursor.pointer), !value.isNull,
        let token = value.string ?? value.int64.map(String.init), !token.isEmpty
      else { return nil }
      // Atlassian names a whole URL here and a bare token there.
      if token.hasPrefix("https://"), let address = Address(token) {
        next.address = address
        return next
      }
      if let continueAt { next.address = continueAt }
      switch cursor.place {
      case .query: next.address = next.address.setting(cursor.parameter, to: token)
      case .body: next.body = body(of: request, cursor, token)
      }
    case .offset(let offset):
      let start = offset.advance == .received ? received : number * offset.size
      if let total = try total(offset, response, root) {
        guard start < total else { return nil }
        guard count > 0 || offset.advance == .size else {
          throw Fault(
            .malformed, "page \(number) is empty, though \(received) of \(total) items came")
        }
      } else if count == 0 {
        return nil
      }
      next.address = request.address.setting(offset.parameter, to: String(start))
    case .page(let page):
      guard count >= page.size else { return nil }
      next.address = request.address.setting(page.parameter, to: String(page.first + number))
    }
    return next
  }

  /// How many items there are, where the vendor says so.
  ///
  /// - Throws: ``Fault`` where it is to say so in the answer, and doesn't: an end that nobody
  ///   knows must not pass for the end.
  private func total(
    _ offset: Pagination.Offset, _ response: APIResponse, _ root: JSONView
  ) throws(Fault) -> Int? {
    if let header = offset.totalHeader { return response.header(header).flatMap { Int($0) } }
    guard let pointer = offset.totalPointer else { return nil }
    guard let value = root.value(at: pointer), let total = value.plainText.flatMap({ Int($0) }),
      total >= 0
    else { throw Fault(.malformed, "the answer has no number of all items at \(pointer)") }
    return total
  }

  /// The next page's body: the token beside what was asked for, or alone where pages go on elsewhere.
  private func body(of request: APIRequest, _ cursor: Pagination.Cursor, _ token: String) -> [UInt8]
  {
    var members: [(String, JSONValue)] = []
    if continueAt == nil, let body = request.body, let view = try? JSONView(parsing: body) {
      members = (JSONValue(view).object ?? []).filter { $0.0 != cursor.parameter }
    }
    members.append((cursor.parameter, .string(token)))
    return JSONValue.object(members).bytes()
  }

  private func resolve(_ link: String, from address: Address) throws(Fault) -> Address {
    guard let next = address.resolving(link) else {
      throw Fault(.malformed, "the link to page \(number + 1) is no URL")
    }
    return next
  }
}
