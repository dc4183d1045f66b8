// Reads the events of every YAML file below a folder with libyaml and does nothing with them.
// usage: yaml_events FOLDER
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

static size_t files, events;

static int visit(const char *path, const struct stat *status, int kind, struct FTW *place) {
  (void)status;
  (void)place;
  size_t length = strlen(path);
  if (kind != FTW_F || length < 5 || strcmp(path + length - 5, ".yaml") != 0) return 0;
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 1;
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_file(&parser, file);
  int is_over = 0;
  while (!is_over) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "%s: %s\n", path, parser.problem);
      return 1;
    }
    is_over = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    events += 1;
  }
  yaml_parser_delete(&parser);
  fclose(file);
  files += 1;
  return 0;
}

int main(int count, char **arguments) {
  if (count != 2) return 64;
  int result = nftw(arguments[1], visit, 32, FTW_PHYS);
  printf("%zu files, %zu events\n", files, events);
  return result;
}
