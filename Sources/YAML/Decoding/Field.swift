/// A line of the table that describes a mapping: how one field is read into its owner, and what
/// schema and documentation say of it.
///
/// ```swift
/// static let fields: [Field<Exception>] = [
///   .required("owner", \.owner, .text, "Who answers for it."),
///   .optional("ticket", \.ticket, .text, "Where it was decided."),
/// ]
/// ```
///
/// Behind the description stand traits: what others say of the field, such as what its change does.
///
/// What is missing, and may be, keeps the value that the owner begins with: its default.
public struct Field<Owner>: Sendable {
  public typealias Property<Value> = any WritableKeyPath<Owner, Value> & Sendable

  /// The names of what it reads: several for alternatives, none for a check.
  @usableFromInline let names: [String]
  /// What is said of each. It is made when somebody asks: every run reads fields, few describe them.
  @usableFromInline let describe: @Sendable () -> [FieldShape]
  @usableFromInline let rules: [Shape.Rule]
  /// Reads it; false, after an error, where there is no owner without it.
  @usableFromInline let read: @Sendable (inout Owner, MappingDecoder) -> Bool

  @usableFromInline
  init(
    _ names: [String], _ describe: @autoclosure @escaping @Sendable () -> [FieldShape],
    rules: [Shape.Rule] = [], read: @escaping @Sendable (inout Owner, MappingDecoder) -> Bool
  ) {
    self.names = names
    self.describe = describe
    self.rules = rules
    self.read = read
  }

  /// A field that must be there.
  @inlinable
  public static func required<Value>(
    _ name: String, _ property: Property<Value>,
    _ decoder: NodeDecoder<Value>, _ description: String, _ traits: any FieldTrait...
  ) -> Field {
    let place = FieldPlace(property)
    return Field([name], [.required(name, decoder.shape, description, traits)]) { owner, fields in
      guard let value = fields.required(name, as: decoder) else { return false }
      place.set(value, in: &owner)
      return true
    }
  }

  /// A field that may be missing; after an error the default stands.
  @inlinable
  public static func optional<Value>(
    _ name: String, _ property: Property<Value>,
    _ decoder: NodeDecoder<Value>, _ description: String, _ traits: any FieldTrait...
  ) -> Field {
    let place = FieldPlace(property)
    return Field([name], [.optional(name, decoder.shape, description, traits)]) { owner, fields in
      if let value = fields.optional(name, as: decoder) { place.set(value, in: &owner) }
      return true
    }
  }

  /// A field that may be missing, without a default.
  ///
  /// - Parameter isDecisive: Whether, after an error, there is no owner: without the field it would mean
  ///   something else.
  @inlinable
  public static func optional<Value>(
    _ name: String, _ property: Property<Value?>,
    _ decoder: NodeDecoder<Value>, _ description: String, _ traits: any FieldTrait...,
    isDecisive: Bool = false
  ) -> Field {
    let place = FieldPlace(property)
    return Field([name], [.optional(name, decoder.shape, description, traits)]) { owner, fields in
      guard let node = fields.node(name) else {
        place.set(nil, in: &owner)
        return true
      }
      let value = decoder.decode(node, into: fields.diagnostics)
      place.set(value, in: &owner)
      return value != nil || !isDecisive
    }
  }

  /// A mapping that only groups fields of the same owner; it may be missing.
  @inlinable
  public static func section(_ name: String, _ fields: [Field], _ description: String) -> Field {
    Field([name], [.optional(name, fields.shape(), description)]) { owner, outer in
      if let node = outer.node(name) {
        _ = fields.read(into: &owner, from: node, outer.diagnostics)
      }
      return true
    }
  }

  /// The fields of a part of the owner, which stand beside the owner's own.
  @inlinable
  public static func part<Part>(_ property: Property<Part>, _ fields: [Field<Part>]) -> Field {
    let place = FieldPlace(property)
    return Field(
      fields.names(), fields.flatMap { $0.describe() }, rules: fields.flatMap(\.rules)
    ) { owner, mapping in
      place.change(in: &owner) { fields.read(into: &$0, from: mapping) }
    }
  }

