import Connectors
import Posture
import Testing
import YAML

@testable import Observation

@Suite("Built-in connectors")
struct BuiltInConnectorTests {
  private static func library() -> (DecodedCatalog, Diagnostics) {
    let diagnostics = Diagnostics()
    return (DecodedCatalog.builtIn(diagnostics: diagnostics), diagnostics)
  }

  @Test("are read without a fault")
  func faultless() {
    let (_, diagnostics) = Self.library()
    #expect(diagnostics.errors.map(\.description) == [])
  }

  @Test(
    "say how to connect, and need a named permission for all that they ask",
    arguments: [
      "okta", "github", "microsoft-365", "google-workspace", "zendesk", "dropbox", "zoom",
      "salesforce", "servicenow", "docusign", "atlassian", "citrix-sharefile",
      "netdocuments",
    ])
  func complete(name: String) throws {
    let connector = try #require(Self.library().0.connectors[name])
    #expect(connector.origin == .catalog)
    #expect(connector.setup?.isEmpty == false)
    #expect(connector.documentation?.hasPrefix("https://") == true)
    #expect(!connector.credentials.isEmpty && !connector.authentication.isEmpty)
    for collection in connector.collections where !collection.requests.isEmpty {
      #expect(!collection.permissions.isEmpty, "\(collection.name)")
    }
  }

  @Test(
    "ask only hosts that they declare",
    arguments: [
      ("okta", ["domain": "contoso.okta.com"]), ("github", ["org": "contoso"]),
      ("microsoft-365", ["tenant": "contoso.onmicrosoft.com"]), ("google-workspace", [:]),
      ("zendesk", ["domain": "contoso.zendesk.com"]), ("dropbox", [:]),
      ("zoom", [:]), ("salesforce", ["domain": "contoso.my.salesforce.com"]),
      ("servicenow", ["domain": "contoso.service-now.com"]),
      ("docusign", ["host": "na3.docusign.net", "account": "1"]),
      ("atlassian", ["organization": "1"]), ("citrix-sharefile", ["account": "contoso"]),
      ("netdocuments", ["repository": "CA-AB12CD34"]),
    ])
  func hosts(name: String, parameters: [String: String]) throws {
    let connector = try #require(Self.library().0.connectors[name])
    let book = try AddressBook(connector, parameters: parameters)
    for way in connector.authentication {
      let origins = try book.origins(ways: [way])
      let policy = try HostPolicy(
        main: origins.main, others: origins.others, connector: connector, instance: "tenant",
        allowed: [], boundTo: [])
      for address in origins.main + origins.others {
        #expect(policy.permitted(address) == address)
      }
      // Nobody is led to a page that the connector does not stand for.
      if let page = way.refresh?.authorization?.url {
        let host = try book.address(of: page).host
        #expect(connector.hosts.contains { $0.matches(host) }, "\(host)")
      }
    }
  }

  @Test(
    "ask a person to allow what is needed, and no more",
    arguments: ["dropbox", "zendesk", "netdocuments"])
  func allowed(name: String) throws {
    let connector = try #require(Self.library().0.connectors[name])
    let page = try #require(connector.authentication.compactMap(\.refresh?.authorization).first)
    let scope = try #require(page.parameters.first { $0.name == "scope" }?.value.source)
    let needed = Set(connector.collections.flatMap(\.permissions)).filter { !$0.contains(" ") }
    #expect(Set(scope.split(separator: " ").map(String.init)) == needed)
  }
}
