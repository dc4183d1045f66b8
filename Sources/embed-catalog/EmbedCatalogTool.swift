import Foundation

/// Writes every `*.yaml` beneath a folder into one Swift file of string literals, sorted by path.
@main
enum EmbedCatalogTool {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: embed-catalog FOLDER OUTPUT.swift\n".utf8))
      exit(64)
    }
    let root = URL(fileURLWithPath: arguments[1], isDirectory: true)
    let paths =
      (FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".yaml") }.sorted()
    var swift = "enum EmbeddedCatalog {\n  static let files: [(String, String)] = [\n"
    for path in paths {
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      swift += "    (\(literal(path)), \(literal(text))),\n"
    }
    swift += "  ]\n}\n"
    try Data(swift.utf8).write(to: URL(fileURLWithPath: arguments[2]), options: .atomic)
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
