/// A large value that is held once, however often what carries it is copied.
package final class Shared<Value: Sendable>: Sendable {
  /// What is held.
  package let value: Value

  package init(_ value: Value) { self.value = value }
}
