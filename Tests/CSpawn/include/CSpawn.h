#ifndef PLUMB_CSPAWN_H
#define PLUMB_CSPAWN_H

// Starts a program in a folder, with these descriptors as its standard input, output and error; one below 0 is /dev/null.
// Every other descriptor is closed, and every signal is let in and does what it does by default: what the tests' process
// has of both is nothing to the program. Gives its identifier, or -1 with errno.
//
// glibc declares what changes the folder, and what closes all that are open, to GNU sources only.
int plumb_spawn(const char *program, char *const arguments[], char *const environment[], const char *folder,
                const int channels[3]);

#endif
