import Testing

@testable import CEL

/// Rows of RFC 7208, RFC 7489 and RFC 6376.
@Suite("DNS records")
struct DNSTests {
  @Test(
    "dns.spf reads versions, qualifiers, redirects and faults",
    arguments: [
      ("v=spf1 -all", "true true - '' 0"), ("V=SPF1 -ALL", "true true - '' 0"),
      ("v=spf1", "true true '' '' 0"), ("v=spf10 -all", "false false '' '' 0"),
      ("v=spf1 include:redirect.example.net ~all", "true true ~ '' 1"),
      ("v=spf1 redirect=_spf.example.net", "true true '' _spf.example.net 1"),
      ("v=spf1 redirect=_spf.example.net -all", "true true - '' 0"),
      ("v=spf1 redirect= -all", "true false '' '' 0"), ("v=spf1 -all exp=", "true false '' '' 0"),
      ("v=spf1 redirect=a.b redirect=c.d", "true false '' '' 0"),
      ("v=spf1 all", "true true + '' 0"), ("v=spf1 ?all -all", "true true ? '' 0"),
      (
        "v=spf1 a mx/24 a:x.example/24//64 ptr exists:%{i}.x ip4:192.0.2.0/24 ip6:2001:db8::/32 -all",
        "true true - '' 5"
      ),
      ("v=spf1 ip4:192.0.2.300 -all", "true false '' '' 0"),
      ("v=spf1 ip4:192.0.2.0/33 -all", "true false '' '' 0"),
      ("v=spf1 ip4:2001:db8:: -all", "true false '' '' 0"),
      ("v=spf1 include: -all", "true false '' '' 0"), ("v=spf1 -all:x", "true false '' '' 0"),
      ("v=spf1 inclde:example.net -all", "true false '' '' 0"),
      ("v=spf1 unknown=thing -all", "true true - '' 0"),
      ("\\\"v=spf1 include:a.example\\\" \\\" -all\\\"", "true true - '' 1"),
      ("google-site-verification=v=spf1 -all", "false false '' '' 0"),
    ])
  func spf(record: String, expected: String) throws {
    let source = """
      cel.bind(r, dns.spf("\(record)"), "%s %s %s %s %d".format([string(r.found), string(r.valid),
      r.all == "" ? "''" : r.all, r.redirect == "" ? "''" : r.redirect, r.lookups]))
      """
    #expect(try evaluate(source) == "\"\(expected)\"")
  }

  @Test(
    "dns.dmarc reads tags in any order and case",
    arguments: [
      ("v=DMARC1; p=reject", "true true reject reject 100"),
      ("v=DMARC1;p=reject;", "true true reject reject 100"),
      ("V = DMARC1 ; SP=none ; P=Reject ; pct=50", "true true reject none 50"),
      ("v=DMARC1; p=none; sp=reject;", "true true none reject 100"),
      ("v=DMARC1; rua=mailto:a@b.example", "true false none none 100"),
      ("v=DMARC1; p=rejct", "true false none none 100"),
      ("v=DMARC1; p=reject; sp=maybe", "true false none none 100"),
      ("v=DMARC1; p=reject; p=none", "true false none none 100"),
      ("v=DMARC1; p=reject; pct=150", "true true reject reject 100"),
      ("v=DMARC1; p=reject; nonsense", "true false none none 100"),
      ("v=dmarc1; p=reject", "false false none none 100"),
      ("p=reject; v=DMARC1", "false false none none 100"),
      ("v=DMARC10; p=reject", "false false none none 100"), ("", "false false none none 100"),
    ])
  func dmarc(record: String, expected: String) throws {
    let source = """
      cel.bind(r, dns.dmarc("\(record)"), "%s %s %s %s %d".format([string(r.found), string(r.valid),
      r.p, r.sp, r.pct]))
      """
    #expect(try evaluate(source) == "\"\(expected)\"")
  }

