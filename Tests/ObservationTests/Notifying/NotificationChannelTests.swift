import Posture
import Testing

@testable import Observation

/// Where channels are: the environment alone says it.
@Suite("Channels of notifications")
struct NotificationChannelTests {
  static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  private static func fault(_ environment: [String: String], _ name: String = "sec-ops") -> String?
  {
    do throws(Fault) {
      _ = try NotificationChannel(name, environment: environment)
      return nil
    } catch {
      #expect(error.code == .misconfigured)
      return error.detail
    }
  }

  @Test(
    "what is missing or wrong is named, without a value",
    arguments: [
      ([:], "channel 'sec-ops' has no address: set PLUMB_NOTIFY_SEC_OPS_URL"),
      (
        ["PLUMB_NOTIFY_SECOPS_URL": "https://a.example"],
        "channel 'sec-ops' has no address: set PLUMB_NOTIFY_SEC_OPS_URL; did you mean 'PLUMB_NOTIFY_SECOPS_URL'?"
      ),
      (
        ["PLUMB_NOTIFY_SEC_OPS_URL": "http://hooks.example/secret-part"],
        "PLUMB_NOTIFY_SEC_OPS_URL is no address that messages may go to: https://…, or http://127.0.0.1:… on this machine"
      ),
      (
        ["PLUMB_NOTIFY_SEC_OPS_URL": "https://user:password@hooks.example/"],
        "PLUMB_NOTIFY_SEC_OPS_URL is no address that messages may go to: https://…, or http://127.0.0.1:… on this machine"
      ),
      (
        [
          "PLUMB_NOTIFY_SEC_OPS_URL": "https://hooks.example", "PLUMB_NOTIFY_SEC_OPS_KIND": "mail",
        ], "PLUMB_NOTIFY_SEC_OPS_KIND is none of webhook, slack, teams, alertmanager"
      ),
      (
        ["PLUMB_NOTIFY_SEC_OPS_URL": "https://hooks.example"],
        "channel 'sec-ops' has nothing to sign with: set PLUMB_NOTIFY_SEC_OPS_SECRET to what 'echo whsec_$(openssl rand -base64 32)' prints, and tell the receiver"
      ),
      (
        [
          "PLUMB_NOTIFY_SEC_OPS_URL": "https://hooks.example",
          "PLUMB_NOTIFY_SEC_OPS_SECRET": "hunter2hunter2hunter2hunter2hunter2",
        ],
        "PLUMB_NOTIFY_SEC_OPS_SECRET is no secret of Standard Webhooks: whsec_ and 24 to 64 bytes in base64, as 'echo whsec_$(openssl rand -base64 32)' prints"
      ),
      (
        [
          "PLUMB_NOTIFY_SEC_OPS_URL": "https://hooks.example",
          "PLUMB_NOTIFY_SEC_OPS_KIND": "slack", "PLUMB_NOTIFY_SEC_OPS_SECRET": "not-needed",
        ],
        "PLUMB_NOTIFY_SEC_OPS_SECRET is given and not used: the address of a slack channel is its secret; leave it out"
      ),
    ] as [([String: String], String)])
  func faults(environment: [String: String], message: String) {
    #expect(Self.fault(environment) == message)
  }

  @Test(
    "an Alertmanager is asked at its API, be it named whole or as a server",
    arguments: [
      ("https://alerts.example", "https://alerts.example/api/v2/alerts"),
      ("https://alerts.example/am/", "https://alerts.example/am/api/v2/alerts"),
      ("http://127.0.0.1:9093/api/v2/alerts", "http://127.0.0.1:9093/api/v2/alerts"),
    ])
  func alertmanager(url: String, asked: String) throws {
    let channel = try NotificationChannel(
      "ops",
      environment: ["PLUMB_NOTIFY_OPS_URL": url, "PLUMB_NOTIFY_OPS_KIND": "alertmanager"])
    #expect(channel.address.description == asked)
    #expect(channel.authorization == nil)
  }

  @Test("no instance reads a channel's variable, whatever it is called")
  func credentials() {
    let source = CredentialSource(environment: [
      "PLUMB_NOTIFY_SECURITY_SECRET": Self.secret, "PLUMB_NOTIFY_SECURITY_URL": "https://x.example",
    ])
    #expect(!CredentialSource.isReserved("PLUMB_OKTA_EU_SECRET"))
    for variable in source.environment.keys { #expect(CredentialSource.isReserved(variable)) }
  }

  @Test("an address that opens a channel is masked from then on")
  func masked() throws {
    let part = "a1b2c3d4e5f6g7h8i9j0notifytest"
    _ = try NotificationChannel(
      "chat",
      environment: [
        "PLUMB_NOTIFY_CHAT_URL": "https://hooks.slack.example/services/\(part)",
        "PLUMB_NOTIFY_CHAT_KIND": "slack",
      ])
    #expect(!SecretGate.process.telling("it went to \(part)").contains(part))
  }

  @Test("a secret is masked, and each part of it that is one alone")
  func maskedParts() throws {
    let (one, two) = (
      "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u", "whsec_bm1sa2ppaGdmZWRjYmE5ODc2NTQzMjEw"
    )
    _ = try NotificationChannel(
      "both",
      environment: [
        "PLUMB_NOTIFY_BOTH_URL": "https://hooks.example",
        "PLUMB_NOTIFY_BOTH_SECRET": "\(one) \(two)",
      ])
    _ = try NotificationChannel(
      "pager",
      environment: [
        "PLUMB_NOTIFY_PAGER_URL": "https://alerts.example",
        "PLUMB_NOTIFY_PAGER_KIND": "alertmanager",
        "PLUMB_NOTIFY_PAGER_SECRET": "plumb:p4ssw0rd-of-the-pager",
      ])
    for text in [one, two, "p4ssw0rd-of-the-pager"] {
      #expect(SecretGate.process.telling("<\(text)>") == "<REDACTED>")
    }
  }

  @Test("signs as the specification's libraries do")
  func signature() throws {
    // The example of the specification's reference libraries.
    let key = try #require(WebhookKey(Self.secret))
    #expect(
      key.signature(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
        body: Array(#"{"test": 2432232314}"#.utf8))
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    #expect(WebhookKey("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil)
    #expect(WebhookKey("whsec_c2hvcnQ=") == nil)
    #expect(WebhookKey("whsec_not base64") == nil)
  }
}
