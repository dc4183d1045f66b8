internal import Connectors
internal import Crypto
internal import JSON
internal import Posture
internal import Text

/// How the lines of one stored collection are resources.
struct ResourceShape: Sendable {
  private let naming: ResourceNaming
  private let types: TypedFields

  /// - Parameter declared: The collection as the connector declares it; nil where it does not.
  init(_ declared: Connector.Collection?) {
    naming = ResourceNaming(
      declared?.identity ?? "id", isBound: declared?.forEach != nil,
      isSingleton: declared?.forEach != nil && declared?.isSingleton == true)
    types = TypedFields(declared?.fields ?? [])
  }

  /// The resource of a line, valid until the line's memory is used again.
  ///
  /// - Throws: ``Fault`` when its texts cannot be turned into values.
  func resource(_ view: JSONView) throws(Fault) -> ObservedResource {
    ObservedResource(naming, view: try types.typed(view), isTransient: true)
  }
}

/// What reading a file of lines to its end comes to.
struct ReadLines: Sendable {
  /// Of all bytes, in hexadecimal digits.
  let sha256: String
  /// The lines that are not blank.
  let count: Int
  /// Of the first resource whose texts could not be turned into values.
  let untyped: Fault?

  init(_ hash: SHA256, count: Int, untyped: Fault?) {
    sha256 = Hexadecimal.text(Array(hash.finalize()))
    self.count = count
    self.untyped = untyped
  }
}
