// Preloaded into a program: makes it fail, as a fault of its own does, where it opens a file.
//
//   PLUMB_TRAP_AT=FOLDER:NAME   in a folder whose path has FOLDER in it, a file whose name has NAME in it

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void consider(int folder, const char *name) {
  const char *at = getenv("PLUMB_TRAP_AT");
  const char *colon = at == NULL ? NULL : strchr(at, ':');
  if (colon == NULL || strstr(name, colon + 1) == NULL) return;
  char wanted[256] = "", link[64], path[4096];
  if ((size_t)(colon - at) >= sizeof wanted) return;
  memcpy(wanted, at, (size_t)(colon - at));
  snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  if (strstr(path, wanted) != NULL) __builtin_trap();
}

static int opened(const char *symbol, int folder, const char *name, int flags, va_list rest) {
  int (*real)(int, const char *, int, ...) = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, symbol);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
  consider(folder, name);
  return real(folder, name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = opened("openat", folder, name, flags, rest);
  va_end(rest);
  return file;
}

int openat64(int folder, const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = opened("openat64", folder, name, flags, rest);
  va_end(rest);
  return file;
}
