import Foundation

/// Writes every `*.yaml` beneath a folder into one Swift file of string literals, sorted by path, each with the place
/// where its tests begin.
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
    var swift = "enum EmbeddedCatalog {\n  static let files: [(String, String, Int)] = [\n"
    for path in paths {
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      guard let tests = testsOffset(in: text) else {
        FileHandle.standardError.write(
          Data("\(path): 'tests' stands before other fields; put it last\n".utf8))
        exit(1)
      }
      swift += "    (\(literal(path)), \(literal(text)), \(tests)),\n"
    }
    swift += "  ]\n}\n"
    try Data(swift.utf8).write(to: URL(fileURLWithPath: arguments[2]), options: .atomic)
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
