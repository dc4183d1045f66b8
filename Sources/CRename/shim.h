#ifndef PLUMB_CRENAME_H
#define PLUMB_CRENAME_H

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Makes two names of one file system change places at once. Gives 0, or -1 with errno.
//
// Swift cannot call syscall(2), which is variadic, and glibc declares renameat2(2) to GNU sources only.
static inline int plumb_exchange(const char *first, const char *second) {
#if defined(__linux__) && defined(SYS_renameat2)
  return (int)syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, 2U /* RENAME_EXCHANGE */);
#else
  (void)first;
  (void)second;
  errno = ENOSYS;
  return -1;
#endif
}

#endif
