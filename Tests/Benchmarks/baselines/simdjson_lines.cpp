// Parses JSON with simdjson's DOM parser and does nothing with it: each line of a file, or each file of a folder as a whole.
// usage: simdjson_lines FILE.ndjson | simdjson_lines FOLDER
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <simdjson.h>

static int fail(const char *what, simdjson::error_code error) {
  std::fprintf(stderr, "%s: %s\n", what, simdjson::error_message(error));
  return 1;
}

static int parse_folder(const char *path) {
  simdjson::dom::parser parser;
  size_t count = 0;
  for (const auto &entry : std::filesystem::directory_iterator(path)) {
    auto document = parser.load(entry.path().string());
    if (document.error()) return fail(entry.path().c_str(), document.error());
    count += 1;
  }
  std::printf("%zu files\n", count);
  return 0;
}

// In the memory of one chunk, as Plumb does it.
static int parse_lines(const char *path) {
  std::FILE *file = std::fopen(path, "rb");
  if (file == nullptr) return 1;
  const size_t size = 1 << 20;
  std::string buffer(2 * size + simdjson::SIMDJSON_PADDING, '\0');
  simdjson::dom::parser parser;
  size_t kept = 0, count = 0;
  while (true) {
    const size_t read = std::fread(&buffer[kept], 1, size, file);
    const size_t end = kept + read;
    size_t start = 0;
    while (const void *feed = std::memchr(&buffer[start], '\n', end - start)) {
      const size_t length = static_cast<const char *>(feed) - &buffer[start];
      auto document = parser.parse(&buffer[start], length, false);
      if (document.error()) return fail(path, document.error());
      count += 1;
      start += length + 1;
    }
    kept = end - start;
    std::memmove(&buffer[0], &buffer[start], kept);
    if (read == 0) break;
    if (kept > size) return fail(path, simdjson::CAPACITY);
  }
  std::fclose(file);
  std::printf("%zu lines\n", count);
  return 0;
}

int main(int count, char **arguments) {
  if (count != 2) return 64;
  return std::filesystem::is_directory(arguments[1]) ? parse_folder(arguments[1]) : parse_lines(arguments[1]);
}
