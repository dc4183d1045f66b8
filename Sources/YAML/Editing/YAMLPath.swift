/// Where a value stands inside a document: `["spec", "instances", 0]`.
public struct YAMLPath: Sendable, Hashable {
  /// One step inwards.
  public enum Element: Sendable, Hashable {
    /// Into a mapping.
    case key(String)
    /// Into a list, from 0.
    case index(Int)
  }

  /// The steps from the document's root.
  public var elements: [Element]

  /// A path; without elements it is the document's root.
  public init(_ elements: [Element] = []) {
    self.elements = elements
  }

  /// The path of a field of this mapping.
  public func appending(_ key: String) -> YAMLPath { YAMLPath(elements + [.key(key)]) }
}

extension YAMLPath.Element: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A key.
  public init(stringLiteral value: String) { self = .key(value) }
  /// An index.
  public init(integerLiteral value: Int) { self = .index(value) }
}

extension YAMLPath: ExpressibleByArrayLiteral {
  /// The steps from the root.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension YAMLPath: CustomStringConvertible {
  /// `spec.instances[0]`.
  public var description: String {
    var result = ""
    for element in elements {
      switch element {
      case .key(let key): result += (result.isEmpty ? "" : ".") + Excerpt.of(key)
      case .index(let index): result += "[\(index)]"
      }
    }
    return result.isEmpty ? "the document" : result
  }
}
