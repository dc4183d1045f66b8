import Testing
import YAML

@Suite("Editing")
struct EditTests {
  private func edit(
    _ text: String, _ change: (inout YAMLEdit) throws(YAMLEditError) -> Void
  ) -> String {
    do throws(YAMLEditError) {
      var edit = try YAMLEdit(text, file: "file.yaml")
      try change(&edit)
      return edit.text
    } catch {
      return "error: \(error)"
    }
  }

  static let sets: [(before: String, after: String)] = [
    ("spec:\n  app: okta\n  switch: on # why\n", "spec:\n  app: okta\n  switch: off # why\n"),
    ("spec: { app: okta, switch: on }\n", "spec: { app: okta, switch: off }\n"),
    ("spec: {switch: \"on\"}", "spec: {switch: off}"),
    ("{\"spec\":{\"switch\":true}}", "{\"spec\":{\"switch\":off}}"),
    ("spec:\r\n  switch: on\r\n  app: x\r\n", "spec:\r\n  switch: off\r\n  app: x\r\n"),
    ("spec:\n  switch: on", "spec:\n  switch: off"),
    ("spec:\n  switch:\n  app: x\n", "spec:\n  switch: off\n  app: x\n"),
    ("spec:\n  switch: # which?\n", "spec:\n  switch: off # which?\n"),
    ("spec:\n  switch:", "spec:\n  switch: off"),
    ("spec: { switch: }\n", "spec: { switch: off }\n"),
    ("spec: { switch, app: x }\n", "spec: { switch: off, app: x }\n"),
    ("spec: { switch }\n", "spec: { switch: off }\n"),
    ("spec:\n  switch: |\n    on\n    more\n\n  app: x\n", "spec:\n  switch: off\n\n  app: x\n"),
    ("spec:\n  switch: [on,\n    off] # c\n  app: x\n", "spec:\n  switch: off # c\n  app: x\n"),
    ("spec:\n  switch:\n  - on\n  - x\n  app: x\n", "spec:\n  switch: off\n  app: x\n"),
    (
      "spec:\n  switch: # why\n    on: x\n  app: x\n",
      "spec:\n  switch: # why\n    off\n  app: x\n"
    ),
    ("spec:\n  switch: !!str on\n", "spec:\n  switch: off\n"),
    ("é: ü\nspec:\n  漢: 字\n  switch: on\n", "é: ü\nspec:\n  漢: 字\n  switch: off\n"),
    ("\u{FEFF}spec: { switch: on }\n", "\u{FEFF}spec: { switch: off }\n"),
    ("spec: &a { app: x, switch: on }\n", "spec: &a { app: x, switch: off }\n"),
    ("x: &a on\nspec: { switch: *a }\n", "x: &a on\nspec: { switch: off }\n"),
    (
      "# top\n\n---\nspec:\n\n  # about\n  switch:   on   \n\n# end\n",
      "# top\n\n---\nspec:\n\n  # about\n  switch:   off   \n\n# end\n"
    ),
  ]

  @Test("sets a value and leaves everything else", arguments: sets)
  func set(before: String, after: String) {
    let result = edit(before) { edit throws(YAMLEditError) in
      try edit.set(["spec", "switch"], to: .verbatim("off"))
    }
    #expect(result == after)
    #expect(Array(result.utf8) == Array(after.utf8))
  }

  @Test("sets values of every kind")
  func setKinds() {
    let text = "a:\n  - x: 1\n    y: [1, 2]\nb: { c: d }\n"
    let cases: [(YAMLPath, YAMLValue, String)] = [
      (["a", 0, "x"], "on", "a:\n  - x: \"on\"\n    y: [1, 2]\nb: { c: d }\n"),
      (["a", 0, "x"], ["k": [1]], "a:\n  - x: { k: [1] }\n    y: [1, 2]\nb: { c: d }\n"),
      (["a", 0, "y", 1], "p, q", "a:\n  - x: 1\n    y: [1, \"p, q\"]\nb: { c: d }\n"),
      (["a", 0], "z", "a:\n  - z\nb: { c: d }\n"),
      (["b", "c"], "two\nlines", "a:\n  - x: 1\n    y: [1, 2]\nb: { c: \"two\\nlines\" }\n"),
      (["a"], nil, "a: null\nb: { c: d }\n"),
    ]
    for (path, value, after) in cases where path != ["a"] {
      #expect(edit(text) { e throws(YAMLEditError) in try e.set(path, to: .value(value)) } == after)
    }
  }

