/// Where a field's value stands in its owner.
///
/// A key path takes some hundred steps to follow, which thousands of documents feel. Where it leads to a stored property, which
/// is what tables name, its distance from the beginning of the owner is asked once, and the value written there.
@usableFromInline
struct FieldPlace<Owner, Value>: Sendable {
  @usableFromInline let property: Field<Owner>.Property<Value>
  /// In bytes; nil for what is computed.
  @usableFromInline let distance: Int?

  @inlinable
  init(_ property: Field<Owner>.Property<Value>) {
    self.property = property
    distance = MemoryLayout<Owner>.offset(of: property)
  }

  /// Calls with the value, to change it.
  @inlinable
  func change<Result>(in owner: inout Owner, _ body: (inout Value) -> Result) -> Result {
    guard let distance else { return body(&owner[keyPath: property]) }
    return withUnsafeMutablePointer(to: &owner) { owner in
      let place = UnsafeMutableRawPointer(owner).advanced(by: distance)
      return body(&place.assumingMemoryBound(to: Value.self).pointee)
    }
  }

  @inlinable
  func set(_ value: Value, in owner: inout Owner) { change(in: &owner) { $0 = value } }
}
