internal import Connectors
internal import JSON
package import Observation
package import Posture

/// Sets the states of controls in Microsoft Secure Score of tenants that are read over an API.
package struct SecureScoreActuators: Actuators {
  private let credentials: CredentialSource
  private let options: ObserverOptions

  package init(credentials: CredentialSource, options: ObserverOptions) {
    self.credentials = credentials
    self.options = options
  }

  package func actuator(
    for target: Effect.Target, in desired: DesiredState
  ) throws(Fault) -> (any Actuator)? {
    guard case .imported(.secureScore, let instance) = target else { return nil }
    return try ObservationTarget.all(in: desired, credentials: credentials)
      .first { $0.name == instance }.map { SecureScoreActuator($0, options: options) }
  }
}

/// Sets the states of one tenant's controls: `PATCH /security/secureScoreControlProfiles/{id}`
/// ([Update secureScoreControlProfile](
/// https://learn.microsoft.com/graph/api/securescorecontrolprofile-update)).
package actor SecureScoreActuator: Actuator {
  private let line: Result<ResourceLine, Fault>
  /// Of each control that was looked at, whose it is: Graph demands that vendor and provider are named,
  /// and names them itself.
  private var vendors: [String: JSONValue] = [:]

  package init(_ target: ObservationTarget, options: ObserverOptions) {
    do throws(Fault) {
      guard ImportedSource.secureScore.isRead(by: target.connector) else {
        throw Fault(
          .misconfigured, "connector '\(target.connector.name)' does not read Secure Score")
      }
      line = .success(
        try ResourceLine(
          target, collection: SecureScoreReader.profiles,
          permission: ImportedSource.secureScore.writePermission, options: options))
    } catch {
      line = .failure(error)
    }
  }

  package func objection(to effect: Effect) async throws(Fault) -> Effect.Outcome? {
    let profile = try await line.get().read(effect.subject)
    let vendor = profile["vendorInformation"]
    func name(_ member: String, _ usual: String) -> JSONValue {
      .string(vendor?[member]?.string ?? usual)
    }
    vendors[effect.subject] = [
      "vendor": name("vendor", "Microsoft"), "provider": name("provider", "SecureScore"),
    ]
    return effect.objection(at: SecureScoreReader.decision(in: profile))
  }

  package func carryOut(_ effect: Effect) async throws(Fault) -> Effect.Outcome {
    try await line.get().patch(
      effect.subject,
      [
        "state": .string(effect.to.state), "comment": .string(effect.to.comment),
        "vendorInformation": vendors[effect.subject] ?? .null,
      ])
    return Effect.Outcome(.written, state: effect.to)
  }

  package func close() async {
    if case .success(let line) = line { await line.close() }
  }
}
