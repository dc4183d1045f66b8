#ifndef PLUMB_CLOOSEOBJECTS_H
#define PLUMB_CLOOSEOBJECTS_H

#include <git2.h>

/// Has every loose object's deflate stream looked at before libgit2 reads it: libgit2 1.5 goes round for ever over one
/// that was cut off. A damaged one is an error of the read; what is whole, and what is not there, is left to libgit2.
///
/// Returns 0, or libgit2's error.
int plumb_guard_loose_objects(git_odb *database, const char *folder);

#endif
