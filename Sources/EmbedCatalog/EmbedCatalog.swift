import Foundation
import PackagePlugin

/// Runs `embed-catalog` over the YAML beneath `Sources/Catalog` before the module is compiled.
@main
struct EmbedCatalog: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let root = target.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedCatalog.swift")
    let inputs = FileManager.default.enumerator(atPath: root.path)?
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted()
      .map { root.appending(path: $0) }
    return [
      .buildCommand(
        displayName: "Embedding the catalog",
        executable: try context.tool(named: "embed-catalog").url,
        arguments: [root.path, output.path],
        inputFiles: inputs ?? [],
        outputFiles: [output])
    ]
  }
}
