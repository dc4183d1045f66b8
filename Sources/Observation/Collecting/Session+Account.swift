internal import Connectors
internal import JSON
internal import Posture

/// Where the vendor says that an instance's account is.
enum AccountPlace: Sendable {
  /// At the instance's host, or the vendor says nothing of it.
  case asDeclared
  /// At another host.
  case elsewhere(String)
  /// It could not be found out; or, with the code `misconfigured`, these credentials have no such
  /// account.
  case unknown(Fault)
}

extension Session {
  /// Where the vendor says that the account is, in the answer that brought the token or in its list
  /// of accounts.
  var place: AccountPlace {
    get async {
      guard let base = try? book.address(of: Template(literal: "/")), let way = way(to: base.host)
      else { return .asDeclared }
      if let home = await authenticators[way].home {
        return home.lowercased() == base.host ? .asDeclared : .elsewhere(home)
      }
      guard case .token(let grant) = authenticators[way].way.scheme, let directory = grant.accounts
      else { return .asDeclared }
      do throws(Fault) {
        let home = try await home(in: directory, way)
        return home.lowercased() == base.host ? .asDeclared : .elsewhere(home)
      } catch {
        return .unknown(error)
      }
    }
  }

  private func home(in directory: AccountDirectory, _ way: Int) async throws(Fault) -> String {
    let address = try book.address(of: directory.url)
    guard authenticators[way].way.covers(address.host),
      let account = directory.account.filled({ book.parameters[$0] })
    else { throw Fault(.misconfigured, "the credentials are not for \(address.host)") }
    let proof = try await authenticators[way].proof(scopes: scopes[way])
    var request = APIRequest(address: address)
    request.headers.append(.init("Accept", "application/json"))
    let response = try await runner.run(request, proof: proof.header, followsRedirects: false)
    let list = try? JSONView(parsing: response.body, limits: JSONLimits(depth: runner.limits.depth))
    guard response.status == 200, let items = list?.value(at: directory.items),
      items.kind == .array
    else {
      throw Fault(
        .unreachable,
        "where the account is could not be asked: \(address) answered \(response.status)")
    }
    let own = items.elements.first { item in
      item.value(at: directory.identity)?.string?.lowercased() == account.lowercased()
    }
    guard let own else {
      throw Fault(
        .misconfigured, "the vendor lists no account '\(account)' for these credentials")
    }
    guard let home = own.value(at: directory.home)?.string else {
      throw Fault(.malformed, "the vendor does not say where the account is")
    }
    return Address(home)?.host ?? home
  }
}
