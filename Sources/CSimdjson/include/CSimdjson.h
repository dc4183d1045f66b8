#ifndef PLUMB_CSIMDJSON_H
#define PLUMB_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// simdjson's DOM parser and document as C: Swift reads the document's tape by itself
// (https://github.com/simdjson/simdjson/blob/master/doc/tape.md), so that no call is needed a field.

typedef struct csimdjson_parser csimdjson_parser;
typedef struct csimdjson_document csimdjson_document;

enum {
  CSIMDJSON_OK = 0,
  CSIMDJSON_TOO_LARGE = 1,
  CSIMDJSON_NO_MEMORY = 2,
  CSIMDJSON_SYNTAX = 3,
  CSIMDJSON_TOO_DEEP = 4,
  CSIMDJSON_STRING = 5,
  CSIMDJSON_LITERAL = 6,
  CSIMDJSON_NUMBER = 7,
  CSIMDJSON_UTF8 = 8,
  CSIMDJSON_EMPTY = 9,
  CSIMDJSON_UNESCAPED = 10,
  CSIMDJSON_UNCLOSED = 11,
  CSIMDJSON_OTHER = 12,
};

// The bytes that must be readable behind the input when `padded` is said.
size_t csimdjson_padding(void);

// NULL when memory runs out.
csimdjson_parser *csimdjson_parser_new(size_t maximum_depth);
void csimdjson_parser_free(csimdjson_parser *parser);

// A document for inputs of up to `capacity` bytes: its tape and strings never move. NULL when memory runs out.
csimdjson_document *csimdjson_document_new(size_t capacity);
void csimdjson_document_free(csimdjson_document *document);
const uint64_t *csimdjson_document_tape(const csimdjson_document *document);
const uint8_t *csimdjson_document_strings(const csimdjson_document *document);

// Parses `length` bytes, at most the document's capacity, into the document and gives one of the codes above.
int csimdjson_parse(csimdjson_parser *parser, csimdjson_document *document, const uint8_t *bytes, size_t length,
                    int padded);

// Where `part` first occurs in `text`, in time linear in both (GNU's and musl's memmem); NULL when it does not.
const uint8_t *csimdjson_find(const uint8_t *text, size_t length, const uint8_t *part, size_t part_length);

#ifdef __cplusplus
}
#endif
#endif
