package import JSON

/// The verdicts on one instance, which are kept until something that they rest on changes.
extension StateCodec {
  /// Writes verdicts in order of their names. It leaves out what of the evidence could not be read: only tests of
  /// recommendations tell that.
  package static func encode(_ verdicts: [String: Verdict]) -> JSONValue {
    .array(
      verdicts.sorted { $0.key < $1.key }.map {
        Snapshot.Result(of: $0.value, named: $0.key).recorded
      })
  }

  /// - Parameters:
  ///   - text: An object with the verdicts among its members.
  ///   - name: The member's.
  /// - Throws: ``ReadError`` for what `encode` did not write.
  package static func decodeVerdicts(
    _ text: RecordedText, member name: String, path: String
  ) throws(ReadError) -> [String: Verdict] {
    let reader = StateReader(path: path, value: text.view, unread: text.lists)
    var verdicts: [String: Verdict] = [:]
    for reader in try reader.list(name) {
      let result = try Snapshot.Result(reader)
      verdicts[result.name] = result.verdict
    }
    return verdicts
  }
}
