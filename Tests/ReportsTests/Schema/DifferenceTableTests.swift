import Posture
import Testing
import YAML

@testable import Reports

/// The table of declared differences and the fields that there are.
@Suite struct DifferenceTableTests {
  /// A field's path as the table writes it, and whether something is below it.
  private struct Field: Hashable {
    let path: [String]
    let isLeaf: Bool
  }

  private static func fields(_ shape: Shape, at path: [String]) -> [Field] {
    switch shape {
    case .object(let members, _):
      return [Field(path: path, isLeaf: false)]
        + members.flatMap { fields($0.shape, at: path + [$0.name]) }
    case .entries(let value):
      return [Field(path: path, isLeaf: false)] + fields(value, at: path + ["*"])
    case .list(let element), .nonEmptyList(let element):
      guard case .object = element else { return [Field(path: path, isLeaf: true)] }
      return [Field(path: path, isLeaf: false)] + fields(element, at: path + ["[]"])
    case .either(let shapes): return shapes.flatMap { fields($0, at: path) }
    default: return [Field(path: path, isLeaf: true)]
    }
  }

  private static func fields(of kind: DocumentKind) -> [Field] {
    fields(kind.type.shape, at: []) + [Field(path: ["metadata", "labels"], isLeaf: true)]
  }

  @Test("every field of every kind has its row", arguments: DocumentKind.declarable)
  func everyField(kind: DocumentKind) {
    let table = DifferenceTable.standard
    let unknown = Self.fields(of: kind).filter { $0.isLeaf && !table.knows($0.path, of: kind) }
    #expect(
      unknown.isEmpty,
      "what these do when they change stands in Sources/Posture/Declared: \(unknown.map { $0.path.joined(separator: ".") })"
    )
  }

  @Test("every row is about a field that there is")
  func everyRow() {
    for row in DifferenceTable.standard.rows {
      let known = Self.fields(of: row.kind).map(\.path)
      #expect(
        known.contains { path in
          path.count >= row.pattern.count && row.covers(path)
        }, "\(row.kind.rawValue) \(row.pattern.joined(separator: "."))")
    }
  }

  @Test("a field that nobody thought of is in no row")
  func unknownField() {
    let table = DifferenceTable.standard
    #expect(!table.knows(["suspicion"], of: .instance))
    #expect(!table.knows(["source", "somewhere"], of: .instance))
    #expect(!table.knows(["gates", "newGate"], of: .settings))
    #expect(table.knows(["gates", "lessAssessed"], of: .settings))
  }
}
