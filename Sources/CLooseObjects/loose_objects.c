#define _GNU_SOURCE
#include "CLooseObjects.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2/errors.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

struct guard {
  git_odb_backend parent;
  char *folder;
};

/// Inflates the stream to its end. Returns whether it has one.
static int is_whole(int descriptor) {
  unsigned char in[16384], out[65536];
  z_stream stream;
  memset(&stream, 0, sizeof(stream));
  if (inflateInit(&stream) != Z_OK) return 0;
  int result = Z_OK;
  while (result != Z_STREAM_END) {
    if (stream.avail_in == 0) {
      ssize_t count = read(descriptor, in, sizeof(in));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      stream.next_in = in;
      stream.avail_in = (uInt)count;
    }
    stream.next_out = out;
    stream.avail_out = sizeof(out);
    result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && !(result == Z_BUF_ERROR && stream.avail_in == 0)) break;
  }
  inflateEnd(&stream);
  return result == Z_STREAM_END;
}

/// GIT_ENOTFOUND sends libgit2 on to the backend that reads the object.
static int look(struct guard *guard, const git_oid *id) {
  char hex[GIT_OID_HEXSZ + 1];
  git_oid_tostr(hex, sizeof(hex), id);
  size_t length = strlen(guard->folder) + GIT_OID_HEXSZ + 3;
  char *path = malloc(length);
  if (path == NULL) return -1;
  snprintf(path, length, "%s/%.2s/%s", guard->folder, hex, hex + 2);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  free(path);
  if (descriptor < 0) return GIT_ENOTFOUND;
  int whole = is_whole(descriptor);
  close(descriptor);
  if (whole) return GIT_ENOTFOUND;
  char message[128];
  snprintf(message, sizeof(message), "object %s is damaged: its file ends too early or holds something else", hex);
  git_error_set_str(GIT_ERROR_ODB, message);
  return -1;
}

static int guard_read(
  void **data, size_t *size, git_object_t *type, git_odb_backend *backend, const git_oid *id) {
  (void)data; (void)size; (void)type;
  return look((struct guard *)backend, id);
}

static int guard_read_header(
  size_t *size, git_object_t *type, git_odb_backend *backend, const git_oid *id) {
  (void)size; (void)type;
  return look((struct guard *)backend, id);
}

/// By a short id: every object that it may mean.
static int guard_read_prefix(
  git_oid *found, void **data, size_t *size, git_object_t *type, git_odb_backend *backend, const git_oid *id,
  size_t digits) {
  (void)found; (void)data; (void)size; (void)type;
  struct guard *guard = (struct guard *)backend;
  char hex[GIT_OID_HEXSZ + 1];
  git_oid_tostr(hex, sizeof(hex), id);
  if (digits < 2) return GIT_ENOTFOUND;
  size_t length = strlen(guard->folder) + 4;
  char *path = malloc(length);
  if (path == NULL) return -1;
  snprintf(path, length, "%s/%.2s", guard->folder, hex);
  DIR *entries = opendir(path);
  free(path);
  if (entries == NULL) return GIT_ENOTFOUND;
  int result = GIT_ENOTFOUND;
  struct dirent *entry;
  while (result == GIT_ENOTFOUND && (entry = readdir(entries)) != NULL) {
    git_oid whole;
    if (strlen(entry->d_name) != GIT_OID_HEXSZ - 2 || strncmp(entry->d_name, hex + 2, digits - 2) != 0) continue;
    memcpy(hex + 2, entry->d_name, GIT_OID_HEXSZ - 2);
    if (git_oid_fromstr(&whole, hex) == 0) result = look(guard, &whole);
  }
  closedir(entries);
  return result;
}

static int guard_foreach(git_odb_backend *backend, git_odb_foreach_cb callback, void *payload) {
  (void)backend; (void)callback; (void)payload;
  return 0;
}

static void guard_free(git_odb_backend *backend) {
  free(((struct guard *)backend)->folder);
  free(backend);
}

static int guard_folder(git_odb *database, const char *folder) {
  struct guard *guard = calloc(1, sizeof(*guard));
  if (guard == NULL) return -1;
  guard->folder = strdup(folder);
  if (guard->folder == NULL || git_odb_init_backend(&guard->parent, GIT_ODB_BACKEND_VERSION) < 0) {
    free(guard->folder);
    free(guard);
    return -1;
  }
  guard->parent.read = guard_read;
  guard->parent.read_prefix = guard_read_prefix;
  guard->parent.read_header = guard_read_header;
  guard->parent.foreach = guard_foreach;
  guard->parent.free = guard_free;
  // Before loose files (1) and packs (2).
  int result = git_odb_add_backend(database, &guard->parent, 10);
  if (result < 0) guard_free(&guard->parent);
  return result;
}

/// The folder, and those that it borrows from: git follows five of them in a row.
static int guard_chain(git_odb *database, const char *folder, int depth) {
  int result = guard_folder(database, folder);
  if (result < 0 || depth == 0) return result;
  size_t length = strlen(folder) + sizeof("/info/alternates");
  char *path = malloc(length);
  if (path == NULL) return -1;
  snprintf(path, length, "%s/info/alternates", folder);
  FILE *file = fopen(path, "re");
  free(path);
  if (file == NULL) return 0;
  char *line = NULL;
  size_t room = 0;
  ssize_t count;
  while (result >= 0 && (count = getline(&line, &room, file)) > 0) {
    if (line[count - 1] == '\n') line[--count] = 0;
    if (count == 0 || line[0] == '#') continue;
    size_t size = strlen(folder) + (size_t)count + 2;
    char *other = malloc(size);
    if (other == NULL) { result = -1; break; }
    if (line[0] == '/') snprintf(other, size, "%s", line);
    else snprintf(other, size, "%s/%s", folder, line);
    result = guard_chain(database, other, depth - 1);
    free(other);
  }
  free(line);
  fclose(file);
  return result;
}

int plumb_guard_loose_objects(git_odb *database, const char *folder) {
  return guard_chain(database, folder, 5);
}
