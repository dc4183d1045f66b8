import Reconciler
import Testing

/// `--index auto`.
@Suite("The engine's index") struct EngineIndexTests {
  @Test(
    "each engine's variable counts from its own base",
    arguments: [
      ["JOB_COMPLETION_INDEX": "3"], ["SLURM_ARRAY_TASK_ID": "3"],
      ["CI_NODE_INDEX": "4", "GITLAB_CI": "true"], ["AWS_BATCH_JOB_ARRAY_INDEX": "3"],
      ["NOMAD_ALLOC_INDEX": "3"], ["CLOUD_RUN_TASK_INDEX": "3"],
      ["SYSTEM_JOBPOSITIONINPHASE": "4"], ["BUILDKITE_PARALLEL_JOB": "3"],
      // Another tool's variable of GitLab's name.
      ["JOB_COMPLETION_INDEX": "3", "CI_NODE_INDEX": "7"],
      ["SLURM_ARRAY_TASK_ID": "3", "JOB_COMPLETION_INDEX": ""],
    ])
  func base(environment: [String: String]) throws {
    #expect(try EngineIndex.index(in: environment) == 3)
  }

  @Test(
    "none, two, or no number are refused",
    arguments: [
      ([:], "no engine says which share this is"),
      (["CI_NODE_INDEX": "2"], "no engine says which share this is"),
      (
        ["SLURM_ARRAY_TASK_ID": "1", "JOB_COMPLETION_INDEX": "1"],
        "JOB_COMPLETION_INDEX of Kubernetes and SLURM_ARRAY_TASK_ID of Slurm are set"
      ),
      (["SLURM_ARRAY_TASK_ID": "x"], "SLURM_ARRAY_TASK_ID of Slurm is no number from 0"),
      (
        ["CI_NODE_INDEX": "0", "GITLAB_CI": "true"],
        "CI_NODE_INDEX of GitLab is no number from 1"
      ),
    ])
  func refused(environment: [String: String], text: String) {
    let error = #expect(throws: FleetError.self) { try EngineIndex.index(in: environment) }
    #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    #expect(error?.code == .configuration)
  }
}
