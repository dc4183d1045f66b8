import Posture
import Testing
import YAML

@testable import Reconciler

/// Checking reads a part of the catalog, and finds what reading all of it finds.
@Suite("Catalog of checks")
struct CheckedCatalogTests {
  private static let documents = """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: okta-eu }
    spec: { app: okta, source: { api: { parameters: { domains: a.okta.com } } } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: nowhere }
    spec: { app: oktaa, source: { api: {} } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: exported }
    spec: { app: okta, source: { export: { format: scubagear, path: exports/x.json } } }
    ---
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: of-an-app-not-in-use }
    spec:
      recommendations: [github-two-factor-requirement, github-members-two-factr, okta-password-minimum-lenth]
      status: planned
      instances: [okta-eu]
      justification: To be done.
      owner: a@contoso.example
      expires: 2027-01-31
    ---
    apiVersion: plumb/v1
    kind: RecommendationOverride
    metadata: { name: stricter }
    spec: { recommendation: okta-password-minimum-length, parameters: { minimumLenth: 16 } }
    ---
    apiVersion: plumb/v1
    kind: Initiative
    metadata: { name: own }
    spec:
      title: Own
      instances: all
      metrics:
        - { name: m, title: M, recommendations: [slack-no-such, okta-mfa-required] }
    """

  private func faults(_ part: DeclaredState.CatalogPart) -> [String] {
    DeclaredState(
      files: [(path: "a.yaml", bytes: Array(Self.documents.utf8))],
      reference: DesiredReference(revision: nil, path: "", digest: ""), catalog: part
    ).diagnostics.all.map(\.description)
  }

  @Test("every fault that the whole catalog shows is found, with the same words")
  func same() {
    let whole = faults(.whole)
    #expect(whole.count >= 6)
    #expect(faults(.ofChecks) == whole)
    #expect(faults(.ofApps) == whole)
  }
}
