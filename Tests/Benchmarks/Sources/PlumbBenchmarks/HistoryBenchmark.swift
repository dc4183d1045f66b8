import Foundation

/// A reports branch of 1,000 nightly commits over 50 tenants, every one of them observed every night;
/// `history`, `diff` and `show exceptions` of it, beside `git log -p` of the same commits.
///
/// The first report is a real one, of the example company's Okta tenant 50 times over; the others are
/// written by `git fast-import`, with three tenants a night that get worse or better.
struct HistoryBenchmark {
  let plumb: String
  let folder: String

  private let recommendation = "okta-password-minimum-length"
  private let branch = "refs/heads/plumb/reports"

  func run(commits: Int = 1_000, instances: Int = 50) throws {
    let root = URL(fileURLWithPath: folder).appending(path: "history").path
    try declare(instances: instances, in: root)
    let first = ChildProcess.run([plumb, "apply", "-q", "--at", "2024-01-01T07:00:00Z"], in: root)
    guard first.status == 0 else { throw Failure(text: "the first apply failed") }
    let names = (0..<instances).map(name)
    let made = try record(commits - 1, of: names, in: root)
    print(
      "\(commits) reports of \(instances) tenants, \(made.bytes / 1_000_000) MB of state, packed in \(made.seconds) s"
    )
    let last = day(commits - 1)
    let all = ["--days", "\(commits)", "--at", "\(last)T12:00:00Z"]
    for (title, arguments) in [
      ("plumb history, 14 days", [plumb, "history", "--at", "\(last)T12:00:00Z"]),
      ("plumb history, all \(commits)", [plumb, "history"] + all),
      ("plumb history --events, all \(commits)", [plumb, "history", "--events"] + all),
      ("plumb history \(recommendation)", [plumb, "history", recommendation]),
      ("plumb diff of neighbours", [plumb, "diff", "plumb/reports~1"]),
      ("plumb diff of the first and the last", [plumb, "diff", day(0)]),
      ("plumb show exceptions", [plumb, "show", "exceptions", "--at", "2024-01-02T07:00:00Z"]),
      (
        "git log -p of the top files alone (baseline)",
        ["git", "log", "-p", branch, "--", "reports/state.json"]
      ),
      ("git log -p (baseline)", ["git", "log", "-p", branch]),
    ] {
      let measure = ChildProcess.run(arguments, in: root)
      let status = measure.status == 0 ? "" : " (exit code \(measure.status))"
      print(
        String(
          format: "%@: %.2f s, peak memory %.0f MB%@", title, measure.seconds,
          Double(measure.peakMemory) / 1_000_000, status))
    }
  }

