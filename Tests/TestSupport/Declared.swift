package import Posture
package import YAML

/// A desired state that a test writes down, `x.yaml`, read beside a catalog.
package struct Declared {
  package let library: DecodedCatalog
  package let state: DesiredState
  /// What is wrong with it; with the catalog too, when a test wrote that down.
  package let diagnostics: Diagnostics

  package init(_ text: String = "", catalog: String) {
    let diagnostics = Diagnostics()
    let library = DecodedCatalog(
      files: [(path: "catalog.yaml", bytes: Array(catalog.utf8))], diagnostics: diagnostics)
    self.init(text, library: library, diagnostics)
  }

  package init(_ text: String, library: DecodedCatalog, _ diagnostics: Diagnostics = Diagnostics())
  {
    self.library = library
    self.diagnostics = diagnostics
    state = DesiredStateReader.read(
      [(path: "x.yaml", bytes: Array(text.utf8))], library: library, diagnostics: diagnostics)
  }

  /// Its conditions; what is wrong with them joins the diagnostics.
  package func compile(_ apps: Set<String>? = nil) -> CompiledState {
    CompiledState(state, apps: apps, diagnostics: diagnostics)
  }

  /// The state with its conditions, when nothing is wrong with it.
  package func sound(_ apps: Set<String>? = nil) throws -> (
    state: DesiredState, compiled: CompiledState
  ) {
    let compiled = compile(apps)
    guard !diagnostics.hasErrors else { throw Scratch.Failure(description: "\(diagnostics)") }
    return (state, compiled)
  }
}
