import Foundation
import JSON

@testable import CEL

/// A case of the language's conformance suite, as its folder's README describes the format.
struct ConformanceCase {
  enum Expectation {
    case value(Value)
    case error
    case typed(ValueType?, Value?)
    case unsupported
  }

  let name: String
  let expression: String
  let container: String
  let isChecked: Bool
  let isEvaluated: Bool
  let bindings: [(String, Value)]
  let variables: [(String, ValueType)]
  let functions: [(String, [Overload])]
  let expectation: Expectation

  init?(_ view: JSONView) {
    guard view["requires_protobuf"]?.bool == false, let expression = view["expr"]?.string else {
      return nil
    }
    self.expression = expression
    name = "\(view["section"]?.string ?? "")/\(view["name"]?.string ?? "")"
    container = view["container"]?.string ?? ""
    isChecked = view["disable_check"]?.bool != true
    isEvaluated = view["check_only"]?.bool != true
    bindings =
      (view["bindings"]?.members).map { members in
        members.map { ($0.name, Self.typed($0.value)) }
      } ?? []
    variables =
      (view["type_env_vars"]?.elements).map { elements in
        elements.map { ($0["name"]?.string ?? "", ValueType($0["type"]?.string ?? "") ?? .dyn) }
      } ?? []
    functions = (view["type_env_functions"]?.elements).map { $0.map(Self.function) } ?? []
    if let value = view["expect"]?["value"] {
      expectation = .value(Self.typed(value))
    } else if view["expect"]?["error"] != nil {
      expectation = .error
    } else if let typed = view["expect"]?["typed_result"] {
      expectation = .typed(
        typed["type"]?.string.flatMap { ValueType($0) }, typed["value"].map(Self.typed))
    } else {
      expectation = .unsupported
    }
  }

  private static func function(_ view: JSONView) -> (String, [Overload]) {
    let overloads = view["overloads"]?.elements.map { overload in
      let names = overload["type_params"]?.elements.compactMap(\.string) ?? []
      func type(_ view: JSONView?) -> ValueType {
        ValueType(view?.string ?? "", parameters: Set(names)) ?? .dyn
      }
      return Overload(
        isMember: overload["receiver"]?.bool == true,
        parameters: overload["params"]?.elements.map { type($0) } ?? [],
        result: type(overload["result"]), typeParameters: names)
    }
    return (view["name"]?.string ?? "", overloads ?? [])
  }

  private static func typed(_ view: JSONView) -> Value {
    guard let (tag, content) = view.members.map({ $0 }).first else { return .null }
    let text = content.string ?? ""
    switch tag {
    case "int": return .int(Int64(text)!)
    case "uint": return .uint(UInt64(text)!)
    case "double": return .double(Double(text)!)
    case "string": return .string(text)
    case "bytes": return .bytes([UInt8](Data(base64Encoded: text)!))
    case "bool": return .bool(content.bool!)
    case "list": return .list(content.elements.map(typed))
    case "map": return .map(content.elements.map { (typed($0[0]!), typed($0[1]!)) })!
    case "type": return .type(ValueType(text)!)
    case "timestamp": return .timestamp(Timestamp(text)!)
    case "duration": return .duration(TimeSpan(text)!)
    default: return .null
    }
  }

  /// nil when the case passes, else what happened instead.
  func failure() -> String? {
    var environment = Environment(container: container, libraries: Set(Library.allCases))
    for (name, overloads) in functions { environment.declare(function: name, overloads) }
    let activation = Activation()
    var declared = Dictionary(variables) { first, _ in first }
    for (name, _) in bindings where declared[name] == nil { declared[name] = .dyn }
    for (name, type) in declared.sorted(by: { $0.key < $1.key }) { environment.declare(name, type) }
    for (name, value) in bindings {
      if let slot = environment.slot(of: name) { activation.set(slot, value) }
    }
    let program: Program
    do {
      program =
        isChecked
        ? try environment.compile(expression) : try environment.compileUnchecked(expression)
    } catch {
      if case .error = expectation { return nil }
      return "does not compile: \(error.issues.map(\.text).joined(separator: "; "))"
    }
    if case .typed(let type, let value) = expectation {
      if type != program.resultType {
        return "type \(program.resultType), not \(type.map(\.description) ?? "?")"
      }
      guard isEvaluated, let value else { return nil }
      return difference(program.evaluate(activation), value)
    }
    guard isEvaluated else { return "nothing to compare" }
    switch (program.evaluate(activation), expectation) {
    case (.failure, .error): return nil
    case (let result, .value(let value)): return difference(result, value)
    case (.success(let value), .error): return "gives \(value), not an error"
    default: return "has no expectation that is known"
    }
  }

  private func difference(_ result: Result<Value, EvaluationError>, _ expected: Value) -> String? {
    switch result {
    case .failure(let error): "fails: \(error)"
    case .success(let value): value == expected ? nil : "gives \(value), not \(expected)"
    }
  }
}
