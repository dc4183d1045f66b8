import Foundation

/// `PlumbBenchmarks PLUMB [desired|observation|tenants|observe|history]…`: measures a built `plumb`.
@main
enum Main {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "parse", let path = arguments.dropFirst().first {
      return try ObservationBenchmark.parse(path)
    }
    if arguments.first == "parse-exports", let path = arguments.dropFirst().first {
      return try TenantBenchmark.parse(path)
    }
    if arguments.first == "request", let origin = arguments.dropFirst().first {
      return try await ObserveBenchmark.request(origin)
    }
    guard let plumb = arguments.first else {
      FileHandle.standardError.write(
        Data(
          "usage: PlumbBenchmarks PATH-OF-PLUMB [desired] [observation] [tenants] [observe] [history]\n"
            .utf8)
      )
      exit(64)
    }
    let wanted = arguments.dropFirst()
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "plumb-benchmarks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = URL(fileURLWithPath: plumb).standardizedFileURL.path
    if wanted.isEmpty || wanted.contains("desired") {
      try DesiredStateBenchmark(plumb: path, folder: folder.path).run()
    }
    if wanted.isEmpty || wanted.contains("observation") {
      try ObservationBenchmark(plumb: path, folder: folder.path).run()
    }
    if wanted.isEmpty || wanted.contains("tenants") {
      try TenantBenchmark(plumb: path, folder: folder.path).run()
    }
    if wanted.isEmpty || wanted.contains("observe") {
      try await ObserveBenchmark(plumb: path, folder: folder.path).run()
    }
    if wanted.isEmpty || wanted.contains("history") {
      try HistoryBenchmark(plumb: path, folder: folder.path).run()
    }
  }
}
