package import Posture

/// Carries out effects at one target, one after the other.
///
/// It looks before it acts: it neither overwrites what somebody decided meanwhile nor does twice
/// what is there already. Nothing else knows how it talks to the target.
package protocol Actuator: Sendable {
  /// Looks at the subject of an effect, as it is now.
  ///
  /// - Returns: What comes of the effect without doing anything: it is there already, or somebody
  ///   else decided against it. Nil when it is to be carried out.
  func objection(to effect: Effect) async throws(Fault) -> Effect.Outcome?

  /// Carries out an effect that nothing stood against a moment ago.
  func carryOut(_ effect: Effect) async throws(Fault) -> Effect.Outcome

  /// Ends the connection to the target.
  func close() async
}

extension Actuator {
  /// Looks at an effect and carries it out. A fault becomes an outcome that failed; nothing is
  /// thrown.
  package func outcome(of effect: Effect) async -> Effect.Outcome {
    do throws(Fault) {
      if let outcome = try await objection(to: effect) { return outcome }
      return try await carryOut(effect)
    } catch {
      return Effect.Outcome(.failed, fault: error.of(SecretGate.process.telling))
    }
  }
}

/// The actuators of one kind of target.
package protocol Actuators: Sendable {
  /// - Returns: Nil for a target of another kind, or one that cannot be reached over an API.
  /// - Throws: ``Fault`` when it is not clear whose the credentials are.
  func actuator(
    for target: Effect.Target, in desired: DesiredState
  ) throws(Fault) -> (any Actuator)?
}
