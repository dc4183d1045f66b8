import JSON
import Synchronization
import TestSupport

/// A tenant behind Microsoft Graph on the loopback interface: Secure Score with its control profiles in
/// two pages, the first of them throttled once, and nothing else.
final class GraphTenant: Sendable {
  struct Decision: Sendable {
    var state = "Default"
    var comment: String?
    var by: String?
  }

  private struct Content {
    var decisions: [String: Decision] = [:]
    /// The profiles whose change is refused, and with which status.
    var refused: [String: Int] = [:]
    var scores: [String: Double] = [:]
    var throttles = 1
    var patches: [(id: String, body: String)] = []
  }

  private let content = Mutex(Content())

  /// Service, category and most points of each control; the shapes and names are Microsoft's.
  static let controls: [(id: String, service: String, title: String, points: Double)] = [
    ("AdminMFAV2", "AzureAD", "Ensure multifactor authentication is enabled for admins", 10),
    ("aad_custom_banned_passwords", "AzureAD", "Ensure custom banned passwords lists are used", 5),
    ("aad_limited_administrative_roles", "AzureAD", "Limit 'Microsoft Azure Management'", 3),
    ("11770.MDA_Google_EnableTwoFactorAuth", "MDA_Google", "Enable multi-factor (MFA)", 7),
    ("10980.MDA_Okta_Sessions", "MDA_Okta", "End idle Okta sessions", 4),
    ("hostile", "EXO", "<b>@everyone</b> | [x](javascript:1) \u{202E}\u{1B}[31m", 2),
  ]

  init() {
    content.withLock { content in
      content.scores = [
        "AdminMFAV2": 0, "aad_custom_banned_passwords": 0, "aad_limited_administrative_roles": 0,
        "11770.MDA_Google_EnableTwoFactorAuth": 0, "10980.MDA_Okta_Sessions": 4, "hostile": 0.5,
      ]
      content.decisions["aad_limited_administrative_roles"] = Decision(
        state: "Ignored", comment: "Reviewed with the board.", by: "kim@contoso.example")
    }
  }

  // MARK: What tests change and ask

  func decision(_ id: String) -> Decision {
    content.withLock { $0.decisions[id] ?? Decision() }
  }

  func decide(_ id: String, _ decision: Decision) {
    content.withLock { $0.decisions[id] = decision }
  }

  func refuse(_ id: String, with status: Int?) { content.withLock { $0.refused[id] = status } }

  func score(_ id: String, _ points: Double) { content.withLock { $0.scores[id] = points } }

  /// The changes that were asked for, in order: `AdminMFAV2 {"state":…}`.
  var patches: [String] {
    content.withLock { $0.patches.map { "\($0.id) \($0.body)" } }
  }

  // MARK: Answers

  private static let list = "/v1.0/security/secureScoreControlProfiles"

  func answer(_ request: VendorServer.Request) -> VendorServer.Answer {
    if request.path.hasSuffix("/oauth2/v2.0/token") {
      return .json(
        #"{"access_token":"graph-token-0123456789","token_type":"Bearer","expires_in":3600}"#)
    }
    switch (request.method, request.path) {
    case ("GET", "/v1.0/security/secureScores"): return .json(scores())
    case ("GET", Self.list): return profiles(isSecondPage: request.target.contains("skiptoken"))
    case (let method, let path) where path.hasPrefix(Self.list + "/"):
      let id = String(path.dropFirst(Self.list.count + 1))
      return method == "PATCH" ? change(id, request.body) : .json(profile(id))
    default: return .json(#"{"value":[]}"#)
    }
  }

  private func scores() -> String {
    let (scores, total) = content.withLock { content in
      (content.scores, content.scores.values.reduce(0, +))
    }
    let controls = Self.controls.map { control in
      #"{"controlCategory":"Identity","controlName":"\#(control.id)","description":null,"score":\#(scores[control.id] ?? 0),"implementationStatus":"You have 1 of 9.","scoreInPercentage":0.0}"#
    }
    return
      #"{"@odata.nextLink":"https://graph.microsoft.com/v1.0/security/secureScores?$top=1&$skiptoken=x","value":[{"id":"t_2026-06-01","createdDateTime":"2026-06-01T00:00:00Z","currentScore":\#(total + 100),"maxScore":400.0,"controlScores":[\#(controls.joined(separator: ","))],"vendorInformation":{"provider":"SecureScore","vendor":"Microsoft"}}]}"#
  }

  private func profiles(isSecondPage: Bool) -> VendorServer.Answer {
    let isThrottled = content.withLock { content in
      content.throttles -= 1
      return content.throttles >= 0
    }
    if isThrottled {
      return .json(
        #"{"error":{"code":"TooManyRequests","message":"later"}}"#, status: 429,
        headers: [("retry-after", "0")])
    }
    let ids = Self.controls.map(\.id)
    let page = isSecondPage ? ids.dropFirst(3) : ids.prefix(3)
    let next =
      isSecondPage
      ? "" : #""@odata.nextLink":"https://graph.microsoft.com\#(Self.list)?$skiptoken=2","#
    return .json("{\(next)\"value\":[\(page.map(profile).joined(separator: ","))]}")
  }

  private func profile(_ id: String) -> String {
    guard let control = Self.controls.first(where: { $0.id == id }) else { return "{}" }
    let decision = decision(id)
    func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    let value: JSONValue = [
      "id": .string(id), "title": .string(control.title), "service": .string(control.service),
      "controlCategory": "Identity", "tier": "Core", "actionUrl": "https://entra.microsoft.com/x",
      "maxScore": .double(control.points), "deprecated": false, "userImpact": "Unknown",
      "implementationCost": "Low", "threats": ["Account breach"],
      "remediation": "<ol> <li>Open <em>Entra</em> &gt; <b>Users</b>.</li><li>Save</li></ol>",
      "controlStateUpdates": [
        [
          "assignedTo": nil, "comment": text(decision.comment), "state": .string(decision.state),
          "updatedBy": text(decision.by), "updatedDateTime": nil,
        ]
      ],
      "vendorInformation": [
        "provider": "SecureScore", "providerVersion": nil, "subProvider": nil,
        "vendor": "Microsoft",
      ],
    ]
    return String(decoding: value.bytes(), as: UTF8.self)
  }

  private func change(_ id: String, _ body: [UInt8]) -> VendorServer.Answer {
    let text = String(decoding: body, as: UTF8.self)
    return content.withLock { content in
      content.patches.append((id, text))
      if let status = content.refused[id] {
        return .json(
          #"{"error":{"code":"Forbidden","message":"Insufficient privileges"}}"#, status: status)
      }
      guard let view = try? JSONView(parsing: text), view["vendorInformation"]?["vendor"] != nil,
        view["vendorInformation"]?["provider"] != nil, let state = view["state"]?.string
      else {
        return .json(#"{"error":{"code":"BadRequest","message":"no vendor"}}"#, status: 400)
      }
      content.decisions[id] = Decision(
        state: state, comment: view["comment"]?.string, by: "Plumb (app)")
      return .answer(status: 204, headers: [], body: [])
    }
  }
}
