import Foundation
import JSON

/// Tenants of Microsoft 365, each a ScubaGear export, planned in one run; beside it, simdjson over the same exports
/// alone.
struct TenantBenchmark {
  let plumb: String
  let folder: String

  func run(copies: Int = 20) throws {
    let root = URL(fileURLWithPath: folder).appending(path: "tenants")
    guard let exports = try exports() else {
      print("plumb plan of tenants: not run: no exports at ../shared/real/m365")
      return
    }
    let (count, bytes) = try write(exports, copies: copies, to: root)
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    for round in 1...3 {
      let plan = ChildProcess.run(
        [plumb, "plan", "--working-tree", "--format", "json", "--at", "2026-05-10T07:00:00Z"],
        in: root.path)
      report("plumb plan of \(count) tenants, round \(round)", plan, bytes: bytes, count: count)
      let parse = ChildProcess.run(
        [program, "parse-exports", root.appending(path: "exports").path], in: root.path)
      report("simdjson parse alone (baseline)", parse, bytes: bytes, count: count)
    }
  }

  /// Parses every file of a folder and does nothing with it.
  static func parse(_ folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      _ = try JSONView(
        parsing: [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
    }
  }

  private func report(_ name: String, _ measure: ChildProcess.Measure, bytes: Int, count: Int) {
    print(
      line(name, measure, bytes: bytes)
        + String(format: ", %.0f tenants/s", Double(count) / measure.seconds))
  }

  /// The sample and its variants; nil where they are absent.
  private func exports() throws -> [[UInt8]]? {
    var package = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { package.deleteLastPathComponent() }
    let shared = package.deletingLastPathComponent().appending(path: "shared/real/m365")
    func parse(_ name: String) throws -> JSONValue {
      JSONValue(try JSONView(parsing: [UInt8](try Data(contentsOf: shared.appending(path: name)))))
    }
    guard FileManager.default.fileExists(atPath: shared.path) else { return nil }
    let sample = try parse("ProviderSettingsExport.json")
    let patches = try FileManager.default.contentsOfDirectory(
      atPath: shared.appending(path: "variants").path
    ).filter { $0.hasSuffix(".patch.json") }.sorted()
    return [sample.bytes()]
      + (try patches.map { name in
        var export = sample
        try JSONPatch(parse("variants/\(name)")).apply(to: &export)
        return export.bytes()
      })
  }

  private func write(
    _ exports: [[UInt8]], copies: Int, to root: URL
  ) throws -> (count: Int, bytes: Int) {
    for name in ["exports", "desired-state"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: name), withIntermediateDirectories: true)
    }
    _ = ChildProcess.run(["git", "init", "-q"], in: root.path)
    var instances = ""
    var bytes = 0
    for index in 0..<exports.count * copies {
      let export = exports[index % exports.count]
      bytes += export.count
      try Data(export).write(to: root.appending(path: "exports/tenant-\(index).json"))
      instances += """
        ---
        apiVersion: plumb/v1
        kind: Instance
        metadata: { name: tenant-\(index) }
        spec:
          app: microsoft-365
          source: { export: { format: scubagear, path: exports/tenant-\(index).json } }

        """
    }
    try Data(instances.utf8).write(to: root.appending(path: "desired-state/instances.yaml"))
    return (exports.count * copies, bytes)
  }
}
