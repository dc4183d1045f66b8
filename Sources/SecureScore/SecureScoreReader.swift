internal import Connectors
package import JSON
package import Posture
internal import Text
internal import YAML

/// Reads Microsoft Secure Score out of an observation: the control profiles and the latest score, as
/// Microsoft Graph returns them.
package enum SecureScoreReader {
  package static let profiles = "secureScoreControlProfiles"
  package static let scores = "secureScores"

  /// As many controls are taken, and no more: Microsoft has some hundreds.
  package static let mostControls = 5_000

  /// What an observation shows of Secure Score; nil when it was not looked for.
  package static func read(_ reading: some ObservationReading) -> ImportedObservation? {
    let states = reading.summary.collections.keyed(by: \.name)
    guard let state = states[profiles] else { return nil }
    var observation = ImportedObservation()
    if let obstacle = obstacle(state) {
      observation.obstacle = obstacle
      return observation
    }
    do throws(Fault) {
      var controls: [String: ImportedControl] = [:]
      var isBeyond = false
      try reading.forEachResource(in: profiles) { resource in
        guard let control = Self.control(resource.view), controls[control.id] == nil else { return }
        if controls.count < mostControls {
          controls[control.id] = control
        } else {
          isBeyond = true
        }
      }
      if isBeyond {
        observation.obstacle = .unreadable(
          Fault(.tooLarge, "there are more than \(mostControls) control profiles"))
        return observation
      }
      try readScores(reading, state: states[scores], into: &observation, &controls)
      observation.controls = controls.values.sorted { $0.id < $1.id }
    } catch {
      observation.obstacle = .unreadable(error)
    }
    return observation
  }

  private static func obstacle(_ state: CollectionSummary?) -> Reason? {
    guard let state else { return .notObserved(collection: scores) }
    guard state.state != .complete else { return nil }
    return .incomplete(collection: state.name, state.state, why: state.fault?.detail)
  }

  // MARK: Profiles

  private static func control(_ view: JSONView) -> ImportedControl? {
    guard let id = view["id"]?.string, !id.isEmpty, id.utf8.count <= 200 else { return nil }
    func text(_ name: String, _ limit: Int = 200) -> String {
      // `Unknown` is what Microsoft writes for nothing.
      guard let text = view[name]?.string, text != "Unknown" else { return "" }
      return PlainText(html: text, limit: limit).text
    }
    var control = ImportedControl(id: id)
    control.title = text("title", 400).replacing("\n", with: " ")
    if control.title.isEmpty { control.title = id }
    control.service = text("service")
    control.category = text("controlCategory")
    control.tier = text("tier")
    control.userImpact = text("userImpact")
    control.implementationCost = text("implementationCost")
    control.threats = (view["threats"].map { Array($0.elements) } ?? []).prefix(50)
      .compactMap(\.string).map { PlainText(html: $0, limit: 100).text }.filter { !$0.isEmpty }
    control.remediation = text("remediation", 4_000)
    control.manage = view["actionUrl"]?.string.flatMap { url in
      url.lowercased().hasPrefix("https://") && url.utf8.count <= 2_000 ? url : nil
    }
    control.isDeprecated = view["deprecated"]?.bool ?? false
    control.possible = view["maxScore"]?.double.flatMap(ImportedPoints.init) ?? .zero
    control.decision = decision(in: view)
    return control
  }

  /// The latest of a profile's `controlStateUpdates`; where times are missing, the last of the list.
  package static func decision(in profile: JSONView) -> TargetState {
    var latest: (time: String, view: JSONView)?
    for update in profile["controlStateUpdates"].map({ Array($0.elements) }) ?? [] {
      let time = update["updatedDateTime"]?.string ?? ""
      if time >= latest?.time ?? "" { latest = (time, update) }
    }
    guard let view = latest?.view, let state = view["state"]?.string, !state.isEmpty else {
      return .undecided
    }
    // One character may have any number of bytes.
    func text(_ name: String) -> String {
      String((view[name]?.string ?? "").prefix(2_000)).bounded(to: 8_000)
    }
    return TargetState(
      named: String(state.prefix(60)).bounded(to: 240), comment: text("comment"),
      by: text("updatedBy"))
  }

  // MARK: Scores

  /// The latest of the scores: they come one a day, newest first or not.
  private static func readScores(
    _ reading: some ObservationReading, state: CollectionSummary?,
    into observation: inout ImportedObservation, _ controls: inout [String: ImportedControl]
  ) throws(Fault) {
    if let obstacle = obstacle(state) {
      observation.obstacle = obstacle
      return
    }
    var latest: (time: String, view: JSONView)?
    try reading.forEachResource(in: scores) { resource in
      let time = resource.view["createdDateTime"]?.string ?? ""
      if latest == nil || time > latest?.time ?? "" { latest = (time, resource.kept) }
    }
    guard let (time, view) = latest else {
      observation.obstacle = .neverScored(.secureScore)
      return
    }
    observation.scoredAt = Instant(time)
    observation.current = view["currentScore"]?.double.flatMap(ImportedPoints.init)
    observation.possible = view["maxScore"]?.double.flatMap(ImportedPoints.init)
    for score in view["controlScores"].map({ Array($0.elements) }) ?? [] {
      guard let name = score["controlName"]?.string, controls[name] != nil,
        !isTrue(score["NotScored"])
      else { continue }
      controls[name]?.earned = score["score"]?.double.flatMap(ImportedPoints.init)
      controls[name]?.standing =
        PlainText(html: score["implementationStatus"]?.string ?? "", limit: 400).text
        .replacing("\n", with: " ")
    }
  }

  /// Microsoft writes truth as text in what it does not document.
  private static func isTrue(_ view: JSONView?) -> Bool {
    view?.bool ?? (view?.string?.lowercased() == "true")
  }
}
