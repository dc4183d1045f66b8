import Testing

@testable import Observation

@Suite("Secret gate")
struct SecretGateTests {
  @Test(
    "masks what looks like a token, and nothing around it",
    arguments: [
      ("key ghp_0123456789abcdefghijABCDEFGHIJ012345 end", "key REDACTED end"),
      ("github_pat_11ABCDEFG0123456789_abcdefghijklmnopqrstuvwxyz", "REDACTED"),
      ("xoxb-123456789012-abcdefghijkl", "REDACTED"), ("AKIAIOSFODNN7EXAMPLE.", "REDACTED."),
      (
        "Authorization: SSWS 00QCjAl4MlV-WPXM_ABCDEFGHIJKLMNOPQRSTUVWXYZ01",
        "Authorization: REDACTED"
      ),
      ("eyJhbGciOiJSUzI1NiJ9abc.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "REDACTED"),
      ("a -----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY----- b", "a REDACTED b"),
      ("-----BEGIN RSA PRIVATE KEY-----\ncut off", "REDACTED"),
      ("https://hooks.slack.com/services/T000/B000/abcdefghijklmnop", "REDACTED"),
    ])
  func shapes(text: String, masked: String) { #expect(SecretGate().masked(text) == masked) }

  @Test(
    "leaves what is no token",
    arguments: [
      "00ulYzzzTnk9dOqo9t2R", "ghp_short", "https://contoso.okta.com/api/v1/policies/rst1",
      "eyJub3QiOiJhIHRva2VuIn0abcdefgh", "mail.contoso.example", "-----BEGIN CERTIFICATE-----", "",
      "description with AKIA inside", "SG.short",
    ])
  func harmless(text: String) { #expect(SecretGate().masked(text) == nil) }

  @Test("masks the run's own secrets wherever they stand, a key with escaped line breaks too")
  func own() {
    let mask = SecretGate(secrets: [
      "p4ssw0rd-of-mine", "-----BEGIN X-----\nabcdef\n-----END X-----",
    ])
    #expect(mask.masked("?key=p4ssw0rd-of-mine&x") == "?key=REDACTED&x")
    #expect(mask.masked("{-----BEGIN X-----\\nabcdef\\n-----END X-----}") == "{REDACTED}")
  }

  @Test(
    "masks mixtures of escapes, several times over",
    arguments: [
      ("p%34ss%25770rd-of-mine", "REDACTED"), ("P4SSW\\\\u0030RD-OF-MINE", "REDACTED"),
      ("p4ssw0rd&#x2d;of&#45;mine", "REDACTED"), ("70347373773072642d6f662d6d696e65", "REDACTED"),
      // The last character holds bits of what comes behind, too.
      ("cDRzc3cwcmQtb2YtbWluZQ", "REDACTEDQ"),
    ])
  func mixed(text: String, masked: String) {
    #expect(SecretGate(secrets: ["p4ssw0rd-of-mine"]).masked("<\(text)>") == "<\(masked)>")
  }

  @Test("leaves JSON whole where half an escape would match")
  func halfEscape() {
    let gate = SecretGate(secrets: ["nabcdefgh"])
    let masked = gate.passing(Array(#"{"a":"x\nabcdefgh","b":"\\nabcdefgh"}"#.utf8))
    #expect(String(decoding: masked, as: UTF8.self) == #"{"a":"xREDACTED","b":"\\REDACTED"}"#)
  }

  @Test("what is added later counts at once, in the gate above too")
  func later() {
    let parent = SecretGate()
    let gate = SecretGate(parent: parent)
    #expect(parent.masked("a-token-of-ours") == nil)
    gate.add(["a-token-of-ours"])
    #expect(gate.masked("a-token-of-ours") == "REDACTED")
    #expect(parent.masked("A-TOKEN-OF-OURS") == "REDACTED")
  }
}
