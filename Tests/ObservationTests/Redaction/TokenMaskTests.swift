import Testing

@testable import Observation

@Suite("Token mask")
struct TokenMaskTests {
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
  func shapes(text: String, masked: String) { #expect(TokenMask().masked(text) == masked) }

  @Test(
    "leaves what is no token",
    arguments: [
      "00ulYzzzTnk9dOqo9t2R", "ghp_short", "https://contoso.okta.com/api/v1/policies/rst1",
      "eyJub3QiOiJhIHRva2VuIn0abcdefgh", "mail.contoso.example", "-----BEGIN CERTIFICATE-----", "",
      "description with AKIA inside", "SG.short",
    ])
  func harmless(text: String) { #expect(TokenMask().masked(text) == nil) }

  @Test("masks the run's own secrets wherever they stand, a key with escaped line breaks too")
  func own() {
    let mask = TokenMask(secrets: [
      "p4ssw0rd-of-mine", "-----BEGIN X-----\nabcdef\n-----END X-----",
    ])
    #expect(mask.masked("?key=p4ssw0rd-of-mine&x") == "?key=REDACTED&x")
    #expect(mask.masked("{-----BEGIN X-----\\nabcdef\\n-----END X-----}") == "{REDACTED}")
  }
}
