#include "CRE2.h"

#include <new>
#include <re2/re2.h>
#include <vector>

struct cre2_pattern {
  re2::RE2 expression;
  cre2_pattern(re2::StringPiece pattern, const re2::RE2::Options &options) : expression(pattern, options) {}
};

cre2_pattern *cre2_new(const uint8_t *pattern, size_t length, int64_t memory) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return new (std::nothrow) cre2_pattern(re2::StringPiece(reinterpret_cast<const char *>(pattern), length), options);
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

const char *cre2_error(const cre2_pattern *pattern) {
  return pattern->expression.ok() ? nullptr : pattern->expression.error().c_str();
}

int cre2_groups(const cre2_pattern *pattern) { return pattern->expression.NumberOfCapturingGroups(); }

int cre2_match(const cre2_pattern *pattern, const uint8_t *text, size_t length, size_t start, ptrdiff_t *bounds,
               int count) {
  const char *base = reinterpret_cast<const char *>(text);
  re2::StringPiece input(base, length);
  std::vector<re2::StringPiece> groups(static_cast<size_t>(count));
  if (!pattern->expression.Match(input, start, length, re2::RE2::UNANCHORED, groups.data(), count)) {
    return 0;
  }
  for (int index = 0; index < count; index++) {
    const auto &group = groups[static_cast<size_t>(index)];
    bounds[2 * index] = group.data() == nullptr ? -1 : group.data() - base;
    bounds[2 * index + 1] = group.data() == nullptr ? -1 : group.data() - base + static_cast<ptrdiff_t>(group.size());
  }
  return 1;
}
