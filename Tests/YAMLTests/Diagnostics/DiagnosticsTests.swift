import Testing
import YAML

@Suite("Diagnostics")
struct DiagnosticsTests {
  @Test("print as compilers do")
  func description() {
    let mark = Mark(file: "desired-state/exceptions.yaml", line: 7, column: 11)
    #expect(
      Diagnostic(.error, "no recommendation named 'x'", at: mark).description
        == "desired-state/exceptions.yaml:7:11: error: no recommendation named 'x'")
    #expect(
      Diagnostic(.warning, "y", at: mark).description
        == "desired-state/exceptions.yaml:7:11: warning: y")
  }

  @Test("come sorted, each once, whoever finds them first")
  func sorted() async {
    let diagnostics = Diagnostics()
    let mark = { (file: String, line: Int) in Mark(file: file, line: line, column: 1) }
    diagnostics.error("second", at: mark("a", 10))
    diagnostics.note("adds to it", at: mark("a", 10))
    diagnostics.error("third", at: mark("b", 1))
    let first = mark("a", 9)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask { diagnostics.error("first", at: first) }
      }
    }
    #expect(
      diagnostics.description == """
        a:9:1: error: first
        a:10:1: error: second
        a:10:1: note: adds to it
        b:1:1: error: third
        """)
  }

  @Test("have errors only when an error is among them")
  func hasErrors() {
    let diagnostics = Diagnostics()
    #expect(diagnostics.isEmpty)
    diagnostics.warning("w", at: Mark(file: "a"))
    #expect(!diagnostics.hasErrors)
    #expect(!diagnostics.isEmpty)
    let others = Diagnostics()
    others.error("e", at: Mark(file: "a"))
    diagnostics.append(contentsOf: others)
    #expect(diagnostics.hasErrors)
    #expect(diagnostics.errors.map(\.message) == ["e"])
    #expect(diagnostics.all.count == 2)
  }
}