  @Test("edits the document that is named, and only that")
  func documents() {
    let text = "a: 1\n---\na: 1 # second\n---\na: 1\n"
    let result = edit(text) { edit throws(YAMLEditError) in
      try edit.set(["a"], to: .value(2), inDocument: 1)
      try edit.set(["a"], to: .value(3), inDocument: 2)
    }
    #expect(result == "a: 1\n---\na: 2 # second\n---\na: 3\n")
  }

  static let inserts: [(before: String, place: YAMLEdit.Place, after: String)] = [
    ("spec:\n  app: okta\n", .last, "spec:\n  app: okta\n  switch: on\n"),
    (
      "spec:\n  app: okta # c\n  b: 1\n", .after("app"),
      "spec:\n  app: okta # c\n  switch: on\n  b: 1\n"
    ),
    (
      "spec:\n  app: okta\n  b: 1\n", .after("missing"),
      "spec:\n  app: okta\n  b: 1\n  switch: on\n"
    ),
    ("spec:\n  app: okta\n", .first, "spec:\n  switch: on\n  app: okta\n"),
    ("spec:\n  app: okta", .last, "spec:\n  app: okta\n  switch: on"),
    (
      "spec:\r\n  app: okta\r\n# end\r\n", .last,
      "spec:\r\n  app: okta\r\n  switch: on\r\n# end\r\n"
    ),
    (
      "spec:\n  app:\n    - 1\n    # in\n    - 2\n\n# end\nx: 1\n", .last,
      "spec:\n  app:\n    - 1\n    # in\n    - 2\n  switch: on\n\n# end\nx: 1\n"
    ),
    (
      "spec:\n  app: |\n    text\n\nx: 1\n", .last,
      "spec:\n  app: |\n    text\n  switch: on\n\nx: 1\n"
    ),
    ("spec:\n  app:\n", .last, "spec:\n  app:\n  switch: on\n"),
    (
      "spec:\n    app:  # c\n    b:\n", .after("app"),
      "spec:\n    app:  # c\n    switch: on\n    b:\n"
    ),
    ("spec: { app: okta }\n", .last, "spec: { app: okta, switch: on }\n"),
    ("spec: { app: okta, }\n", .last, "spec: { app: okta, switch: on, }\n"),
    ("spec: {app: okta, b: [1]}\n", .after("app"), "spec: {app: okta, switch: on, b: [1]}\n"),
    ("spec: { app: okta }\n", .first, "spec: { switch: on, app: okta }\n"),
    ("spec: { app: }\n", .last, "spec: { app: , switch: on }\n"),
    ("spec: { app }\n", .last, "spec: { app, switch: on }\n"),
    ("{\"spec\":{\"app\":\"okta\"}}", .last, "{\"spec\":{\"app\":\"okta\", switch: on}}"),
    (
      "spec: {\n  app: okta, # c\n  b: 1 # d\n}\n", .last,
      "spec: {\n  app: okta, # c\n  b: 1, switch: on # d\n}\n"
    ),
    ("spec: {}\n", .last, "spec: { switch: on }\n"),
    ("spec: { }\n", .last, "spec: { switch: on }\n"),
    ("spec:\n", .last, "spec:\n  switch: on\n"),
    ("a:\n  spec: 1\nspec:\n\nb: 1\n", .last, "a:\n  spec: 1\nspec:\n  switch: on\n\nb: 1\n"),
    ("x: { spec: 1 }\nspec: # c\nb: 1\n", .last, "x: { spec: 1 }\nspec: # c\n  switch: on\nb: 1\n"),
  ]

