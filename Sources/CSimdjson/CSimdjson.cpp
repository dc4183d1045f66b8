#include "CSimdjson.h"

#include <cstring>
#include <new>
#include <simdjson.h>

struct csimdjson_parser {
  simdjson::dom::parser parser;
  size_t maximum_depth;
};

struct csimdjson_document {
  simdjson::dom::document document;
};

size_t csimdjson_padding(void) { return simdjson::SIMDJSON_PADDING; }

csimdjson_parser *csimdjson_parser_new(size_t maximum_depth) {
  auto *self = new (std::nothrow) csimdjson_parser();
  if (self != nullptr) {
    self->maximum_depth = maximum_depth;
  }
  return self;
}

void csimdjson_parser_free(csimdjson_parser *parser) { delete parser; }

csimdjson_document *csimdjson_document_new(size_t capacity) {
  auto *self = new (std::nothrow) csimdjson_document();
  if (self == nullptr) {
    return nullptr;
  }
  if (self->document.allocate(capacity) != simdjson::SUCCESS) {
    delete self;
    return nullptr;
  }
  return self;
}

void csimdjson_document_free(csimdjson_document *document) { delete document; }

const uint64_t *csimdjson_document_tape(const csimdjson_document *document) { return document->document.tape.get(); }

const uint8_t *csimdjson_document_strings(const csimdjson_document *document) {
  return document->document.string_buf.get();
}

static int code(simdjson::error_code error) {
  switch (error) {
  case simdjson::SUCCESS:
    return CSIMDJSON_OK;
  case simdjson::CAPACITY:
    return CSIMDJSON_TOO_LARGE;
  case simdjson::MEMALLOC:
    return CSIMDJSON_NO_MEMORY;
  case simdjson::DEPTH_ERROR:
    return CSIMDJSON_TOO_DEEP;
  case simdjson::STRING_ERROR:
    return CSIMDJSON_STRING;
  case simdjson::T_ATOM_ERROR:
  case simdjson::F_ATOM_ERROR:
  case simdjson::N_ATOM_ERROR:
    return CSIMDJSON_LITERAL;
  case simdjson::NUMBER_ERROR:
  case simdjson::NUMBER_OUT_OF_RANGE:
    return CSIMDJSON_NUMBER;
  case simdjson::UTF8_ERROR:
    return CSIMDJSON_UTF8;
  case simdjson::EMPTY:
    return CSIMDJSON_EMPTY;
  case simdjson::UNESCAPED_CHARS:
    return CSIMDJSON_UNESCAPED;
  case simdjson::UNCLOSED_STRING:
    return CSIMDJSON_UNCLOSED;
  case simdjson::TAPE_ERROR:
  case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
  case simdjson::TRAILING_CONTENT:
    return CSIMDJSON_SYNTAX;
  default:
    return CSIMDJSON_OTHER;
  }
}

int csimdjson_parse(csimdjson_parser *self, csimdjson_document *document, const uint8_t *bytes, size_t length,
                    int padded) {
  // simdjson grows a parser keeping its depth, but a first growth would take its own default depth of 1024.
  if (self->parser.capacity() < length || self->parser.capacity() == 0) {
    size_t capacity = 4096;
    while (capacity < length) {
      capacity *= 2;
    }
    if (capacity > simdjson::SIMDJSON_MAXSIZE_BYTES) {
      capacity = simdjson::SIMDJSON_MAXSIZE_BYTES;
    }
    auto error = self->parser.allocate(capacity, self->maximum_depth);
    if (error) {
      return code(error);
    }
  }
  return code(self->parser.parse_into_document(document->document, bytes, length, padded == 0).error());
}

const uint8_t *csimdjson_find(const uint8_t *text, size_t length, const uint8_t *part, size_t part_length) {
  return static_cast<const uint8_t *>(memmem(text, length, part, part_length));
}
