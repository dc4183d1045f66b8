#ifndef PLUMB_CGITLINES_H
#define PLUMB_CGITLINES_H

// The connections that libgit2 makes for git's remotes, made here in its place: libgit2 follows a redirect to another
// port of the same host with the credential in hand, and waits for a server without limit.

// What one conversation may connect to, and the connection that it has. May be used from two threads.
struct plumb_line;

// A conversation with a host at a port; nothing connects to another port of that host. NULL without memory.
struct plumb_line *plumb_line_new(const char *host, const char *port, int patience_milliseconds);

// Gives it back; its connections hold it as long as they are.
void plumb_line_free(struct plumb_line *line);

// Makes it the one of the calling thread; NULL for none. Whatever libgit2 connects to on this thread counts for it.
void plumb_line_use(struct plumb_line *line);

// How often something was read or written.
unsigned long plumb_line_activity(struct plumb_line *line);

// Ends the connection: whoever waits for it on another thread goes on, with an error.
void plumb_line_cut(struct plumb_line *line);

// Whether connecting took longer than it may.
int plumb_line_was_late(struct plumb_line *line);

// Registers the connections with libgit2, once in a process, after its start. Gives 0, or libgit2's error.
int plumb_lines_register(void);

#endif
