internal import Connectors
internal import JSON
package import Posture
internal import Text

/// Writes states into Microsoft Secure Score: `PATCH /security/secureScoreControlProfiles/{id}`
/// ([Update secureScoreControlProfile](
/// https://learn.microsoft.com/graph/api/securescorecontrolprofile-update)).
///
/// Every profile is read again first, so that what stands there already is not written twice, and
/// what somebody has decided meanwhile is not overwritten.
package enum SecureScoreWriter {
  /// What came of one write.
  package struct Result: Sendable, Hashable {
    package let outcome: SecureScoreRecord.Outcome
    /// Why it was not written.
    package let reason: String?
    /// What stands there now; nil when that is not known.
    package let decision: ControlDecision?

    static func failed(_ reason: String) -> Result {
      Result(
        outcome: .failed, reason: SecretGate.process.telling(reason), decision: nil)
    }
  }

  /// Writes one after the other.
  ///
  /// - Returns: What came of each, in their order; what cannot be written is said, not thrown.
  package static func write(
    _ writes: [SecureScoreWrite], to target: ObservationTarget, options: ObserverOptions
  ) async -> [Result] {
    let connector = target.connector
    do throws(ObservationFault) {
      let conversation = try Conversation(
        target.instance, connector: connector, credentials: target.credentials, options: options)
      guard
        let declared = connector.collections.first(where: { $0.name == SecureScoreReader.profiles }
        ),
        let request = declared.requests.first
      else {
        throw ObservationFault("connector '\(connector.name)' does not read Secure Score")
      }
      var collection = declared
      collection.permissions = [SecureScoreReader.writePermission]
      let profiles = Profiles(
        session: conversation.session, collection: collection, target: request.target)
      return await conversation.closing {
        var results: [Result] = []
        for write in writes { results.append(await profiles.carryOut(write)) }
        return results
      }
    } catch {
      return writes.map { _ in .failed(error.message) }
    }
  }
}

/// The control profiles of one tenant.
private struct Profiles: Sendable {
  let session: Session
  let collection: Connector.Collection
  /// The address of their list.
  let target: Template

  func carryOut(_ write: SecureScoreWrite) async -> SecureScoreWriter.Result {
    do throws(RequestFault) {
      let address = try self.address(of: write.control)
      let profile = try await read(address)
      let now = SecureScoreReader.decision(in: profile)
      switch write.objection(at: now) {
      case .alreadyWritten:
        // By a run that could not say so: it was killed, or somebody else's report was first.
        return .init(outcome: .written, reason: nil, decision: now)
      case .decidedAlike: return .init(outcome: .found, reason: nil, decision: now)
      case .foreign(let reason):
        return .init(outcome: .leftAlone, reason: reason, decision: now)
      case nil: break
      }
      try await send(write, to: address, vendor: profile["vendorInformation"])
      return .init(
        outcome: .written, reason: nil,
        decision: ControlDecision(state: write.to.rawValue, comment: write.comment))
    } catch {
      return .failed(error.message)
    }
  }

  private func address(of control: String) throws(RequestFault) -> Address {
    let list = try session.book.address(of: target)
    guard control != ".", control != "..",
      let address = Address("\(list.url.prefix { $0 != "?" })/\(PercentEncoding.encoded(control))")
    else { throw RequestFault(.shape, "'\(control)' does not become a URL") }
    return address
  }

  private func read(_ address: Address) async throws(RequestFault) -> JSONView {
    let request = APIRequest(address: address, headers: [.init("Accept", "application/json")])
    guard case .json(let view, _) = try await session.ask(request, for: collection) else {
      throw RequestFault(.shape, "the answer is no control profile")
    }
    return view
  }

  private func send(
    _ write: SecureScoreWrite, to address: Address, vendor: JSONView?
  ) async throws(RequestFault) {
    var request = APIRequest(
      method: "PATCH", address: address,
      headers: [.init("Accept", "application/json"), .init("Content-Type", "application/json")])
    // Graph demands that vendor and provider are named, and names them itself.
    func name(_ member: String, _ usual: String) -> JSONValue {
      .string(vendor?[member]?.string ?? usual)
    }
    let body: JSONValue = [
      "state": .string(write.to.rawValue), "comment": .string(write.comment),
      "vendorInformation": [
        "vendor": name("vendor", "Microsoft"), "provider": name("provider", "SecureScore"),
      ],
    ]
    request.body = body.bytes()
    do throws(RequestFault) {
      _ = try await session.ask(request, for: collection)
    } catch {
      // 204, as documented: nothing is returned.
      if error.kind != .empty { throw error }
    }
  }
}
