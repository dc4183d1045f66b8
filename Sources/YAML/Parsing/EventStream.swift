internal import CYAML

/// libyaml's parser over a text in memory, one event after the other.
///
/// The only place that calls libyaml. The text must outlive it.
struct EventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  init(_ text: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    // Fails only without memory, where Swift stops the process too.
    precondition(yaml_parser_initialize(parser) == 1, "no memory for a YAML parser")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // libyaml never reads through the pointer of an empty text, but insists that there be one.
    let empty = UnsafeRawPointer(parser).assumingMemoryBound(to: UInt8.self)
    yaml_parser_set_input_string(parser, text.baseAddress ?? empty, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event; after the end of the stream, that again.
  mutating func next() throws(SyntaxError) -> Event {
    var raw = yaml_event_t()
    guard yaml_parser_parse(parser, &raw) == 1 else { throw SyntaxError(parser.pointee) }
    defer { yaml_event_delete(&raw) }
    return Event(raw)
  }
}

/// A place as libyaml counts it: from 0, in characters.
struct EventMark {
  var index: Int
  var line: Int
  var column: Int

  init(_ mark: yaml_mark_t) {
    index = mark.index
    line = mark.line
    column = mark.column
  }
}

/// One event of libyaml's, copied out of its memory.
struct Event {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  let start: EventMark
  let end: EventMark
  /// A scalar's text.
  var text = ""
  var style = Node.Style.plain
  /// The anchor's name; of an alias, the name that it refers to.
  var anchor: String?
  var tag: String?

  fileprivate init(_ raw: yaml_event_t) {
    start = EventMark(raw.start_mark)
    end = EventMark(raw.end_mark)
    switch raw.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT:
      kind = .alias
      anchor = Self.string(raw.data.alias.anchor)
    case YAML_SCALAR_EVENT:
      kind = .scalar
      let scalar = raw.data.scalar
      text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      style = Self.style(scalar.style)
      anchor = Self.string(scalar.anchor)
      tag = Self.string(scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      let sequence = raw.data.sequence_start
      style = sequence.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block
      anchor = Self.string(sequence.anchor)
      tag = Self.string(sequence.tag)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      let mapping = raw.data.mapping_start
      style = mapping.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block
      anchor = Self.string(mapping.anchor)
      tag = Self.string(mapping.tag)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_STREAM_START_EVENT: kind = .streamStart
    default: kind = .streamEnd
    }
  }

  private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private static func style(_ style: yaml_scalar_style_t) -> Node.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }
}

/// libyaml's account of what it could not read.
struct SyntaxError: Error {
  let problem: String
  let problemMark: EventMark
  let context: String
  let contextMark: EventMark

  fileprivate init(_ parser: yaml_parser_t) {
    problem = parser.problem.map { String(cString: $0) } ?? "out of memory"
    context = parser.context.map { String(cString: $0) } ?? ""
    problemMark = EventMark(parser.problem_mark)
    contextMark = EventMark(parser.context_mark)
  }
}
