internal import CEL
package import YAML

/// An exception, ready to be asked about resources.
package struct CompiledException: Sendable {
  /// The exception as it is declared.
  package let exception: Exception
  /// Whether a resource is meant, over the app's scope; nil when the exception is about the whole
  /// recommendation.
  let resources: Program?

  /// Whether the resources that it is about depend on the time.
  var readsNow: Bool { resources?.variables.contains("now") ?? false }

  /// Compiles the exception's `resources` for one app; nil when it has a fault.
  package init?(_ exception: Exception, in scope: Scope, diagnostics: Diagnostics) {
    self.exception = exception
    guard let source = exception.resources else {
      resources = nil
      return
    }
    guard
      let program = scope.environment.compile(source, expecting: .bool, diagnostics: diagnostics)
    else { return nil }
    if let name = program.variables.first(where: { $0.hasPrefix("collections.") }) {
      diagnostics.error(
        "'\(name)' is not known here: 'resources' is about one resource", at: source.mark)
      return nil
    }
    resources = program
  }
}
