#ifndef PLUMB_CRE2_H
#define PLUMB_CRE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// RE2 as C: patterns are compiled once and matched in time linear in the text.

typedef struct cre2_pattern cre2_pattern;

// Compiles a pattern; NULL when memory runs out. `memory` bounds the automata, in bytes.
cre2_pattern *cre2_new(const uint8_t *pattern, size_t length, int64_t memory);
void cre2_free(cre2_pattern *pattern);

// NULL for a good pattern, else what is wrong with it; lives as long as the pattern.
const char *cre2_error(const cre2_pattern *pattern);

// The number of capturing groups.
int cre2_groups(const cre2_pattern *pattern);

// Finds the first match at or behind `start`. `bounds` takes the start and end of the whole match and of the first
// `count - 1` groups, -1 for those that took no part. Gives 1 for a match, 0 for none.
int cre2_match(const cre2_pattern *pattern, const uint8_t *text, size_t length, size_t start, ptrdiff_t *bounds,
               int count);

#ifdef __cplusplus
}
#endif
#endif
