import JSON

@testable import CEL

/// An expression's value over `resource`, as text: the value in CEL's syntax, or the error with its kind.
func evaluate(_ source: String, resource: String = "{}", limits: Limits = Limits()) throws -> String
{
  var environment = Environment(limits: limits)
  let slot = environment.declare("resource", .dyn)
  let activation = Activation()
  activation.set(slot, Value(try JSONView(parsing: resource)))
  switch try environment.compile(source).evaluate(activation) {
  case .success(let value): return value.description
  case .failure(let error): return "\(error.kind): \(error.message)"
  }
}

/// What the compiler says about an expression; empty when it compiles.
func issues(
  _ source: String, expecting type: ValueType? = nil, in environment: Environment = Environment()
) -> String {
  do throws(CompilationError) {
    _ = try environment.compile(source, expecting: type)
    return ""
  } catch {
    return error.description
  }
}
