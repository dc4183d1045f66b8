// Preloaded into a program: counts the calls by which it changes files, and kills it at one of them.
//
//   PLUMB_KILL_LOG=FILE   writes a line for each call: its number, its name, what it is about
//   PLUMB_KILL_AT=N       kills the process (SIGKILL) before the call of that number
//   PLUMB_KILL_HALF=1     where that call writes, half of what it was to write is written first
//
// Children do not inherit it. Nothing here allocates; what comes before the program's own beginning is not counted.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int armed;
static int half;
static int log_file = -1;
static long fatal;
static long counted;

#define REAL(type, name, ...)                    \
  static type (*real)(__VA_ARGS__);              \
  if (real == NULL) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static ssize_t raw_write(int file, const void *bytes, size_t size) {
  REAL(ssize_t, write, int, const void *, size_t);
  return real(file, bytes, size);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void in_child(void) { armed = 0; }

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("PLUMB_KILL_AT");
  const char *name = getenv("PLUMB_KILL_LOG");
  if (at != NULL) fatal = atol(at);
  half = getenv("PLUMB_KILL_HALF") != NULL;
  if (name != NULL) {
    REAL(int, open, const char *, int, ...);
    log_file = real(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  unsetenv("LD_PRELOAD");
  unsetenv("PLUMB_KILL_AT");
  unsetenv("PLUMB_KILL_HALF");
  unsetenv("PLUMB_KILL_LOG");
  pthread_atfork(NULL, NULL, in_child);
  armed = at != NULL || name != NULL;
}

// Counts a call; whether it is the last one.
static int is_last(const char *call, const char *path, int file) {
  if (!armed) return 0;
  long number = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
  if (log_file >= 0) {
    int kept = errno;
    char about[1024] = "", link[64], line[1200];
    if (path == NULL) {
      snprintf(link, sizeof link, "/proc/self/fd/%d", file);
      ssize_t length = readlink(link, about, sizeof about - 1);
      about[length < 0 ? 0 : length] = 0;
      path = about;
    }
    int size = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path);
    if (size > 0) raw_write(log_file, line, (size_t)size < sizeof line ? (size_t)size : sizeof line - 1);
    errno = kept;
  }
  return number == fatal;
}

static void step(const char *call, const char *path, int file) {
  if (is_last(call, path, file)) die();
}

// Whether an open file is one of a file system's: no pipe, no socket, no terminal, not the program's output.
static int is_file(int file) {
  if (!armed || file <= 2 || file == log_file) return 0;
  int kept = errno;
  struct stat status;
  int is = fstat(file, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
  errno = kept;
  return is;
}

static int is_written(int file) {
  if (!is_file(file)) return 0;
  int kept = errno;
  int flags = fcntl(file, F_GETFL);
  errno = kept;
  return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

static int is_elsewhere(const char *path) {
  return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

// MARK: Opening

static int changes(int flags) {
  return (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_ACCMODE) != O_RDONLY;
}

static void opening(const char *call, const char *path, int flags) {
  if (armed && changes(flags) && !is_elsewhere(path)) step(call, path, -1);
}

#define MODE(flags)                                   \
  unsigned mode = 0;                                  \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {            \
    va_list more;                                     \
    va_start(more, flags);                            \
    mode = va_arg(more, unsigned);                    \
    va_end(more);                                     \
  }

#define OPEN(name)                                    \
  int name(const char *path, int flags, ...) {        \
    MODE(flags)                                       \
    REAL(int, name, const char *, int, ...);          \
    opening("open", path, flags);                     \
    return real(path, flags, mode);                   \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                        \
  int name(int folder, const char *path, int flags, ...) {  \
    MODE(flags)                                             \
    REAL(int, name, int, const char *, int, ...);           \
    opening("openat", path, flags);                         \
    return real(folder, path, flags, mode);                 \
  }
OPENAT(openat)
OPENAT(openat64)

#define OPEN_2(name)                                  \
  int name(const char *path, int flags);              \
  int name(const char *path, int flags) {             \
    REAL(int, name, const char *, int);               \
    opening("open", path, flags);                     \
    return real(path, flags);                         \
  }
OPEN_2(__open_2)
OPEN_2(__open64_2)

#define OPENAT_2(name)                                    \
  int name(int folder, const char *path, int flags);      \
  int name(int folder, const char *path, int flags) {     \
    REAL(int, name, int, const char *, int);              \
    opening("openat", path, flags);                       \
    return real(folder, path, flags);                     \
  }
OPENAT_2(__openat_2)
OPENAT_2(__openat64_2)

#define CREAT(name)                                                  \
  int name(const char *path, mode_t mode) {                          \
    REAL(int, name, const char *, mode_t);                           \
    opening("creat", path, O_CREAT | O_TRUNC | O_WRONLY);            \
    return real(path, mode);                                         \
  }
CREAT(creat)
CREAT(creat64)

#define FOPEN(name)                                                          \
  FILE *name(const char *path, const char *mode) {                           \
    REAL(FILE *, name, const char *, const char *);                          \
    if (strpbrk(mode, "wa+") != NULL) opening("fopen", path, O_WRONLY);      \
    return real(path, mode);                                                 \
  }
FOPEN(fopen)
FOPEN(fopen64)

#define TEMPORARY(type, name)                         \
  type name(char *template) {                         \
    REAL(type, name, char *);                         \
    step(#name, template, -1);                        \
    return real(template);                            \
  }
TEMPORARY(int, mkstemp)
TEMPORARY(int, mkstemp64)
TEMPORARY(char *, mkdtemp)

#define TEMPORARY_FLAGS(name)                         \
  int name(char *template, int flags) {               \
    REAL(int, name, char *, int);                     \
    step(#name, template, -1);                        \
    return real(template, flags);                     \
  }
TEMPORARY_FLAGS(mkostemp)
TEMPORARY_FLAGS(mkostemp64)

int close(int file) {
  REAL(int, close, int);
  if (is_written(file)) step("close", NULL, file);
  return real(file);
}

// MARK: Writing

ssize_t write(int file, const void *bytes, size_t size) {
  if (is_file(file) && is_last("write", NULL, file)) {
    if (half) raw_write(file, bytes, size / 2);
    die();
  }
  return raw_write(file, bytes, size);
}

#define PWRITE(name, offset_type)                                                  \
  ssize_t name(int file, const void *bytes, size_t size, offset_type offset) {     \
    REAL(ssize_t, name, int, const void *, size_t, offset_type);                   \
    if (is_file(file) && is_last("pwrite", NULL, file)) {                          \
      if (half) real(file, bytes, size / 2, offset);                               \
      die();                                                                       \
    }                                                                              \
    return real(file, bytes, size, offset);                                        \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (is_file(file) && is_last("writev", NULL, file)) {
    if (half && count > 0) raw_write(file, parts[0].iov_base, (parts[0].iov_len + 1) / 2);
    die();
  }
  return real(file, parts, count);
}

// What is written into memory reaches the file by itself.
#define MMAP(name, offset_type)                                                          \
  void *name(void *place, size_t size, int protection, int flags, int file,              \
             offset_type offset) {                                                       \
    REAL(void *, name, void *, size_t, int, int, int, offset_type);                      \
    if ((flags & MAP_SHARED) && (protection & PROT_WRITE) && is_file(file))              \
      step("mmap", NULL, file);                                                          \
    return real(place, size, protection, flags, file, offset);                           \
  }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

int msync(void *place, size_t size, int flags) {
  REAL(int, msync, void *, size_t, int);
  step("msync", "", -1);
  return real(place, size, flags);
}

#define ON_FILE(name, parameters, arguments, ...)     \
  int name(__VA_ARGS__);                              \
  int name parameters {                               \
    REAL(int, name, __VA_ARGS__);                     \
    if (is_file(file)) step(#name, NULL, file);       \
    return real arguments;                            \
  }
ON_FILE(ftruncate, (int file, off_t size), (file, size), int, off_t)
ON_FILE(ftruncate64, (int file, off64_t size), (file, size), int, off64_t)
ON_FILE(fsync, (int file), (file), int)
ON_FILE(fdatasync, (int file), (file), int)
ON_FILE(fchmod, (int file, mode_t mode), (file, mode), int, mode_t)
ON_FILE(futimens, (int file, const struct timespec times[2]), (file, times), int, const struct timespec[2])
ON_FILE(flock, (int file, int operation), (file, operation), int, int)
ON_FILE(posix_fallocate, (int file, off_t at, off_t size), (file, at, size), int, off_t, off_t)
ON_FILE(posix_fallocate64, (int file, off64_t at, off64_t size), (file, at, size), int, off64_t, off64_t)

#define FCNTL(name)                                                              \
  int name(int file, int command, ...) {                                         \
    va_list more;                                                                \
    va_start(more, command);                                                     \
    void *argument = va_arg(more, void *);                                       \
    va_end(more);                                                                \
    REAL(int, name, int, int, ...);                                              \
    int locks = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || \
                command == F_OFD_SETLKW;                                         \
    if (locks && is_file(file)) step("fcntl", NULL, file);                       \
    return real(file, command, argument);                                        \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

// MARK: Names

#define ON_PATH(name, path, parameters, arguments, ...) \
  int name(__VA_ARGS__);                              \
  int name parameters {                               \
    REAL(int, name, __VA_ARGS__);                     \
    step(#name, path, -1);                            \
    return real arguments;                            \
  }
ON_PATH(rename, b, (const char *a, const char *b), (a, b), const char *, const char *)
ON_PATH(renameat, b, (int f, const char *a, int g, const char *b), (f, a, g, b), int, const char *, int, const char *)
ON_PATH(renameat2, b, (int f, const char *a, int g, const char *b, unsigned o), (f, a, g, b, o), int, const char *, int, const char *, unsigned)
ON_PATH(link, b, (const char *a, const char *b), (a, b), const char *, const char *)
ON_PATH(linkat, b, (int f, const char *a, int g, const char *b, int o), (f, a, g, b, o), int, const char *, int, const char *, int)
ON_PATH(symlink, b, (const char *a, const char *b), (a, b), const char *, const char *)
ON_PATH(symlinkat, b, (const char *a, int g, const char *b), (a, g, b), const char *, int, const char *)
ON_PATH(unlink, a, (const char *a), (a), const char *)
ON_PATH(unlinkat, a, (int f, const char *a, int o), (f, a, o), int, const char *, int)
ON_PATH(remove, a, (const char *a), (a), const char *)
ON_PATH(rmdir, a, (const char *a), (a), const char *)
ON_PATH(mkdir, a, (const char *a, mode_t m), (a, m), const char *, mode_t)
ON_PATH(mkdirat, a, (int f, const char *a, mode_t m), (f, a, m), int, const char *, mode_t)
ON_PATH(chmod, a, (const char *a, mode_t m), (a, m), const char *, mode_t)
ON_PATH(fchmodat, a, (int f, const char *a, mode_t m, int o), (f, a, m, o), int, const char *, mode_t, int)
ON_PATH(truncate, a, (const char *a, off_t s), (a, s), const char *, off_t)
ON_PATH(truncate64, a, (const char *a, off64_t s), (a, s), const char *, off64_t)
ON_PATH(utimes, a, (const char *a, const struct timeval t[2]), (a, t), const char *, const struct timeval[2])
ON_PATH(utimensat, a, (int f, const char *a, const struct timespec t[2], int o), (f, a, t, o), int, const char *, const struct timespec[2], int)

long syscall(long number, ...) {
  va_list more;
  va_start(more, number);
  long a = va_arg(more, long), b = va_arg(more, long), c = va_arg(more, long);
  long d = va_arg(more, long), e = va_arg(more, long), f = va_arg(more, long);
  va_end(more);
  REAL(long, syscall, long, ...);
#ifdef SYS_renameat2
  if (number == SYS_renameat2) step("renameat2", (const char *)d, -1);
#endif
  return real(number, a, b, c, d, e, f);
}
