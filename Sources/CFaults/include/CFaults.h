#ifndef PLUMB_CFAULTS_H
#define PLUMB_CFAULTS_H

// A fault of the program's own (a trap, a wrong access, an abort) while it works on one subject of many begins the
// program again without that subject: the handler of the signal, which may do little, calls execve(2).

// The variable by which a run that begins again knows what earlier attempts fell over: names, with commas between.
// The name `*` stands for several that were at work at once: then the run is to take one at a time.
#define PLUMB_FAULTED "PLUMB_FAULTED"

// Keeps how the program was begun, and handles the signals of faults from now on. Once in a process.
void plumb_faults_handle(int count, char *const *arguments);

// A subject is at work, on whatever thread, until it has ended. Names that are too long, and those beyond the room for
// them, are counted without being known.
void plumb_faults_begin(const char *subject);
void plumb_faults_end(const char *subject);

#endif
