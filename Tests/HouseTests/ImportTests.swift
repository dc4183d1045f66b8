import Foundation
import Testing

/// Every module uses only what stands below it in the table of `Sources/README.md`.
@Suite("Imports")
struct ImportTests {
  /// What the files of a folder import, with one file of each.
  private static func imports(of folder: String) throws -> [String: String] {
    var found: [String: String] = [:]
    let line = /^(?:@\w+ )?(?:\w+ )?import (?:struct |class |enum |func )?(\w+)/
      .anchorsMatchLineEndings()
    for file in House.files(below: folder) {
      for match in try House.text(file).matches(of: line) { found[String(match.1)] = file }
    }
    return found
  }

  /// The rows of the table, the highest first.
  private static func rows() throws -> [[String]] {
    try House.text("Sources/README.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { row in
        row.split(separator: "|")[0].matches(of: /`([\w-]+)\/`/).map { String($0.1) }
      }
  }

  /// The targets of the package, each with what it depends on.
  private static func targets() throws -> [(name: String, kind: String, dependencies: Set<String>)]
  {
    let package = try House.text("Package.swift").replacing(/\/\/.*/, with: "")
      .replacing(/,\s*condition: \.when\([^)]*\)/, with: "")
    let start = try #require(package.range(of: "  targets: [")).upperBound
    let heads = package[start...].matches(
      of:
        /\n {4}\.(target|executableTarget|testTarget|systemLibrary|plugin)\(\s*name: "([\w-]+)"/)
    return heads.indices.map { index in
      let head = heads[index]
      let end =
        index + 1 < heads.count ? heads[index + 1].range.lowerBound : package.endIndex
      let body = package[head.range.upperBound..<end]
      let list = body.firstMatch(of: /(?s)dependencies: \[(.*?)\]/).map { String($0.1) } ?? ""
      let names = list.replacing(/package: "[^"]*"/, with: "").matches(of: /"([\w-]+)"/)
      return (String(head.2), String(head.1), Set(names.map { String($0.1) }))
    }
  }

  @Test("go down the table, which names every module")
  func direction() throws {
    let rows = try Self.rows()
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: House.root.appendingPathComponent("Sources").path
    ).filter { !$0.contains(".") }
    #expect(rows.flatMap(\.self).sorted() == folders.sorted())
    for (index, row) in rows.enumerated() {
      let below = Set(rows[(index + 1)...].flatMap(\.self))
      for module in row {
        for (imported, file) in try Self.imports(of: "Sources/\(module)")
        where folders.contains(imported) {
          #expect(below.contains(imported), "\(file) imports \(imported)")
        }
      }
    }
  }

  @Test("are what the package says that a target depends on, and all of it")
  func dependencies() throws {
    let targets = try Self.targets()
    #expect(targets.count > 20)
    let programs = Set(targets.filter { $0.kind == "executableTarget" }.map(\.name))
    let known = Set(targets.flatMap { [$0.name] + $0.dependencies })
    for target in targets where target.kind != "plugin" && target.kind != "systemLibrary" {
      let isTest = target.kind == "testTarget" || target.name == "TestSupport"
      let imports = try Self.imports(of: (isTest ? "Tests/" : "Sources/") + target.name)
      // What a test runs, it need not import.
      let needless = target.dependencies.subtracting(imports.keys).subtracting(programs)
      #expect(needless.isEmpty, "\(target.name) depends on \(needless.sorted()) for nothing")
      let missing = known.intersection(imports.keys).subtracting(target.dependencies)
      #expect(missing.isEmpty, "\(target.name) does not say that it imports \(missing.sorted())")
    }
  }

  @Test("Microsoft Secure Score is known by name to few files outside its module")
  func secureScore() throws {
    let knowing = try House.files(below: "Sources").filter { file in
      try !file.hasPrefix("Sources/SecureScore/")
        && House.text(file).contains(/(?i)secure ?score/)
    }
    #expect(knowing.count <= 14, "\(knowing.sorted())")
    // It would count nothing, were it looking in the wrong place.
    #expect(knowing.contains { $0.hasSuffix("ImportedSource.swift") })
  }
}
