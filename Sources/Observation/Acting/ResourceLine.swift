internal import Connectors
package import JSON
package import Posture
internal import Text

/// A line to the resources of one collection of an instance, each by its identifier below the address
/// of their list.
package struct ResourceLine: Sendable {
  private let conversation: Conversation
  private let collection: Connector.Collection
  /// The address of the list.
  private let list: Template

  /// - Parameter permission: What it takes to write; named where it is denied.
  /// - Throws: ``ObservationFault``: a parameter, a credential or a host is missing or refused.
  package init(
    _ target: ObservationTarget, collection name: String, permission: String,
    options: ObserverOptions
  ) throws(ObservationFault) {
    let connector = target.connector
    guard var collection = connector.collections.first(where: { $0.name == name }),
      let request = collection.requests.first
    else { throw ObservationFault("connector '\(connector.name)' does not read \(name)") }
    collection.permissions = [permission]
    self.collection = collection
    list = request.target
    conversation = try Conversation(
      target.instance, connector: connector, credentials: target.credentials, options: options)
  }

  package func read(_ id: String) async throws(ObservationFault) -> JSONView {
    try await ObservationFault.of { () async throws(RequestFault) in
      let request = APIRequest(
        address: try address(of: id), headers: [.init("Accept", "application/json")])
      guard case .json(let view, _) = try await conversation.session.ask(request, for: collection)
      else { throw RequestFault(.shape, "the answer is no resource of \(collection.name)") }
      return view
    }
  }

  package func patch(_ id: String, _ body: JSONValue) async throws(ObservationFault) {
    try await ObservationFault.of { () async throws(RequestFault) in
      let request = APIRequest(
        method: "PATCH", address: try address(of: id),
        headers: [
          .init("Accept", "application/json"), .init("Content-Type", "application/json"),
        ], body: body.bytes())
      do throws(RequestFault) {
        _ = try await conversation.session.ask(request, for: collection)
      } catch {
        // 204: nothing is returned.
        if error.kind != .empty { throw error }
      }
    }
  }

  package func close() async { await conversation.close() }

  private func address(of id: String) throws(RequestFault) -> Address {
    let list = try conversation.session.book.address(of: list)
    guard id != ".", id != "..",
      let address = Address("\(list.url.prefix { $0 != "?" })/\(PercentEncoding.encoded(id))")
    else { throw RequestFault(.shape, "'\(id)' does not become a URL") }
    return address
  }
}

extension ObservationFault {
  fileprivate static func of<Value>(
    _ requests: () async throws(RequestFault) -> Value
  ) async throws(ObservationFault) -> Value {
    do throws(RequestFault) {
      return try await requests()
    } catch {
      throw ObservationFault(error.message, code: error.code)
    }
  }
}