  @Test(
    "dns.dkim knows revoked, testing and broken keys",
    arguments: [
      ("v=DKIM1; k=rsa; p=MIGf", "true true false false rsa"),
      ("p=MIGf", "true true false false rsa"),
      ("v=DKIM1; p=", "true true true false rsa"), ("v=DKIM1; p= ;", "true true true false rsa"),
      ("v=DKIM1; t=s:y; p=MIGf", "true true false true rsa"),
      ("v=DKIM1; k=ed25519; p=MI Gf", "true true false false ed25519"),
      ("v=DKIM1; k=rsa", "true false false false rsa"),
      ("v=DKIM1; p=!!!", "true false false false rsa"),
      ("v=DKIM1; p=MIGf; p=", "true false false false rsa"),
      ("v=DKIM2; p=MIGf", "false false false false rsa"),
      ("v=spf1 -all", "false false false false rsa"),
    ])
  func dkim(record: String, expected: String) throws {
    let source = """
      cel.bind(r, dns.dkim("\(record)"), "%s %s %s %s %s".format([string(r.found), string(r.valid),
      string(r.revoked), string(r.testing), r.k]))
      """
    #expect(try evaluate(source) == "\"\(expected)\"")
  }

  @Test(
    "Of several texts, exactly one may be a record",
    arguments: [
      ("dns.spf(['x', 'v=spf1 -all'])", ""), ("dns.spf([])", "there is no record"),
      ("dns.spf(['v=spf1 -all', 'v=spf1 ~all'])", "there are 2 records"),
      ("dns.dmarc(['v=DMARC1; p=reject', 'v=DMARC1; p=none'])", "there are 2 records"),
      ("dns.dmarc(['v=DMARC1; p=none', 'v=spf1 -all'])", ""),
      ("dns.dkim(['v=DKIM1; p=AA==', 'v=DKIM1; p=BB=='])", "there are 2 records"),
      ("dns.dmarc('v=DMARC1; p=reject; p=reject')", "the tag 'p' stands twice"),
      ("dns.spf('v=spf1 foo')", "'foo' is no term of SPF"),
    ])
  func several(call: String, error: String) throws {
    #expect(try evaluate("\(call).error") == "\"\(error)\"")
  }

  @Test("What is no text is an error, not a record that is missing")
  func types() throws {
    #expect(
      try evaluate("dns.spf(resource.a)", resource: #"{"a": null}"#)
        == "noSuchOverload: no such overload: dns.spf(null_type)")
    #expect(
      try evaluate("dns.dmarc(resource.a)", resource: #"{"a": ["v=DMARC1; p=reject", 1]}"#)
        == "noSuchOverload: no such overload: dns.dmarc(int)")
  }

  @Test(
    "iso8601.duration reads every designator",
    arguments: [
      ("P4DT12H30M5S", "duration(\"390605s\")"), ("P1Y", "duration(\"31536000s\")"),
      ("P6M", "duration(\"15552000s\")"), ("P2W", "duration(\"1209600s\")"),
      ("PT1.5H", "duration(\"5400s\")"), ("PT0,5S", "duration(\"0.5s\")"),
      ("-P1D", "duration(\"-86400s\")"), ("P0D", "duration(\"0s\")"),
      ("P1Y2M3W4DT5H6M7S", "duration(\"38898367s\")"),
      ("P", "'P' is not"), ("PT", "'PT' is not"), ("P1", "'P1' is not"),
      ("P1DT", "'P1DT' is not"), ("P1H", "'P1H' is not"), ("PT1D", "'PT1D' is not"),
      ("P1D1Y", "'P1D1Y' is not"), ("P1.5DT1H", "'P1.5DT1H' is not"), ("1D", "'1D' is not"),
      ("P999Y", "'P999Y' is not"), ("PT1HT1M", "'PT1HT1M' is not"), ("", "'' is not"),
    ])
  func durations(text: String, expected: String) throws {
    let value = try evaluate("iso8601.duration('\(text)')")
    #expect(
      value == expected
        || value == "invalidArgument: \(expected) an ISO 8601 duration")
  }
}
