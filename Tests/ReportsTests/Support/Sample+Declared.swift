import Posture
import YAML

/// What the sample declares, and the catalog that it is declared against.
extension Sample {
  static let catalog = """
    apiVersion: plumb/v1
    kind: Connector
    metadata: { name: okta }
    spec:
      displayName: Okta
      parameters: { domain: { description: The organisation. } }
      collections: { passwordPolicies: { identity: id } }
    ---
    apiVersion: plumb/v1
    kind: Connector
    metadata: { name: github }
    spec: { displayName: GitHub }
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: okta-password-minimum-length }
    spec:
      app: okta
      title: Require passwords of at least 14 characters
      impact: high
      category: identity
      threats: [passwordCracking, accountBreach]
      parameters: { minimumLength: 14 }
      collection: passwordPolicies
      where: resource.status == "ACTIVE"
      compliant: resource.minLength >= parameters.minimumLength
      label: resource.name
      settings: { minLength: resource.minLength }
      rationale: Length is what makes a guessing run expensive.
      remediation: |
        1. Open **Security > Authenticators**.
        2. Set **Minimum length** to 14 or more.
      manage: https://{domain}/admin/access/authenticators
      controls: [{ framework: okta-stig, id: OKTA-APP-000650 }]
      references: [{ title: NIST SP 800-63B, url: "https://pages.nist.gov/800-63-4/sp800-63b.html" }]
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: okta-mfa-required }
    spec:
      app: okta
      title: Require multifactor authentication
      impact: high
      category: identity
      compliant: "true"
      settings: { required: "true" }
      remediation: Require it in the global session policy.
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: okta-session-lifetime }
    spec:
      app: okta
      title: End sessions after 12 hours
      impact: medium
      category: identity
      userImpact: medium
      implementationCost: medium
      compliant: "true"
      remediation: Set the lifetime.
    ---
    apiVersion: plumb/v1
    kind: Recommendation
    metadata: { name: okta-log-stream-active }
    spec:
      app: okta
      title: Stream the system log to a SIEM
      impact: low
      category: infrastructure
      compliant: "true"
      remediation: Add a log stream.
    ---
    apiVersion: plumb/v1
    kind: Initiative
    metadata: { name: saas-security }
    spec:
      title: SaaS Security
      description: How the applications hang.
      metrics:
        - name: sign-in
          title: Sign-in
          weight: high
          recommendations: [okta-password-minimum-length, okta-mfa-required]
        - name: sessions
          title: Sessions and logs
          weight: low
          recommendations: [okta-session-lifetime, okta-log-stream-active]
    """

  static let declarations = """
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: okta-contoso-eu, labels: { region: eu, owner: identity } }
    spec:
      app: okta
      displayName: Okta Contoso EU
      source: { api: { parameters: { domain: contoso-eu.okta.com } } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: okta-contoso-us, labels: { region: us } }
    spec:
      app: okta
      displayName: Okta Contoso US
      source: { api: { parameters: { domain: contoso-us.okta.com } } }
    ---
    apiVersion: plumb/v1
    kind: Instance
    metadata: { name: github-contoso }
    spec:
      app: github
      recommendations: off
      source: { api: {} }
    ---
    apiVersion: plumb/v1
    kind: Initiative
    metadata: { name: saas-security }
    spec: { targetScore: 80 }
    ---
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: eu-sessions }
    spec:
      recommendation: okta-session-lifetime
      status: planned
      instances: [okta-contoso-eu]
      justification: The new policy is rolled out in autumn.
      owner: identity-team@contoso.example
      ticket: SEC-1042
      expires: 2026-06-10
    ---
    apiVersion: plumb/v1
    kind: Exception
    metadata: { name: us-logs }
    spec:
      recommendation: okta-log-stream-active
      status: riskAccepted
      instances: [okta-contoso-us]
      justification: No SIEM in the US yet.
      owner: soc@contoso.example
      expires: 2026-05-31
    """

  static let library = DecodedCatalog(
    files: [("catalog.yaml", Array(catalog.utf8))], diagnostics: Diagnostics())

  static let desired: DesiredState = {
    let diagnostics = Diagnostics()
    let state = DesiredStateReader.read(
      [("desired-state/all.yaml", Array(declarations.utf8))], library: library,
      diagnostics: diagnostics)
    precondition(diagnostics.all.allSatisfy { $0.severity != .error }, "\(diagnostics.all)")
    return state
  }()
}
