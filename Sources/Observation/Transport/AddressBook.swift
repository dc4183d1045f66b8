internal import Connectors
internal import Posture
internal import Text

/// Turns a connector's templates into addresses, with an instance's parameters filled in.
struct AddressBook: Sendable {
  let connector: Connector
  /// The instance's parameters, with the connector's defaults.
  let parameters: [String: String]

  /// - Throws: ``Fault`` that names the parameter that is missing or wrong.
  init(_ connector: Connector, parameters given: [String: String]) throws(Fault) {
    self.connector = connector
    var parameters = given
    for parameter in connector.parameters {
      guard let value = given[parameter.name] ?? parameter.value(given: parameters) else {
        throw Fault(
          .misconfigured, "connector '\(connector.name)' needs parameter '\(parameter.name)'")
      }
      if let problem = parameter.problem(with: value) { throw Fault(.misconfigured, problem) }
      parameters[parameter.name] = value
    }
    self.parameters = parameters
  }

  /// The address of a request.
  ///
  /// - Parameter value: What stands for the places that are no parameters: `parent.id`, `item.id`.
  func address(
    of target: Template, _ value: (String) -> String? = { _ in nil }
  ) throws(Fault) -> Address {
    var text = ""
    if case .text(let first) = target.parts.first, first.hasPrefix("/"),
      let base = connector.baseURL
    {
      text = try fill(base, value)
    }
    text += try fill(target, value, prefix: text)
    guard let address = Address(text) else {
      throw Fault(.misconfigured, "'\(target.source)' does not become a URL")
    }
    return address
  }

  /// Fills the places: values stand as they are in the host, and percent-encoded behind it.
  private func fill(
    _ template: Template, _ value: (String) -> String?, prefix: String = ""
  ) throws(Fault) -> String {
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal
      case .place(let name):
        guard let filling = parameters[name] ?? value(name) else {
          throw Fault(.malformed, "there is no \(name) to ask for \(template.source) with")
        }
        let isInPath = (prefix + text).dropFirst("https://".count).contains("/")
        if isInPath {
          // A name may not lead to another place of the API.
          guard filling != "." && filling != ".." else {
            throw Fault(.misconfigured, "'\(filling)' is no \(name)")
          }
          text += PercentEncoding.encoded(filling)
        } else {
          guard !filling.contains(where: { "?#@\\".contains($0) }) else {
            throw Fault(.misconfigured, "'\(filling)' is no \(name)")
          }
          text += filling
        }
      }
    }
    return text
  }

  /// Every address to which the connector itself sends requests: in `main` its API and where tokens
  /// come from, which it always asks; in `others` what single collections ask, and lists of
  /// accounts.
  ///
  /// - Parameter ways: The ways in whose tokens are asked for; only the hosts of their addresses
  ///   count.
  func origins(ways: [Authentication]) throws(Fault) -> (
    main: [Address], others: [Address]
  ) {
    var addresses: [Address] = []
    var others: [Address] = []
    let targets =
      connector.collections.flatMap(\.allRequests).map(\.target).filter {
        !$0.source.hasPrefix("/")
      }
    if connector.baseURL != nil { addresses.append(try address(of: Template(literal: "/"))) }
    // A host that one collection alone needs must not spoil the rest.
    for target in targets {
      if let address = try? address(of: target, { _ in "x" }) { others.append(address) }
    }
    for way in ways {
      guard case .token(let grant) = way.scheme else { continue }
      addresses.append(try address(of: grant.url) { _ in "x" })
      if let signer = grant.assertion?.signer {
        for url in [signer.url, signer.exchange.url] {
          addresses.append(try address(of: url) { _ in "x" })
        }
      }
      if let directory = grant.accounts, let address = try? address(of: directory.url) {
        others.append(address)
      }
    }
    return (addresses, others)
  }
}
