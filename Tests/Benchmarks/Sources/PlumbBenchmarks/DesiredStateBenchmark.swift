import Foundation

/// A desired state of 5,000 files and 20,000 documents, validated; beside it, `git cat-file --batch`
/// of the same blobs.
struct DesiredStateBenchmark {
  let plumb: String
  let folder: String

  func run(files: Int = 5_000, documentsPerFile: Int = 4) throws {
    let root = URL(fileURLWithPath: folder).appending(path: "desired")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    var bytes = 0
    for file in 0..<files {
      let text = document(file: file, count: documentsPerFile)
      bytes += text.utf8.count
      let place = root.appending(path: "desired-state/team-\(file % 50)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place.appending(path: "tenant-\(file).yaml"))
    }
    for command in [
      ["git", "init", "-q"], ["git", "add", "."],
      [
        "git", "-c", "user.name=b", "-c", "user.email=b@contoso.example", "commit", "-qm", "state",
      ],
    ] { _ = ChildProcess.run(command, in: root.path) }

    let documents = files * documentsPerFile
    let measure = ChildProcess.run([plumb, "validate"], in: root.path)
    print(
      line("plumb validate", measure, bytes: bytes)
        + ", \(Int(Double(documents) / measure.seconds)) documents/s (\(documents) documents in \(files) files)"
    )
    let list = root.appending(path: ".git/blobs").path
    _ = ChildProcess.run(
      ["sh", "-c", "git ls-tree -r HEAD | cut -c8-52 | cut -d' ' -f2"], in: root.path, output: list)
    let baseline = ChildProcess.run(["git", "cat-file", "--batch"], in: root.path, input: list)
    print(line("git cat-file --batch (baseline)", baseline, bytes: bytes))
  }

  private func document(file: Int, count: Int) -> String {
    (0..<count).map { index in
      index == 0
        ? """
        # Tenant \(file) of the company.
        apiVersion: plumb/v1
        kind: Instance
        metadata:
          name: okta-tenant-\(file)
          labels: { region: r\(file % 7), owner: team-\(file % 50) }
        spec:
          app: okta
          displayName: Okta Tenant \(file)
          recommendations: \(file % 3 == 0 ? "off" : "on")
          source:
            api: { parameters: { domain: tenant-\(file).okta.com } }
        """
        : """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: tenant-\(file)-exception-\(index) }
        spec:
          recommendation: \(["okta-password-minimum-length", "okta-threat-insight-blocks", "okta-session-idle-timeout"][index % 3])
          status: riskAccepted
          instances: [okta-tenant-\(file)]
          justification: Accepted while tenant \(file) is being merged into another one.
          owner: team-\(file % 50)@contoso.example
          ticket: SEC-\(file)
          expires: 2027-03-31
        """
    }.joined(separator: "\n---\n") + "\n"
  }
}

/// `name: 1.23 s, 45.6 MB/s, peak 78 MB`
func line(_ name: String, _ measure: ChildProcess.Measure, bytes: Int) -> String {
  let rate = Double(bytes) / 1_000_000 / max(measure.seconds, 1e-9)
  let status = measure.status == 0 ? "" : " (exit code \(measure.status))"
  return String(
    format: "%@: %.2f s, %.1f MB/s, peak memory %.0f MB%@", name, measure.seconds, rate,
    Double(measure.peakMemory) / 1_000_000, status)
}
