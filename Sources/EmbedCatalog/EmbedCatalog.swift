import Foundation
import PackagePlugin

/// Runs `embed-catalog` before a module is compiled: over the YAML beneath `Sources/Catalog`, or over the stylesheets and
/// scripts beneath another module.
@main
struct EmbedCatalog: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let root = target.directoryURL
    let isCatalog = target.name == "Catalog"
    let endings = isCatalog ? [".yaml"] : [".css", ".js"]
    let output = context.pluginWorkDirectoryURL.appending(
      path: isCatalog ? "EmbeddedCatalog.swift" : "EmbeddedAssets.swift")
    let inputs = FileManager.default.enumerator(atPath: root.path)?
      .compactMap { $0 as? String }
      .filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
      .map { root.appending(path: $0) }
    return [
      .buildCommand(
        displayName: isCatalog ? "Embedding the catalog" : "Embedding the page's assets",
        executable: try context.tool(named: "embed-catalog").url,
        arguments: (isCatalog ? [] : ["--assets"]) + [root.path, output.path],
        inputFiles: inputs ?? [],
        outputFiles: [output])
    ]
  }
}
