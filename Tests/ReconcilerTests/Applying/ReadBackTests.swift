import Git
import Reports
import Testing

@testable import Reconciler

/// What apply is about to record is read as the next run will read it, before anything is written.
@Suite struct ReadBackTests {
  private func files(_ change: (String, String) -> String = { $1 }) throws -> [TreeChange.File] {
    ReportTree.render(try World().plan()).map { file in
      TreeChange.File(
        path: file.path,
        contents: Array(change(file.path, String(decoding: file.bytes, as: UTF8.self)).utf8))
    }
  }

  @Test("a whole report is taken")
  func whole() throws {
    try Workspace.readBack(files())
  }

  @Test(
    "a file that the next run would refuse is told with its place",
    arguments: [
      ("state.json", "\"targetScore\": 80", "\"targetScore\": -1", "targetScore"),
      (
        "instances/okta-eu/state.json", "2026-06-01T06:00:00Z", "(no day 2932897)T23:58:59Z",
        "'observedAt' is not a time"
      ),
      ("instances/okta-eu/state.json", "\"counted\": 2", "\"counted\": 1e300", "counted"),
      ("instances/okta-eu/state.json", "{", "[", "instances/okta-eu/state.json"),
    ])
  func damaged(path: String, old: String, new: String, message: String) throws {
    let files = try files { name, text in
      #expect(name != path || text.contains(old))
      return name == path ? text.replacing(old, with: new) : text
    }
    let error = #expect(throws: ReconcileError.self) { try Workspace.readBack(files) }
    #expect(
      error?.description.hasPrefix("the report cannot be read back, so nothing was recorded: ")
        == true)
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }
}
