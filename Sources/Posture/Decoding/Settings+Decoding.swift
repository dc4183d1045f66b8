package import YAML

extension Settings {
  package init(_ envelope: Envelope, diagnostics: Diagnostics) {
    self.init()
    mark = envelope.name.mark
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return }
    if let reports = fields.section("reports") {
      reportsBranch = reports.optional("branch", as: .branchName, default: reportsBranch)
      reportsPath = reports.optional("path", as: .reportsFolder, default: reportsPath)
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
    if let section = fields.section("gates") {
      gates = Gates(section)
      section.finish()
    }
    fields.finish()
  }
}

extension Settings.Gates {
  fileprivate init(_ fields: MappingDecoder) {
    self.init()
    func action(_ name: Settings.GateName) -> Settings.GateAction? {
      fields.optional(name.rawValue, as: .choice(of: Settings.GateAction.self))
    }
    func number(_ name: Settings.GateName, in range: ClosedRange<Int>) -> Int? {
      fields.optional(name.rawValue, as: .orOff(range)) ?? nil
    }
    let least = fields.optional(
      Settings.GateName.newNotCompliant.rawValue,
      as: .choice(Impact.allCases.map(\.rawValue) + ["off"]))
    newNotCompliant = least.flatMap(Impact.init(rawValue:))
    scoreBelowTarget = action(.scoreBelowTarget) ?? .off
    scoreDrop = number(.scoreDrop, in: Self.scoreDrops)
    expiredException = action(.expiredException) ?? .off
    exceptionTooLong = action(.exceptionTooLong)
    coverageBelow = number(.coverageBelow, in: Self.coverages)
    staleObservation = action(.staleObservation) ?? .off
    lessAssessed = action(.lessAssessed) ?? .fail
  }
}

extension NodeDecoder where Value == Int? {
  /// A whole number within bounds, or `off`.
  fileprivate static func orOff(_ range: ClosedRange<Int>) -> NodeDecoder<Int?> {
    NodeDecoder("an integer or off") { node, diagnostics in
      if node.scalar == "off" { return .some(nil) }
      return NodeDecoder<Int>.integer(in: range).decode(node, into: diagnostics).map { .some($0) }
    }
  }
}

extension MappingDecoder {
  /// A nested mapping that may be missing; nil when it is, and after an error.
  func section(_ name: String) -> MappingDecoder? {
    node(name).flatMap { MappingDecoder($0, into: diagnostics) }
  }
}
