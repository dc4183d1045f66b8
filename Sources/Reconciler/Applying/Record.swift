internal import Git
internal import JSON
internal import Posture

/// The machine state that an apply of a plan would record.
struct Record {
  /// Paths relative to the reports folder, sorted.
  let files: [(path: String, bytes: [UInt8])]

  init(_ plan: Plan) {
    files =
      [("state.json", StateCodec.encode(plan).bytes(layout: .pretty))]
      + plan.instances.map { instance in
        (
          "instances/\(instance.name)/state.json",
          StateCodec.encode(RecordedInstance(instance), named: instance.name)
            .bytes(layout: .pretty)
        )
      }
  }

  /// Whether the tip of the reports branch records anything else.
  func differs(
    from tip: ObjectID?, in repository: Repository, settings: Settings
  ) throws(GitError) -> Bool {
    guard let tip else { return true }
    for file in files {
      let recorded = try repository.contents(
        of: "\(settings.reportsPath)/\(file.path)", at: tip, limit: 1 << 30)
      if recorded != file.bytes { return true }
    }
    return false
  }
}