  private struct Failure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }

  private func name(_ index: Int) -> String { "okta-tenant-\(index)" }

  /// The day of a report, from 0.
  private func day(_ index: Int) -> String {
    let date = Date(timeIntervalSince1970: 1_704_067_200 + Double(index) * 86_400)
    return String(date.ISO8601Format().prefix(10))
  }

  // MARK: The desired state

  /// 50 tenants, 100 exceptions, and 200 commits that renewed one of them each.
  private func declare(instances: Int, in root: String) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: root, withIntermediateDirectories: true)
    _ = ChildProcess.run(["git", "init", "-q", "--initial-branch=main"], in: root)
    var stream = FastImport(path: "\(root)/.git/desired.stream")
    let documents = (0..<instances).map { index in
      """
      apiVersion: plumb/v1
      kind: Instance
      metadata: { name: \(name(index)) }
      spec: { app: okta, source: { recorded: { path: observed/\(name(index)) } } }

      """
    }.joined(separator: "---\n")
    let initiatives = ["saas-security", "identity-security"].map {
      "apiVersion: plumb/v1\nkind: Initiative\nmetadata: { name: \($0) }\nspec: { targetScore: 80 }\n"
    }.joined(separator: "---\n")
    var expiries = Array(repeating: 0, count: 100)
    for commit in 0..<200 {
      expiries[commit % 100] = commit
      try stream.commit(
        to: "refs/heads/main", mark: nil, time: 1_690_000_000 + commit * 3_600,
        author: "Author \(commit % 7)", from: nil, message: "Renew exception \(commit % 100)")
      if commit == 0 {
        try stream.inline("desired-state/instances.yaml", documents)
        try stream.inline("desired-state/initiatives.yaml", initiatives)
      }
      let file = commit % 100 / 10
      let text = (file * 10..<file * 10 + 10).map { index in
        """
        apiVersion: plumb/v1
        kind: Exception
        metadata: { name: exception-\(index) }
        spec:
          recommendation: \(["okta-super-administrators-limited", "okta-threat-insight-blocks"][index % 2])
          status: planned
          instances: [\(name(index / 2 % instances))]
          justification: Renewed \(expiries[index]) times.
          owner: team-\(index)@contoso.example
          expires: 2024-\(String(format: "%02d", 6 + expiries[index] % 6))-15

        """
      }.joined(separator: "---\n")
      try stream.inline("desired-state/exceptions-\(file).yaml", text)
    }
    try stream.run(in: root)
    _ = ChildProcess.run(["git", "reset", "-q", "--hard", "main"], in: root)
    let source = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../examples/contoso/observations/okta-contoso-eu")
      .standardizedFileURL.path
    try manager.createDirectory(atPath: "\(root)/observed", withIntermediateDirectories: true)
    for index in 0..<instances {
      try manager.copyItem(atPath: source, toPath: "\(root)/observed/\(name(index))")
      let manifest = "\(root)/observed/\(name(index))/observation.json"
      let text = try String(contentsOfFile: manifest, encoding: .utf8)
        .replacing("okta-contoso-eu", with: name(index))
      try Data(text.utf8).write(to: URL(filePath: manifest))
    }
  }

  // MARK: The reports

  /// Writes the other reports: all versions of one file after the other, so that each is stored as its
  /// difference from the one before.
  private func record(
    _ count: Int, of names: [String], in root: String
  ) throws -> (bytes: Int, seconds: Int) {
    let start = ContinuousClock.now
    var stream = FastImport(path: "\(root)/.git/reports.stream")
    var bytes = 0
    var marks: [[Int]] = []
    for (index, name) in names.enumerated() {
      let variants = try variants(show("reports/instances/\(name)/state.json", in: root))
      var own: [Int] = []
      for night in 1...count {
        let text = variants[isWorse(index, night, of: names.count) ? 1 : 0]
          .replacing("OBSERVED", with: "\(day(night))T06:00:00Z", maxReplacements: 1)
          .replacing("DIGEST", with: digest(index, night), maxReplacements: 1)
        bytes += text.utf8.count
        own.append(try stream.blob(text))
      }
      marks.append(own)
    }
    let top = try show("reports/state.json", in: root).split(
      separator: "\n", omittingEmptySubsequences: false)
    var tops: [Int] = []
    for night in 1...count {
      let text = topFile(top, night: night, count: names.count)
      bytes += text.utf8.count
      tops.append(try stream.blob(text))
    }
    for night in 1...count {
      try stream.commit(
        to: branch, mark: nil, time: 1_704_067_200 + night * 86_400 + 7 * 3_600, author: "Plumb",
        from: night == 1 ? "\(branch)^0" : nil, message: "Observed again")
      try stream.change("reports/state.json", tops[night - 1])
      for (index, name) in names.enumerated() {
        try stream.change("reports/instances/\(name)/state.json", marks[index][night - 1])
      }
    }
    try stream.run(in: root)
    return (bytes, Int(start.duration(to: .now).components.seconds))
  }

  /// Three tenants a night turn: each is worse for 17 nights, then better.
  private func isWorse(_ index: Int, _ night: Int, of count: Int) -> Bool {
    (night * 3 + index) / count % 2 == 1
  }

  private func digest(_ index: Int, _ night: Int) -> String {
    String(format: "%064x", index * 100_003 + night * 7_919)
  }

  /// An instance's file as it is and with one recommendation not compliant, with holes for what
  /// every night changes.
  private func variants(_ text: String) throws -> [String] {
    var text = text
    for (member, hole) in [("observedAt", "OBSERVED"), ("observationDigest", "DIGEST")] {
      text = text.replacing(
        try Regex("\"\(member)\": \"[^\"]*\""), with: "\"\(member)\": \"\(hole)\"",
        maxReplacements: 1)
    }
    let parts = text.components(separatedBy: "\"recommendation\": \"\(recommendation)\"")
    guard parts.count == 2 else { throw Failure(text: "no \(recommendation) in the first report") }
    let worse = parts[1]
      .replacing(
        "\"compliance\": \"compliant\"", with: "\"compliance\": \"notCompliant\"",
        maxReplacements: 1
      )
      .replacing("\"status\": \"completed\"", with: "\"status\": \"toAddress\"", maxReplacements: 1)
      .replacing("\"affectedCount\": 0", with: "\"affectedCount\": 1", maxReplacements: 1)
    return [text, parts[0] + "\"recommendation\": \"\(recommendation)\"" + worse]
  }

  private func topFile(_ lines: [Substring], night: Int, count: Int) -> String {
    var instance = -1
    return lines.map { line -> String in
      if line.hasPrefix("      \"name\": \"okta-tenant-") {
        // The names are sorted as text; which of them turns is all the same.
        instance += 1
      }
      if line.hasPrefix("      \"observedAt\"") {
        return "      \"observedAt\": \"\(day(night))T06:00:00Z\","
      }
      if line.hasPrefix("      \"verdicts\"") {
        let worse = isWorse(nameOrder(instance, of: count), night, of: count)
        return worse ? "      \"verdicts\": \"0123456789abcdef\"" : String(line)
      }
      if line.hasPrefix("      \"score\": ") {
        let score = 70 + Double((night * 37 + instance * 11) % 100) / 10
        return "      \"score\": \(score),"
      }
      return String(line)
    }.joined(separator: "\n")
  }

  /// The index of the tenant at a place in the sorted list of names.
  private func nameOrder(_ place: Int, of count: Int) -> Int {
    let sorted = (0..<count).sorted { name($0) < name($1) }
    return sorted.indices.contains(place) ? sorted[place] : 0
  }

  private func show(_ path: String, in root: String) throws -> String {
    let file = "\(root)/.git/shown"
    let measure = ChildProcess.run(["git", "show", "\(branch):\(path)"], in: root, output: file)
    guard measure.status == 0 else { throw Failure(text: "the first report has no \(path)") }
    return try String(contentsOfFile: file, encoding: .utf8)
  }
}

