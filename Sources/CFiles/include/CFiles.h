#ifndef PLUMB_CFILES_H
#define PLUMB_CFILES_H

// What Swift cannot call by itself. Nothing is included here: the system's types would be this module's too.

// Makes two names in one open folder change places at once. Gives 0, or -1 with errno.
//
// Swift cannot call syscall(2), which is variadic, and glibc declares renameat2(2) to GNU sources only.
int plumb_exchange(int folder, const char *first, const char *second);

// Removes what has a name in an open folder, a folder with all that is in it, so many folders deep; a link is
// removed, never followed. Gives 0, or -1 with errno; nothing there is no fault.
int plumb_remove(int folder, const char *name, int depth);

// The mode and the owner of an open file. Gives 0, or -1 with errno.
//
// Several modules of the system have struct stat, and which of them Swift takes its members from changes from build
// to build.
int plumb_status(int descriptor, unsigned int *mode, unsigned int *owner);

// The same, and how many bytes it has.
int plumb_status_and_size(int descriptor, unsigned int *mode, unsigned int *owner, long long *size);

// What tells an open file from another, and from itself with other bytes: its device, its inode, its size, and the times
// at which its bytes and its entry were changed last, in nanoseconds since 1970. Gives 0, or -1 with errno.
int plumb_stamp(int descriptor, long long stamp[5]);

// The mode of what has a name in an open folder; of a link, its own. Gives 0, or -1 with errno.
int plumb_entry(int folder, const char *name, unsigned int *mode);

// How many cores this process may use: those that it is bound to, which may be fewer than the machine has. At least 1.
//
// CPU_COUNT(3) is a macro, and sched_getaffinity(2) is declared to GNU sources only.
int plumb_cores(void);

// Keeps memory that is freed for what is asked for next, up to 64 MiB of each heap: it is not given back to the system, to be asked
// for again, and cleared, page by page.
//
// mallopt(3) is glibc's, in a header that Swift does not see.
void plumb_keep_memory(void);

#endif
