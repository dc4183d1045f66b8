internal import Connectors
package import JSON
package import Posture
internal import Text

/// Reads and changes single resources of one collection of an instance. Each lies at its identifier
/// below the address of their list.
package struct ResourceLine: Sendable {
  private let conversation: Conversation
  private let collection: Connector.Collection
  /// The address of the list.
  private let list: Template

  /// - Parameter permission: The permission that writing takes; a refusal names it.
  /// - Throws: ``Fault``: a parameter, a credential or a host is missing or refused.
  package init(
    _ target: ObservationTarget, collection name: String, permission: String,
    options: ObserverOptions
  ) throws(Fault) {
    let connector = target.connector
    guard var collection = connector.collections.first(where: { $0.name == name }),
      let request = collection.requests.first
    else { throw Fault(.misconfigured, "connector '\(connector.name)' does not read \(name)") }
    collection.permissions = [permission]
    self.collection = collection
    list = request.target
    conversation = try Conversation(
      target.instance, connector: connector, credentials: target.credentials, options: options)
  }

  /// Reads one resource.
  ///
  /// - Parameter id: Becomes one percent-encoded step of the path.
  /// - Throws: ``Fault`` when the answer is no success, or no JSON.
  package func read(_ id: String) async throws(Fault) -> JSONView {
    let request = APIRequest(
      address: try address(of: id), headers: [.init("Accept", "application/json")])
    guard case .json(let view, _) = try await conversation.session.ask(request, for: collection)
    else { throw Fault(.malformed, "the answer is no resource of \(collection.name)") }
    return view
  }

  /// Changes members of one resource with a PATCH request; nothing of the answer is kept.
  ///
  /// - Parameter id: Becomes one percent-encoded step of the path.
  /// - Throws: ``Fault`` when the answer is no success.
  package func patch(_ id: String, _ body: JSONValue) async throws(Fault) {
    let request = APIRequest(
      method: "PATCH", address: try address(of: id),
      headers: [
        .init("Accept", "application/json"), .init("Content-Type", "application/json"),
      ], body: body.bytes())
    // 204 may come: nothing is returned.
    _ = try await conversation.session.ask(request, for: collection)
  }

  /// Closes the connections; nothing may be sent afterwards.
  package func close() async { await conversation.close() }

  private func address(of id: String) throws(Fault) -> Address {
    let list = try conversation.session.book.address(of: list)
    guard id != ".", id != "..",
      let address = Address("\(list.url.prefix { $0 != "?" })/\(PercentEncoding.encoded(id))")
    else { throw Fault(.malformed, "'\(id)' does not become a URL") }
    return address
  }
}
