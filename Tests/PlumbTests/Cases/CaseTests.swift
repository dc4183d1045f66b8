private import Foundation
import TestSupport
import Testing

/// Small tenants with the verdict that is right, each after a bug that was reported of another tool.
@Suite("Cases from public bug reports", .enabled(if: Cases.folder != nil, "no ../shared/cases"))
struct CaseTests {
  /// Runs the cases' runner as it is, but for one thing: it reads whatever lies in its scratch folder as files, and the
  /// store of observations is a folder there.
  private static let runner = """
    import pathlib, runpy, sys
    whole = pathlib.Path.read_bytes
    pathlib.Path.read_bytes = lambda path: b"" if path.is_dir() else whole(path)
    sys.argv = sys.argv[1:]
    sys.path.insert(0, str(pathlib.Path(sys.argv[0]).parent))
    runpy.run_path(sys.argv[0], run_name="__main__")
    """

  @Test("every case that is judged is right")
  func cases() throws {
    let folder = try #require(Cases.folder)
    let program = try #require(Program.path, "the program was not built")
    let environment = ProcessInfo.processInfo.environment
    let run = try Run(
      "/usr/bin/env", ["python3", "-c", Self.runner, "\(folder)/cases.py", program, folder],
      in: folder,
      environment: environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 })
    let lines = run.output.split(separator: "\n")
    print(lines.last ?? "cases: nothing was printed")
    #expect(run.status == 0, "\(run.output)\(run.error)")
  }
}

/// Where the cases are: beside the clone.
private enum Cases {
  static let folder: String? = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { root.deleteLastPathComponent() }
    let path = root.appendingPathComponent("shared/cases").path
    return FileManager.default.fileExists(atPath: "\(path)/cases.py") ? path : nil
  }()
}