  /// A field that may be there and is read elsewhere, with the whole.
  public static func allowed(_ name: String, _ description: String) -> Field {
    Field([name], [.optional(name, .any, description)]) { _, fields in
      fields.allow([name])
      return true
    }
  }

  /// Fields of which one must be there, and no other.
  ///
  /// - Parameter isWhole: Whether the one is all that the mapping has: where it is missing, what stands in
  ///   its place is not named once more.
  public static func exactlyOne(_ fields: [Field], isWhole: Bool = false) -> Field {
    let names = fields.names()
    // The field of each name.
    let readers = fields.flatMap { field in field.names.map { _ in field.read } }
    return Field(
      names, fields.flatMap { $0.describe() }.map(\.optional),
      rules: [isWhole ? .single : .exactlyOne(names)]
    ) { owner, mapping in
      guard let chosen = mapping.choice(of: names) else {
        if isWhole { mapping.allow(mapping.names) }
        return false
      }
      return readers[chosen](&owner, mapping)
    }
  }

  /// A rule that no single field has, checked where the line stands; or what is made of several fields.
  ///
  /// - Parameter rules: What of it a schema can say.
  @inlinable
  public static func check(
    _ rules: Shape.Rule..., body: @escaping @Sendable (inout Owner, MappingDecoder) -> Void
  ) -> Field {
    Field([], [], rules: rules) { owner, fields in
      body(&owner, fields)
      return true
    }
  }
}

extension Array {
  /// What the table says of the mapping.
  public func shape<Owner>() -> Shape where Element == Field<Owner> {
    .object(flatMap { $0.describe() }, rules: flatMap(\.rules))
  }

  /// The names that the table knows.
  public func names<Owner>() -> [String] where Element == Field<Owner> {
    flatMap(\.names)
  }

  /// Reads every field, so that every fault is named, and names the fields that the table does not know.
  ///
  /// - Returns: Whether there is an owner: nothing that it must have is missing or wrong.
  @inlinable
  public func read<Owner>(
    into owner: inout Owner, from node: Node, _ diagnostics: Diagnostics,
    expectation: String = "a mapping"
  ) -> Bool where Element == Field<Owner> {
    guard let fields = MappingDecoder(node, expectation: expectation, into: diagnostics) else {
      return false
    }
    defer { fields.finish() }
    return read(into: &owner, from: fields)
  }

  @inlinable
  func read<Owner>(
    into owner: inout Owner, from fields: MappingDecoder
  ) -> Bool where Element == Field<Owner> {
    var isWhole = true
    for field in self where !field.read(&owner, fields) { isWhole = false }
    return isWhole
  }
}

/// A part of a document that a table describes.
public protocol Described: Sendable {
  /// The part before its fields are read: with its defaults.
  init(at node: Node)
  static var fields: [Field<Self>] { get }
}

extension NodeDecoder where Value: Described {
  /// A mapping that the type's table describes.
  public static var object: NodeDecoder<Value> { .object(Value.fields) { Value(at: $0) } }
}

extension NodeDecoder {
  /// A mapping that a table describes.
  ///
  /// - Parameters:
  ///   - fields: Asked for by each mapping that is read: what no document has needs no table.
  ///   - blank: The value before its fields are read: with its defaults.
  @inlinable
  public static func object(
    _ fields: @autoclosure @escaping @Sendable () -> [Field<Value>],
    _ expectation: String = "a mapping", blank: @escaping @Sendable (Node) -> Value
  ) -> NodeDecoder<Value> {
    NodeDecoder(expectation, shape: fields().shape()) { node, diagnostics in
      var value = blank(node)
      return fields().read(into: &value, from: node, diagnostics, expectation: expectation)
        ? value : nil
    }
  }
}
