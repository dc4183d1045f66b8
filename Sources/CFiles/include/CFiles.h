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

#endif
