import Testing
import YAML

@Suite("Editing damaged files")
struct EditFuzzTests {
  static let seeds: [[UInt8]] = [
    """
    # top
    apiVersion: plumb/v1
    metadata: { name: okta-eu, labels: {region: "eu", 'owner': 'it''s', x, y: } }  # m
    spec:
      recommendation: okta-password-minimum-length    # comment

      # about instances
      instances: [okta-contoso-eu, "x\\u00e9", ]
      text: |
        one

          two
      folded: >-
          x
      anchors: &a [1, { b: 2 }]
      alias: *a
      empty:
      list:
      - a: 1
        b: 2
      - - 2
        - x: ~
      ? complex
      : - 1
    ---
    é: ü 漢
    ? long
    : x
    """,
    "a: 1\r\nb:\r\n  - c: |\r\n      d\r\n    e: \r\n  -\r\nf: {\r\n  g: 1, # g\r\n  h: 2\r\n}",
    "{\"a\":{\"b\":[1,{\"c\":null}]},\"d\":\"e\"}", "spec:\n", "- a\n- b: |+\n    c\n\n",
  ].map { Array($0.utf8) }

  private func paths(_ node: Node, _ path: YAMLPath = []) -> [YAMLPath] {
    var result = [path]
    for (index, item) in (node.items ?? []).enumerated() {
      result += paths(item, YAMLPath(path.elements + [.index(index)]))
    }
    for entry in node.entries ?? [] {
      result += paths(entry.value, path.appending(entry.name))
    }
    return result
  }

  private func attempt(
    _ change: Int, on edit: inout YAMLEdit, at path: YAMLPath, inDocument index: Int
  ) -> YAMLEditError? {
    do throws(YAMLEditError) {
      switch change {
      case 0: try edit.set(path, to: .verbatim("on"), inDocument: index)
      case 1: try edit.set(path, to: .value(["a\nb": [1, "x: y"]]), inDocument: index)
      case 2: try edit.insert("new", .verbatim("on"), into: path, at: .first, inDocument: index)
      case 3: try edit.insert("new", .value([["k": "a\nb\n"]]), into: path, inDocument: index)
      case 4: try edit.remove(path, inDocument: index)
      default: try edit.append(document: ["new": "a\nb\n"])
      }
      return nil
    } catch {
      return error
    }
  }

  @Test("changes the one value or nothing, whatever the layout", arguments: 0..<4)
  func edits(seed: UInt64) {
    var random = Seeded(state: seed &+ 77)
    var made = 0
    for _ in 0..<1000 {
      let bytes = FuzzTests.mutated(Self.seeds, most: 2, &random)
      guard let text = String(validating: bytes, as: UTF8.self),
        let original = try? YAMLEdit(text, file: "file.yaml"), !original.documents.isEmpty
      else { continue }
      let index = Int.random(in: 0..<original.documents.count, using: &random)
      let all = paths(original.documents[index].root)
      guard let path = all.randomElement(using: &random) else { continue }
      for change in 0..<6 {
        var edit = original
        let error = attempt(change, on: &edit, at: path, inDocument: index)
        if error == nil { made += 1 }
        let isUnchanged = edit.text.utf8.elementsEqual(text.utf8)
        #expect(isUnchanged || error == nil)
      }
    }
    #expect(made > 500)
  }
}
