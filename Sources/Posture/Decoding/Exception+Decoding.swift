internal import Connectors
internal import JSON
package import YAML

extension Exception {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let recommendations = fields.recommendationNames()
    let status = fields.required(
      "status",
      as: .choice(of: Status.self).checked { status in
        Status.declarable.contains(status)
          ? nil
          : "'\(status.rawValue)' is not decided by an exception; allowed: "
            + Status.declarable.map(\.rawValue).joined(separator: ", ")
      })
    let instances = fields.required("instances", as: InstanceSelector.decoder)
    let resources = fields.optional("resources", as: .located(.text))
    let justification = fields.required("justification", as: .text)
    let owner = fields.required("owner", as: .text)
    let ticket = fields.optional("ticket", as: .text)
    let expires = fields.optional("expires", as: .located(.date))
    if fields.node("expires") == nil, let status, status == .riskAccepted || status == .planned {
      fields.error(
        "missing field 'expires': \(status.rawValue) is for a time, write the last day")
    }
    fields.finish()
    guard let recommendations, let status, let instances, let justification, let owner,
      resources != nil || fields.node("resources") == nil,
      expires != nil || fields.node("expires") == nil
    else { return nil }
    self.init(
      name: envelope.name.value, recommendations: recommendations, status: status,
      instances: instances, resources: resources, justification: justification, owner: owner,
      ticket: ticket, expires: expires?.value, mark: envelope.name.mark,
      lines: envelope.root.mark.line...max(envelope.root.mark.line, envelope.root.end.line),
      expiresMark: expires?.mark ?? envelope.name.mark,
      digest: envelope.spec.meaningDigest)
  }
}

extension MappingDecoder {
  /// `recommendation: name` or `recommendations: [name, …]`.
  func recommendationNames() -> [Located<String>]? {
    guard let chosen = exactlyOne(of: ["recommendation", "recommendations"]) else { return nil }
    return chosen.name == "recommendation"
      ? NodeDecoder.located(.string).decode(chosen.value, into: diagnostics).map { [$0] }
      : NodeDecoder.nonEmptyList(of: .located(.string)).decode(chosen.value, into: diagnostics)
  }
}

extension Node {
  /// SHA-256 of what the node means: layout, comments and quoting do not count.
  var meaningDigest: String {
    Digest.sha256(YAMLValue(self, into: Diagnostics()).map { JSONValue($0).compactText } ?? "")
  }
}
