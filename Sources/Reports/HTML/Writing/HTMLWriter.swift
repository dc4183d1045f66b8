internal import JSON

/// Writes HTML: elements of ``HTMLTag``, attributes of ``HTMLAttribute``, and text, each escaped as its place asks for.
///
/// There is no way to write markup but by these. Whatever a tenant calls its resources is text: on one line, with what is
/// hidden spelt out and what is endless cut off, as in every other report.
struct HTMLWriter {
  /// The page that is written: links and anchors are relative to it.
  var place: PagePlace
  private(set) var bytes: [UInt8] = []

  init(_ place: PagePlace) { self.place = place }

  // MARK: Elements

  mutating func element(
    _ tag: HTMLTag, _ attributes: HTMLAttribute..., content: (inout HTMLWriter) -> Void
  ) {
    begin(tag, attributes)
    content(&self)
    end(tag)
  }

  /// An element with text from anywhere.
  mutating func element(_ tag: HTMLTag, _ attributes: HTMLAttribute..., text: String) {
    begin(tag, attributes)
    self.text(text)
    end(tag)
  }

  /// An element with words of Plumb's own.
  mutating func element(_ tag: HTMLTag, _ attributes: HTMLAttribute..., words: StaticString) {
    begin(tag, attributes)
    self.words(words)
    end(tag)
  }

  /// An element without content.
  mutating func element(_ tag: HTMLTag, _ attributes: HTMLAttribute...) {
    begin(tag, attributes)
    end(tag)
  }

  /// An element whose attributes are put together.
  mutating func element(
    _ tag: HTMLTag, attributes: [HTMLAttribute], content: (inout HTMLWriter) -> Void
  ) {
    begin(tag, attributes)
    content(&self)
    end(tag)
  }

  /// An element that stays open: what belongs into it is written after it.
  mutating func open(_ tag: HTMLTag, _ attributes: HTMLAttribute...) { begin(tag, attributes) }

  mutating func close(_ tag: HTMLTag) { end(tag) }

  private mutating func begin(_ tag: HTMLTag, _ attributes: [HTMLAttribute]) {
    if tag.beginsLine, bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    bytes.append(UInt8(ascii: "<"))
    bytes.append(contentsOf: tag.rawValue.utf8)
    for attribute in attributes { write(attribute) }
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func end(_ tag: HTMLTag) {
    if tag.isVoid || tag.endsItself { return }
    raw("</")
    bytes.append(contentsOf: tag.rawValue.utf8)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func write(_ attribute: HTMLAttribute) {
    if case .link(let link) = attribute.value, place.address(of: link) == nil { return }
    bytes.append(UInt8(ascii: " "))
    raw(attribute.name)
    if case .present = attribute.value { return }
    raw("=\"")
    switch attribute.value {
    case .present: break
    case .words(let words): raw(words)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .text(let text): escape(HiddenScalars.spelledOut(text))
    case .anchor(let anchor): escape(place.anchor(anchor))
    case .list(let names):
      for (index, name) in names.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: " ")) }
        raw(name)
      }
    case .link(let link):
      escape(place.address(of: link) ?? "")
      if case .web = link { raw("\" rel=\"noreferrer") }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  // MARK: Text

  /// Text from anywhere: one line, nothing hidden, at the most ``Escaping/longest`` characters.
  mutating func text(_ text: String) { escape(HiddenScalars.spelledOut(Escaping.clipped(text))) }

  /// Text of people's own that is read as a whole: sentences of recommendations, however long.
  mutating func prose(_ text: String) { escape(HiddenScalars.spelledOut(text)) }

  mutating func number(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// Words of Plumb's own.
  mutating func words(_ words: StaticString) { escape(words.description) }

  /// The same for text and attributes: all five characters that may mean something in either.
  private mutating func escape(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "<"): raw("&lt;")
      case UInt8(ascii: ">"): raw("&gt;")
      case UInt8(ascii: "\""): raw("&quot;")
      case UInt8(ascii: "'"): raw("&#39;")
      default: bytes.append(byte)
      }
    }
  }

  private mutating func raw(_ words: StaticString) {
    bytes.append(contentsOf: words.description.utf8)
  }

  // MARK: What is no element of a page's content

  mutating func doctype() { raw("<!DOCTYPE html>") }

  /// Values for the script: JSON in which nothing can end the element, whatever the values are.
  mutating func data(_ anchor: String, _ value: JSONValue) {
    raw("\n<script type=\"application/json\" id=\"")
    escape(place.anchor(anchor))
    raw("\">")
    bytes.append(contentsOf: Self.inert(VisibleJSON.bytes(value.bytes(layout: .compact))))
    raw("</script>")
  }

  /// `<`, `>` and `&` stand in strings alone, where JSON can write them otherwise.
  static func inert(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(json.count)
    for byte in json {
      switch byte {
      case UInt8(ascii: "<"): result += Array("\\u003c".utf8)
      case UInt8(ascii: ">"): result += Array("\\u003e".utf8)
      case UInt8(ascii: "&"): result += Array("\\u0026".utf8)
      default: result.append(byte)
      }
    }
    return result
  }

  /// Plumb's own stylesheet or script, in the page itself.
  mutating func asset(_ asset: PageAsset) {
    switch asset.kind {
    case .style: raw("\n<style>")
    case .script: raw("\n<script>")
    }
    bytes.append(contentsOf: asset.text.utf8)
    switch asset.kind {
    case .style: raw("</style>")
    case .script: raw("</script>")
    }
  }

  /// A link to Plumb's own script beside the page.
  mutating func script(beside asset: PageAsset) {
    raw("\n<script src=\"")
    escape(place.path(to: asset.name))
    raw("\"></script>")
  }
}
