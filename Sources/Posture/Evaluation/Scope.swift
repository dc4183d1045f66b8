internal import CEL
internal import JSON
internal import Text
package import YAML

/// The names that conditions of one app may use: declared once, so that a misspelt one is a
/// diagnostic.
///
/// `resource`, `parent`, `now`, `instance.*`, `collections.<name>`, and the app's shared
/// definitions as `definitions.<name>` and functions.
package struct Scope: Sendable {
  let environment: Environment
  let resource: Slot
  let parent: Slot
  let now: Slot
  let instanceName: Slot
  let instanceApp: Slot
  let instanceLabels: Slot
  let instanceParameters: Slot
  let instanceBreakGlass: Slot
  let collections: [String: Slot]
  /// In order of definition.
  let definitions: [Named]
  /// What the definitions read.
  let closure: VariableClosure
  /// The definitions as they are written.
  let parsed: ParsedDefinitions
  /// The collections that read as empty where a source does not deliver them.
  let optionalCollections: Set<String>
  /// What is documented of the fields of the collections.
  let citations: Citations

  /// A compiled expression that is evaluated when it is first read.
  struct Named: Sendable {
    let name: String
    let slot: Slot
    let program: Program
  }

  /// Declares the names, and compiles the definitions.
  ///
  /// - Parameters:
  ///   - collections: Every collection that a connector or an export format of the app has.
  ///   - definitions: The app's shared definitions; faults in them are appended to `diagnostics`.
  ///   - citations: What the app's collections document.
  package init(
    collections: some Sequence<String>, definitions: Definitions?, citations: Citations,
    diagnostics: Diagnostics
  ) {
    parsed = ParsedDefinitions(definitions)
    optionalCollections = Set((definitions?.optionalCollections ?? []).map(\.value))
    self.citations = citations
    var environment = Environment(limits: Evaluator.Bounds.limits)
    resource = environment.declare("resource", .dyn)
    parent = environment.declare("parent", .dyn)
    now = environment.declare(time: "now")
    instanceName = environment.declare("instance.name", .string)
    instanceApp = environment.declare("instance.app", .string)
    instanceLabels = environment.declare("instance.labels", .map(.string, .string))
    instanceParameters = environment.declare("instance.parameters", .map(.string, .string))
    instanceBreakGlass = environment.declare("instance.breakGlass", .list(.dyn))
    var slots: [String: Slot] = [:]
    for name in Set(collections).sorted() {
      slots[name] = environment.declare("collections.\(name)", .list(.dyn))
    }
    self.collections = slots
    var named: [Named] = []
    var values = definitions?.values ?? []
    var functions = definitions?.functions ?? []
    // Values and functions use one another in any order of writing: what compiles goes first, until
    // nothing more does; what is left then is at fault.
    while true {
      let before = values.count + functions.count
      values.removeAll { value in
        guard let program = try? environment.compile(value.source.value) else { return false }
        let name = "definitions.\(value.name.value)"
        named.append(
          Named(name: name, slot: environment.declare(name, program.resultType), program: program))
        return true
      }
      functions.removeAll { function in
        (try? environment.define(
          function: function.name.value,
          parameters: function.parameters.map { (name: $0, type: ValueType.dyn) },
          body: function.body.value)) != nil
      }
      if values.isEmpty && functions.isEmpty || values.count + functions.count == before { break }
    }
    for value in values {
      _ = environment.compile(value.source, diagnostics: diagnostics)
    }
    for function in functions {
      do {
        try environment.define(
          function: function.name.value,
          parameters: function.parameters.map { (name: $0, type: ValueType.dyn) },
          body: function.body.value)
      } catch {
        diagnostics.add(error, in: function.body)
      }
    }
    for name in definitions?.optionalCollections ?? [] where slots[name.value] == nil {
      diagnostics.error(
        "no collection named '\(name.value)'" + Suggestion.hint(for: name.value, among: slots.keys),
        at: name.mark)
    }
    for value in definitions?.values ?? [] {
      guard
        let program = named.first(where: { $0.name == "definitions.\(value.name.value)" })?.program,
        let name = ["resource", "parent"].first(where: program.variables.contains)
      else { continue }
      diagnostics.error(
        "'\(name)' is not known in a definition: definitions are about the instance",
        at: value.source.mark)
    }
    self.definitions = named
    closure = VariableClosure().with(named)
    self.environment = environment
  }
}

extension Environment {
  /// Compiles an expression; nil where it has faults, which are told at its place in the file.
  func compile(
    _ source: Located<String>, expecting type: ValueType? = nil, diagnostics: Diagnostics
  ) -> Program? {
    do {
      return try compile(source.value, expecting: type)
    } catch {
      diagnostics.add(error, in: source)
      return nil
    }
  }
}

extension Diagnostics {
  /// Adds each issue of an expression at its place in the file.
  ///
  /// An expression on one line stands where it was written, so columns add up; one that YAML
  /// folded or indented is named by its own line and column.
  func add(_ error: CompilationError, in source: Located<String>) {
    for issue in error.issues {
      let suggestion = issue.suggestion.map { "; did you mean '\($0)'?" } ?? ""
      let mark = source.mark
      let indent: Int? =
        switch source.place.style {
        case .plain: source.value.contains("\n") ? nil : 0
        case .singleQuoted, .doubleQuoted: source.value.contains("\n") ? nil : 1
        default: nil
        }
      if let indent, mark.line == source.place.end.line {
        self.error(
          issue.message + suggestion,
          at: Mark(
            file: mark.file, line: mark.line, column: mark.column + indent + issue.column - 1,
            offset: mark.offset + indent + issue.offset))
      } else {
        self.error(
          "line \(issue.line), column \(issue.column) of the condition: \(issue.message)\(suggestion)",
          at: mark)
      }
    }
  }
}
