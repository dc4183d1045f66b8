package import JSON

extension StateCodec {
  /// The scores of a top file, read in place: of a thousand reports, most of it is passed over.
  package static func decodeScores(
    _ view: JSONView, path: String
  ) throws(Fault) -> RecordedScores {
    guard view["kind"]?.equals(kind) == true, view["apiVersion"]?.equals(apiVersion) == true else {
      throw Fault(path: path, message: "it is no \(kind) of \(apiVersion)")
    }
    func string(_ view: JSONView, _ name: String) throws(Fault) -> String {
      guard let text = view[name]?.string else {
        throw Fault(path: path, message: "'\(name)' is not a string")
      }
      return text
    }
    var scores = RecordedScores(initiatives: [], instances: [])
    if let initiatives = view["initiatives"]?.elements {
      for initiative in initiatives {
        var metrics: [RecordedScores.Metric] = []
        if let elements = initiative["metrics"]?.elements {
          for metric in elements {
            metrics.append(
              RecordedScores.Metric(
                name: try string(metric, "name"), title: try string(metric, "title"),
                value: score(metric["value"])))
          }
        }
        scores.initiatives.append(
          RecordedScores.Initiative(
            name: try string(initiative, "name"), title: try string(initiative, "title"),
            targetScore: initiative["targetScore"]?.int ?? 0, score: score(initiative["score"]),
            metrics: metrics))
      }
    }
    if let instances = view["instances"]?.elements {
      for instance in instances {
        scores.instances.append(
          RecordedScores.Instance(
            name: try string(instance, "name"), app: try string(instance, "app"),
            score: score(instance["score"]), verdicts: instance["verdicts"]?.string))
      }
    }
    return scores
  }

  private static func score(_ view: JSONView?) -> PrintedScore? {
    view?.double.flatMap(PrintedScore.init)
  }

  /// One recommendation of an instance's file, without its resources and settings; nil when the file
  /// has none of that name, or the instance was off.
  package static func decodeResult(
    of recommendation: String, in view: JSONView, path: String
  ) throws(Fault) -> RecordedResult? {
    guard view["kind"]?.equals(instanceKind) == true,
      view["apiVersion"]?.equals(apiVersion) == true
    else { throw Fault(path: path, message: "it is no \(instanceKind) of \(apiVersion)") }
    guard view["recommendations"]?.equals("on") == true, let results = view["results"]?.elements
    else { return nil }
    for result in results where result["recommendation"]?.equals(recommendation) == true {
      let long = ["affected", "settings", "evidence", "expected"]
      let members = result.members.filter { member in
        !long.contains { member.name == $0 }
      }
      return try decodeResult(
        StateReader(path: path, value: .object(members.map { ($0.name, JSONValue($0.value)) })))
    }
    return nil
  }
}
