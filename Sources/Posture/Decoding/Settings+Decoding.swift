package import YAML

extension Settings {
  package init(_ envelope: Envelope, diagnostics: Diagnostics) {
    self.init()
    mark = envelope.name.mark
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return }
    if let reports = fields.section("reports") {
      reportsBranch = reports.optional("branch", as: .text, default: reportsBranch)
      reportsPath = reports.optional("path", as: .repositoryPath, default: reportsPath)
      reports.finish()
    }
    if let drift = fields.section("drift") {
      scoreDropThreshold = drift.optional(
        "scoreDropThreshold", as: .integer(in: 1...100), default: scoreDropThreshold)
      drift.finish()
    }
    if let exceptions = fields.section("exceptions") {
      exceptionMaxDuration =
        exceptions.optional("maxDuration", as: .timespan)?.seconds ?? exceptionMaxDuration
      expiringSoon = exceptions.optional("expiringSoon", as: .timespan)?.seconds ?? expiringSoon
      exceptions.finish()
    }
    if let gates = fields.section("gates") {
      let least = gates.optional(
        "newNotCompliant", as: .choice(Impact.allCases.map(\.rawValue) + ["off"]))
      self.gates.newNotCompliant = least.flatMap(Impact.init(rawValue:))
      self.gates.scoreBelowTarget = gates.optional(
        "scoreBelowTarget", as: .choice(of: GateAction.self), default: .off)
      self.gates.expiredException = gates.optional(
        "expiredException", as: .choice(of: GateAction.self), default: .off)
      gates.finish()
    }
    fields.finish()
  }
}

extension MappingDecoder {
  /// A nested mapping that may be missing; nil when it is, and after an error.
  func section(_ name: String) -> MappingDecoder? {
    node(name).flatMap { MappingDecoder($0, into: diagnostics) }
  }
}
