#define _GNU_SOURCE
#include "CFiles.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

int plumb_exchange(int folder, const char *first, const char *second) {
#if defined(__linux__) && defined(SYS_renameat2)
  return (int)syscall(SYS_renameat2, folder, first, folder, second, 2U /* RENAME_EXCHANGE */);
#else
  (void)folder;
  (void)first;
  (void)second;
  errno = ENOSYS;
  return -1;
#endif
}

int plumb_remove(int folder, const char *name, int depth) {
  struct stat status;
  if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT ? 0 : -1;
  if (!S_ISDIR(status.st_mode)) return unlinkat(folder, name, 0);
  if (depth <= 0) {
    errno = ELOOP;
    return -1;
  }
  int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (inner < 0) return -1;
  DIR *entries = fdopendir(inner);
  if (entries == NULL) {
    close(inner);
    return -1;
  }
  int fault = 0;
  struct dirent *entry;
  while (fault == 0 && (entry = readdir(entries)) != NULL) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (plumb_remove(dirfd(entries), entry->d_name, depth - 1) != 0) fault = errno;
  }
  closedir(entries);
  if (fault != 0) {
    errno = fault;
    return -1;
  }
  return unlinkat(folder, name, AT_REMOVEDIR);
}

int plumb_status(int descriptor, unsigned int *mode, unsigned int *owner) {
  long long size;
  return plumb_status_and_size(descriptor, mode, owner, &size);
}

int plumb_status_and_size(int descriptor, unsigned int *mode, unsigned int *owner, long long *size) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return -1;
  *mode = status.st_mode;
  *owner = status.st_uid;
  *size = (long long)status.st_size;
  return 0;
}

int plumb_stamp(int descriptor, long long stamp[5]) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return -1;
  stamp[0] = (long long)status.st_dev;
  stamp[1] = (long long)status.st_ino;
  stamp[2] = (long long)status.st_size;
  stamp[3] = (long long)status.st_mtim.tv_sec * 1000000000LL + status.st_mtim.tv_nsec;
  stamp[4] = (long long)status.st_ctim.tv_sec * 1000000000LL + status.st_ctim.tv_nsec;
  return 0;
}

int plumb_entry(int folder, const char *name, unsigned int *mode) {
  struct stat status;
  if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return -1;
  *mode = status.st_mode;
  return 0;
}

int plumb_cores(void) {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) {
    int count = CPU_COUNT(&cores);
    return count > 0 ? count : 1;
  }
  // More cores than the set has room for.
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}

void plumb_keep_memory(void) {
#ifdef __GLIBC__
  // The one alone would end that the other follows what is asked for.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}
