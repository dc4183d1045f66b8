package import JSON

/// The verdicts on one instance, which are kept until something that they rest on changes.
extension StateCodec {
  /// Writes verdicts. It leaves out what of the evidence could not be read: only tests of
  /// recommendations tell that.
  ///
  /// - Returns: The verdicts by name; nil where one of them would not be read back unchanged.
  package static func encode(_ verdicts: [String: Verdict]) -> JSONValue? {
    var results: [JSONValue] = []
    for (name, judged) in verdicts.sorted(by: { $0.key < $1.key }) {
      var verdict = judged
      verdict.faults = []
      let result = Snapshot.Result(of: verdict, named: name)
      // As it will be read: a number may come back as another kind of number.
      guard let written = try? JSONView(parsing: result.recorded.bytes()),
        let read = try? Snapshot.Result(StateReader(path: name, value: written)),
        read.verdict == verdict
      else {
        return nil
      }
      results.append(JSONValue(written))
    }
    return .array(results)
  }

  /// - Throws: ``ReadError`` for what `encode` did not write.
  package static func decodeVerdicts(
    _ value: JSONView, path: String
  ) throws(ReadError) -> [String: Verdict] {
    var verdicts: [String: Verdict] = [:]
    for value in value.elements {
      let result = try Snapshot.Result(StateReader(path: path, value: value))
      verdicts[result.name] = result.verdict
    }
    return verdicts
  }
}
