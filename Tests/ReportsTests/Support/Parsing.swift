import JSON

extension JSONValue {
  /// The value of a JSON text.
  init(parsing text: String) throws {
    var parser = JSONParser()
    self = JSONValue(try parser.parse(text))
  }
}