/// A stream for `git fast-import`.
private struct FastImport {
  private let path: String
  private let handle: FileHandle?
  private var buffer = Data()
  private var lastMark = 0

  init(path: String) {
    self.path = path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    handle = FileHandle(forWritingAtPath: path)
  }

  mutating func blob(_ text: String) throws -> Int {
    lastMark += 1
    try write("blob\nmark :\(lastMark)\n")
    try data(text)
    return lastMark
  }

  mutating func commit(
    to branch: String, mark: Int?, time: Int, author: String, from: String?, message: String
  ) throws {
    try write("commit \(branch)\ncommitter \(author) <a@contoso.example> \(time) +0000\n")
    try data(message)
    if let from { try write("from \(from)\n") }
  }

  mutating func inline(_ path: String, _ text: String) throws {
    try write("M 100644 inline \(path)\n")
    try data(text)
  }

  mutating func change(_ path: String, _ mark: Int) throws {
    try write("M 100644 :\(mark) \(path)\n")
  }

  private mutating func data(_ text: String) throws {
    try write("data \(text.utf8.count)\n")
    try write(text)
    try write("\n")
  }

  private mutating func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 16 << 20 { try flush() }
  }

  private mutating func flush() throws {
    try handle?.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  mutating func run(in root: String) throws {
    try flush()
    try handle?.close()
    let measure = ChildProcess.run(
      ["git", "fast-import", "--quiet", "--depth=50"], in: root, input: path)
    try FileManager.default.removeItem(atPath: path)
    if measure.status != 0 { throw CocoaError(.fileWriteUnknown) }
  }
}
