/// An attribute of an element: its name is Plumb's, its value is of the kind that the name asks for.
///
/// No value is markup, no name comes from a tenant, no address is another than `https:` or a page of the site, and nothing
/// carries script or style.
struct HTMLAttribute {
  enum Value {
    /// Present without a value.
    case present
    /// Words of Plumb's own.
    case words(StaticString)
    case number(Int)
    /// Text from anywhere.
    case text(String)
    /// An identifier on the page.
    case anchor(String)
    /// Several identifiers or classes.
    case list([StaticString])
    case link(PageLink)
  }

  let name: StaticString
  let value: Value

  // MARK: Of every element

  static func `class`(_ names: StaticString...) -> Self { Self(name: "class", value: .list(names)) }
  static func classes(_ names: [StaticString]) -> Self { Self(name: "class", value: .list(names)) }
  static func id(_ anchor: String) -> Self { Self(name: "id", value: .anchor(anchor)) }
  static func title(_ text: String) -> Self { Self(name: "title", value: .text(text)) }
  static func role(_ role: StaticString) -> Self { Self(name: "role", value: .words(role)) }
  static func lang(_ code: StaticString) -> Self { Self(name: "lang", value: .words(code)) }
  static let hidden = Self(name: "hidden", value: .present)
  /// Plumb's script finds the element by it.
  static func data(_ name: StaticString, _ value: String) -> Self {
    Self(name: name, value: .text(value))
  }
  static func data(_ name: StaticString) -> Self { Self(name: name, value: .present) }

  // MARK: For assistive technology

  static func label(_ text: String) -> Self { Self(name: "aria-label", value: .text(text)) }
  static func labelled(by anchor: String) -> Self {
    Self(name: "aria-labelledby", value: .anchor(anchor))
  }
  static let decorative = Self(name: "aria-hidden", value: .words("true"))
  static let currentPage = Self(name: "aria-current", value: .words("page"))
  static let live = Self(name: "aria-live", value: .words("polite"))

  // MARK: Of links and forms

  static func href(_ link: PageLink) -> Self { Self(name: "href", value: .link(link)) }
  static func action(_ link: PageLink) -> Self { Self(name: "action", value: .link(link)) }
  static func `for`(_ anchor: String) -> Self { Self(name: "for", value: .anchor(anchor)) }
  static func name(_ name: StaticString) -> Self { Self(name: "name", value: .words(name)) }
  static func type(_ type: StaticString) -> Self { Self(name: "type", value: .words(type)) }
  static func value(_ text: String) -> Self { Self(name: "value", value: .text(text)) }
  static let selected = Self(name: "selected", value: .present)
  static func datetime(_ text: String) -> Self { Self(name: "datetime", value: .text(text)) }

  // MARK: Of tables

  static func scope(_ scope: StaticString) -> Self { Self(name: "scope", value: .words(scope)) }
  static func span(_ columns: Int) -> Self { Self(name: "colspan", value: .number(columns)) }

  // MARK: Of whatever takes words or a number

  static func attribute(_ name: StaticString, _ value: StaticString) -> Self {
    Self(name: name, value: .words(value))
  }
  static func number(_ name: StaticString, _ value: Int) -> Self {
    Self(name: name, value: .number(value))
  }
  /// The geometry of a drawing: digits, signs and letters of Plumb's own making.
  static func geometry(_ name: StaticString, _ value: String) -> Self {
    Self(name: name, value: .text(value))
  }
}