  @Test("inserts a field where it is wanted", arguments: inserts)
  func insert(before: String, place: YAMLEdit.Place, after: String) {
    let result = edit(before) { edit throws(YAMLEditError) in
      try edit.insert("switch", .verbatim("on"), into: ["spec"], at: place)
    }
    #expect(Array(result.utf8) == Array(after.utf8), "\(result)")
  }

  @Test("inserts into a mapping inside a list, and values of several lines")
  func insertNested() {
    let text = "a:\n  - b: 1\n    c: 2\n  - d: 3\n"
    let result = edit(text) { edit throws(YAMLEditError) in
      try edit.insert("e", .value(["f": [1, 2], "g": "x\ny\n"]), into: ["a", 0], at: .first)
      try edit.insert("h", .value([["i": "yes"]]), into: ["a", 1])
      try edit.insert("j", .value([:]), into: [])
    }
    #expect(
      result == """
        a:
          - e:
              f:
                - 1
                - 2
              g: |
                x
                y
            b: 1
            c: 2
          - d: 3
            h:
              - i: "yes"
        j: {}

        """)
  }

  static let removals: [(before: String, after: String)] = [
    ("a: 1\nx: 2 # c\nb: 3\n", "a: 1\nb: 3\n"),
    ("x: 2\n# about b\nb: 3\n", "# about b\nb: 3\n"),
    ("a: 1\nx:\n  - 1\n  - 2\n\n# end\n", "a: 1\n\n# end\n"),
    ("a: 1\r\nx: 2\r\nb: 3\r\n", "a: 1\r\nb: 3\r\n"),
    ("a: 1\nx: 2", "a: 1"),
    ("a: 1\r\nx: 2", "a: 1"),
    ("a: 1\nx:\nb: 2\n", "a: 1\nb: 2\n"),
    ("a: 1\nx: |\n  one\n\n  two\nb: 2\n", "a: 1\nb: 2\n"),
    ("{ a: 1, x: 2, b: 3 }\n", "{ a: 1, b: 3 }\n"),
    ("{ x: 2, b: 3 }\n", "{ b: 3 }\n"),
    ("{ a: 1, x: 2, }\n", "{ a: 1, }\n"),
    ("{ x: 2 }\n", "{}\n"),
    ("{\n  a: 1, # a\n  x: 2, # x\n  b: 3 # b\n}\n", "{\n  a: 1, # a\n  b: 3 # b\n}\n"),
    ("x: 1\n", "{}\n"),
  ]

  @Test("removes a field with its lines", arguments: removals)
  func remove(before: String, after: String) {
    let result = edit(before) { edit throws(YAMLEditError) in try edit.remove(["x"]) }
    #expect(Array(result.utf8) == Array(after.utf8), "\(result)")
  }

  @Test("removes a field that shares its line with a dash, and the last of a mapping")
  func removeNested() {
    #expect(
      edit("- x: 1\n  y: 2\n- x: 3\n") { edit throws(YAMLEditError) in
        try edit.remove([0, "x"])
        try edit.remove([1, "x"])
      } == "- y: 2\n- {}\n")
    #expect(
      edit("spec:\n  x: 1\nb: 2\n") { edit throws(YAMLEditError) in
        try edit.remove(["spec", "x"])
      } == "spec: {}\nb: 2\n")
  }

  static let appends: [(before: String, after: String)] = [
    ("a: 1\n", "a: 1\n---\nk:\n  - v\n"),
    ("a: 1", "a: 1\n---\nk:\n  - v"),
    ("a: 1\r\n", "a: 1\r\n---\r\nk:\r\n  - v\r\n"),
    ("", "k:\n  - v\n"),
    ("# comment\n", "# comment\nk:\n  - v\n"),
    ("a: 1\n...\n", "a: 1\n...\n---\nk:\n  - v\n"),
    ("a: |\n  text\n", "a: |\n  text\n---\nk:\n  - v\n"),
  ]

  @Test("appends a document", arguments: appends)
  func append(before: String, after: String) {
    let result = edit(before) { edit throws(YAMLEditError) in
      try edit.append(document: ["k": ["v"]])
    }
    #expect(Array(result.utf8) == Array(after.utf8), "\(result)")
  }

  @Test("reads bytes, and refuses those that are not UTF-8")
  func bytes() throws {
    #expect(try YAMLEdit(Array("a: ü\r\n".utf8), file: "file.yaml").text == "a: ü\r\n")
    let error = #expect(throws: YAMLEditError.self) {
      try YAMLEdit([0x61, 0x3A, 0x20, 0xFC], file: "file.yaml")
    }
    #expect(
      error?.description
        == "file.yaml:1:4: error: byte 0xFC is not valid UTF-8; save the file as UTF-8")
  }

  @Test("keeps its documents in step with its text")
  func documentsFollow() throws {
    var edit = try YAMLEdit("a: 1\n", file: "file.yaml")
    try edit.insert("b", .value(2), into: [])
    try edit.append(document: ["c": 3])
    #expect(edit.documents.count == 2)
    #expect(
      self.edit("a: 1") { edit throws(YAMLEditError) in
        try edit.insert("b", .value("x\ny\n"), into: [])
      } == "a: 1\nb: |\n  x\n  y\n")
    #expect(edit.documents[0].root["b"]?.mark.line == 2)
    #expect(edit.documents[1].root["c"]?.scalar == "3")
  }

  @Test("refuses what it can't do, with a reason, and changes nothing")
  func refusals() throws {
    let text = "a: &a { x: 1 }\nb: *a\nc:\n  - d: 1\n    # about e\n    e: 2\n"
    var edit = try YAMLEdit(text, file: "file.yaml")
    func reason(_ change: (inout YAMLEdit) throws(YAMLEditError) -> Void) -> String {
      do throws(YAMLEditError) {
        try change(&edit)
        return "done"
      } catch {
        return error.description
      }
    }
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["a", "x"], to: .value(2)) }
        == "cannot edit a.x without changing more: another value would change with it; "
        + "edit the file by hand")
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["b", "x"], to: .value(2)) }
        == "cannot edit b.x without changing more: another value would change with it; "
        + "edit the file by hand")
    #expect(
      reason { e throws(YAMLEditError) in try e.remove(["c", 0, "d"]) }
        == "cannot edit c[0].d without changing more: a comment would be lost; "
        + "edit the file by hand")
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["a", "y"], to: .value(2)) }
        == "cannot edit a.y: there is no such field")
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["c", 1], to: .value(2)) }
        == "cannot edit c[1]: there is no such item")
    #expect(
      reason { e throws(YAMLEditError) in try e.insert("x", .value(2), into: ["a"]) }
        == "cannot edit a: it has a field 'x' already")
    #expect(
      reason { e throws(YAMLEditError) in try e.insert("x", .value(2), into: ["c"]) }
        == "cannot edit c: expected a mapping, found a list")
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["a"], to: .value(2), inDocument: 3) }
        == "no document 4: the file has 1")
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["c"], to: .verbatim("x\ny: 1")) }
        == "cannot edit c: 'x\\ny: 1' is not a scalar on one line")
    #expect(
      reason { e throws(YAMLEditError) in try e.set(["c"], to: .verbatim("on # c")) }
        == "cannot edit c: 'on # c' is not a scalar on one line")
    #expect(edit.text == text)
    #expect(throws: YAMLEditError.self) { try YAMLEdit("a: [", file: "file.yaml") }
    do {
      _ = try YAMLEdit("a: [", file: "file.yaml")
    } catch {
      #expect(
        error.description
          == "file.yaml:1:4: error: the list opened here is never closed; add the closing ']'")
    }
  }
}
