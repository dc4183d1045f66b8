import Foundation

/// Writes every `*.yaml` beneath a folder into one Swift file of string literals, sorted by path, each with the place
/// where its tests begin; with `--assets` every `*.css` and `*.js`, each by its name.
@main
enum EmbedCatalogTool {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--assets" }
    guard arguments.count == 2 else {
      fail("usage: embed-catalog [--assets] FOLDER OUTPUT.swift", code: 64)
    }
    let root = URL(fileURLWithPath: arguments[0], isDirectory: true)
    let isCatalog = arguments.count == CommandLine.arguments.count - 1
    let endings = isCatalog ? [".yaml"] : [".css", ".js"]
    let paths =
      (FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
      .filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
    let files = try paths.map { path in
      (path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
    let output = URL(fileURLWithPath: arguments[1])
    let swift = Data((isCatalog ? catalog(files) : assets(files)).utf8)
    // What stays is not written again: nothing is compiled for it.
    if (try? Data(contentsOf: output)) != swift { try swift.write(to: output, options: .atomic) }
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    try? FileHandle.standardError.write(contentsOf: Data((message + "\n").utf8))
    exit(code)
  }

  private static func catalog(_ files: [(path: String, text: String)]) -> String {
    // The paths stand side by side: every start reads them all, and of the texts few.
    var swift = "enum EmbeddedCatalog {\n  static let paths: [String] = [\n"
    for (path, _) in files { swift += "    \(literal(path)),\n" }
    swift += "  ]\n  static let texts: [(String, Int)] = [\n"
    for (path, text) in files {
      guard let tests = testsOffset(in: text) else {
        fail("\(path): 'tests' stands before other fields; put it last", code: 1)
      }
      swift += "    (\(literal(text)), \(tests)),\n"
    }
    return swift + "  ]\n}\n"
  }

  private static func assets(_ files: [(path: String, text: String)]) -> String {
    var swift = "enum EmbeddedAssets {\n  static let files: [String: String] = [\n"
    for (path, text) in files {
      let name = URL(fileURLWithPath: path).lastPathComponent
      swift += "    \(literal(name)): \(literal(text)),\n"
    }
    return swift + "  ]\n}\n"
  }

  /// Where a document's tests begin, in bytes; its end when it has none, nil when something stands behind them.
  static func testsOffset(in text: String) -> Int? {
    var offset = 0
    var tests: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  tests:"), tests == nil {
        tests = offset
      } else if tests != nil, let first = line.prefix(3).first(where: { $0 != " " }),
        !line.hasPrefix("   "), first != "#", !line.hasPrefix("  - ")
      {
        return nil
      }
      offset += line.utf8.count + 1
    }
    return tests ?? text.utf8.count
  }

  /// A Swift string literal of the text: only what the grammar forbids inside quotes is escaped.
  static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
