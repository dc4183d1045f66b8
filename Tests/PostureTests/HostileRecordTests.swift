import CEL
import TestSupport
import Testing

/// DNS records and ISO durations that nobody publishes: read or refused, never a trap.
@Suite("Hostile records") struct HostileRecordTests {
  @Test(
    "DNS records and durations",
    arguments: [
      ("dns.spf", ["v=spf1 ip4:192.0.2.0/24 include:_spf.example.com redirect=x.example -all"]),
      ("dns.dmarc", ["v=DMARC1; p=reject; sp=none; pct=50; rua=mailto:a@example.com!10m; adkim=s"]),
      ("dns.dkim", ["v=DKIM1; k=rsa; h=sha256; t=y:s; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ=="]),
      ("iso8601.duration", ["P1Y2M3W4DT5H6M7.125S", "-PT0.5S", "P30D"]),
    ])
  func records(function: String, corpus: [String]) throws {
    var environment = Environment()
    let text = environment.declare("text", .string)
    let program = try environment.compile("\(function)(text)")
    let activation = Activation()
    var mutator = Mutator(texts: corpus)
    var read = 0
    mutator.runTexts(function) { value in
      activation.set(text, .string(value))
      if case .success = program.evaluate(activation) { read += 1 }
    }
    #expect(read > 20)
  }
}
