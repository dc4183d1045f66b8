internal import Connectors
package import JSON

extension StateCodec {
  /// Reads the scores of a top file in place: a history of a thousand reports passes over most of
  /// each.
  ///
  /// - Parameter values: What the reports that are read together have in common.
  package static func decodeScores(
    _ view: JSONView, path: String, sharing values: RecordedValues = RecordedValues()
  ) throws(ReadError) -> RecordedScores {
    guard view["kind"]?.equals(kind) == true, view["apiVersion"]?.equals(apiVersion) == true else {
      throw ReadError(path: path, message: "it is no \(kind) of \(apiVersion)")
    }
    let reader = ScoreReader(path: path, values: values)
    var scores = RecordedScores(initiatives: [], instances: [])
    for initiative in try reader.list(view, "initiatives") {
      var metrics: [RecordedScores.Metric] = []
      for metric in try reader.list(initiative, "metrics") {
        metrics.append(
          RecordedScores.Metric(
            name: try reader.string(metric, "name"), title: try reader.string(metric, "title"),
            value: try reader.score(metric, "value", exact: "exactValue")))
      }
      scores.initiatives.append(
        RecordedScores.Initiative(
          name: try reader.string(initiative, "name"),
          title: try reader.string(initiative, "title"),
          targetScore: try reader.count(initiative, "targetScore"),
          score: try reader.score(initiative, "score", exact: "exactScore"), metrics: metrics))
    }
    for instance in try reader.list(view, "instances") {
      scores.instances.append(
        RecordedScores.Instance(
          name: try reader.string(instance, "name"), app: try reader.string(instance, "app"),
          score: try reader.score(instance, "score", exact: "exactScore"),
          verdicts: try reader.optionalString(instance, "verdicts")))
    }
    return scores
  }

  /// Reads one recommendation of an instance's file, without its resources and settings; nil when
  /// the file has none of that name, or the instance was off.
  package static func decodeResult(
    of recommendation: String, in view: JSONView, path: String
  ) throws(ReadError) -> Snapshot.Result? {
    guard view["kind"]?.equals(instanceKind) == true,
      view["apiVersion"]?.equals(apiVersion) == true
    else { throw ReadError(path: path, message: "it is no \(instanceKind) of \(apiVersion)") }
    guard view["recommendations"]?.equals("on") == true else { return nil }
    for result in try ScoreReader(path: path, values: RecordedValues()).list(view, "results")
    where result["recommendation"]?.equals(recommendation) == true {
      let long = ["affected", "settings", "evidence", "expected"]
      return try Snapshot.Result(StateReader(path: path, value: result, hiding: long))
    }
    return nil
  }
}

/// Reads members in place, and refuses those of another type.
private struct ScoreReader {
  let path: String
  let values: RecordedValues

  private func fault(_ name: String, isNot expectation: String) -> StateCodec.ReadError {
    StateCodec.ReadError(path: path, message: "'\(name)' is not \(expectation)")
  }

  func string(_ view: JSONView, _ name: String) throws(StateCodec.ReadError) -> String {
    guard let text = view[name]?.string else { throw fault(name, isNot: "a string") }
    return values.text(text)
  }

  func optionalString(_ view: JSONView, _ name: String) throws(StateCodec.ReadError) -> String? {
    guard let member = view[name], !member.isNull else { return nil }
    guard let text = member.string else { throw fault(name, isNot: "a string") }
    return values.text(text)
  }

  func count(_ view: JSONView, _ name: String) throws(StateCodec.ReadError) -> Int {
    guard let number = view[name]?.int else { throw fault(name, isNot: "a number") }
    guard (0...StateCodec.largestCount).contains(number) else {
      throw fault(name, isNot: "a number between 0 and \(StateCodec.largestCount)")
    }
    return number
  }

  /// The score; nil where it is left out or null.
  func score(
    _ view: JSONView, _ name: String, exact: String
  ) throws(StateCodec.ReadError) -> PrintedScore? {
    guard let member = view[name], !member.isNull else { return nil }
    let text = try optionalString(view, exact)
    guard let score = member.double.flatMap({ values.score($0, exact: text) }) else {
      throw fault(name, isNot: "a score")
    }
    return score
  }

  /// The elements of a list; none where it is left out.
  func list(_ view: JSONView, _ name: String) throws(StateCodec.ReadError) -> [JSONView] {
    guard let member = view[name], !member.isNull else { return [] }
    guard member.kind == .array else { throw fault(name, isNot: "a list") }
    return Array(member.elements)
  }
}
