internal import CYAML

/// libyaml's parser over a text in memory, one event after the other.
///
/// The only place that calls libyaml. The text must outlive it.
struct EventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The event that was read last; what it points to is libyaml's until the next is read.
  private let raw: UnsafeMutablePointer<yaml_event_t>

  init(_ text: UnsafeBufferPointer<UInt8>) {
    raw = .allocate(capacity: 1)
    raw.initialize(to: yaml_event_t())
    parser = .allocate(capacity: 1)
    // Fails only without memory, where Swift stops the process too.
    precondition(yaml_parser_initialize(parser) == 1, "no memory for a YAML parser")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // libyaml never reads through the pointer of an empty text, but insists that there be one.
    let empty = UnsafeRawPointer(parser).assumingMemoryBound(to: UInt8.self)
    yaml_parser_set_input_string(parser, text.baseAddress ?? empty, text.count)
  }

  deinit {
    yaml_event_delete(raw)
    yaml_parser_delete(parser)
    parser.deallocate()
    raw.deallocate()
  }

  /// The next event; after the end of the stream, that again.
  mutating func next() throws(SyntaxError) -> Event {
    yaml_event_delete(raw)
    guard yaml_parser_parse(parser, raw) == 1 else { throw SyntaxError(parser.pointee) }
    return Event(raw)
  }

  /// The text of the scalar that was read last.
  func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    guard raw.pointee.type == YAML_SCALAR_EVENT else {
      return body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let scalar = raw.pointee.data.scalar
    return body(UnsafeBufferPointer(start: scalar.value, count: scalar.length))
  }

  /// The anchor's name of the event that was read last; of an alias, the name that it refers to.
  var anchor: String? {
    switch raw.pointee.type {
    case YAML_ALIAS_EVENT: Self.string(raw.pointee.data.alias.anchor)
    case YAML_SCALAR_EVENT: Self.string(raw.pointee.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: Self.string(raw.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: Self.string(raw.pointee.data.mapping_start.anchor)
    default: nil
    }
  }

  /// The tag of the event that was read last, in full.
  var tag: String? {
    switch raw.pointee.type {
    case YAML_SCALAR_EVENT: Self.string(raw.pointee.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: Self.string(raw.pointee.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: Self.string(raw.pointee.data.mapping_start.tag)
    default: nil
    }
  }

  private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
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

/// One event of libyaml's, without its texts.
struct Event {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  let start: EventMark
  let end: EventMark
  private(set) var style = Node.Style.plain
  /// Whether it has an anchor or a tag.
  private(set) var hasProperties = false

  fileprivate init(_ raw: UnsafeMutablePointer<yaml_event_t>) {
    start = EventMark(raw.pointee.start_mark)
    end = EventMark(raw.pointee.end_mark)
    switch raw.pointee.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias
    case YAML_SCALAR_EVENT:
      kind = .scalar
      style = Self.style(raw.pointee.data.scalar.style)
      hasProperties = raw.pointee.data.scalar.anchor != nil || raw.pointee.data.scalar.tag != nil
    case YAML_SEQUENCE_START_EVENT:
      kind = .sequenceStart
      let sequence = raw.pointee.data.sequence_start
      style = sequence.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block
      hasProperties = sequence.anchor != nil || sequence.tag != nil
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      kind = .mappingStart
      let mapping = raw.pointee.data.mapping_start
      style = mapping.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block
      hasProperties = mapping.anchor != nil || mapping.tag != nil
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_STREAM_START_EVENT: kind = .streamStart
    default: kind = .streamEnd
    }
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
