/// Which share this process is, as the engine that started it says.
package enum EngineIndex {
  /// An engine, and how it numbers.
  private struct Engine {
    let name: String
    let variable: String
    /// The number of the first.
    let base: Int
    /// A variable without which the other means something else.
    var beside: String?
  }

  /// Slurm numbers as it was asked to: `--array=0-63`, as the file does.
  private static let engines = [
    Engine(name: "Kubernetes", variable: "JOB_COMPLETION_INDEX", base: 0),
    Engine(name: "Slurm", variable: "SLURM_ARRAY_TASK_ID", base: 0),
    Engine(name: "GitLab", variable: "CI_NODE_INDEX", base: 1, beside: "GITLAB_CI"),
    Engine(name: "AWS Batch", variable: "AWS_BATCH_JOB_ARRAY_INDEX", base: 0),
    Engine(name: "Nomad", variable: "NOMAD_ALLOC_INDEX", base: 0),
    Engine(name: "Cloud Run", variable: "CLOUD_RUN_TASK_INDEX", base: 0),
    Engine(name: "Azure Pipelines", variable: "SYSTEM_JOBPOSITIONINPHASE", base: 1),
    Engine(name: "Buildkite", variable: "BUILDKITE_PARALLEL_JOB", base: 0),
  ]

  /// - Returns: The index from 0.
  /// - Throws: ``FleetError`` when no engine says it, or two do, or what one says is no number.
  package static func index(in environment: [String: String]) throws(FleetError) -> Int {
    let found = engines.filter { engine in
      environment[engine.variable].map { !$0.isEmpty } ?? false
        && engine.beside.map { environment[$0]?.isEmpty == false } ?? true
    }
    guard let engine = found.first else {
      throw FleetError(
        .configuration,
        "--index auto: no engine says which share this is (\(engines.map(\.variable).joined(separator: ", "))); name it with --index, in a GitHub matrix --index ${{ strategy.job-index }}"
      )
    }
    guard found.count == 1 else {
      throw FleetError(
        .configuration,
        "--index auto: \(found.map { "\($0.variable) of \($0.name)" }.joined(separator: " and ")) are set: name the share with --index"
      )
    }
    guard let number = environment[engine.variable].flatMap({ Int($0) }), number >= engine.base
    else {
      throw FleetError(
        .configuration,
        "--index auto: \(engine.variable) of \(engine.name) is no number from \(engine.base)")
    }
    return number - engine.base
  }
}
