#define _GNU_SOURCE
#include "CFaults.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

enum { ROOM = 64, LONGEST = 64, ATTEMPTS = 16 };

static char **arguments;
static char **variables;
// What the last variable is: PLUMB_FAULTED=… of the earlier attempts, and room for one more.
static char faulted[sizeof PLUMB_FAULTED + ATTEMPTS * (LONGEST + 1)];
static int attempts;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char subjects[ROOM][LONGEST];
static volatile int unknown;

static void say(const char *text) {
  if (write(STDERR_FILENO, text, strlen(text)) < 0) return;
}

// Only what may be called in the handler of a signal: nothing allocates or locks.
static void begin_again(int number, siginfo_t *information, void *context) {
  (void)context;
  const char *about = NULL;
  int at_work = unknown;
  for (int index = 0; index < ROOM; index++) {
    if (subjects[index][0] == 0) continue;
    at_work += 1;
    about = subjects[index];
  }
  // A signal that somebody sent is no fault of the program's.
  int is_own = information->si_code > 0 || information->si_pid == getpid();
  if (is_own && at_work > 0 && attempts < ATTEMPTS) {
    int is_known = at_work == 1 && about != NULL;
    if (attempts > 0) strcat(faulted, ",");
    strcat(faulted, is_known ? about : "*");
    say("\nplumb: a fault of Plumb's own");
    if (is_known) {
      say(" on ");
      say(about);
      say("; the run begins again without it\n");
    } else {
      say("; the run begins again, one instance at a time\n");
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve("/proc/self/exe", arguments, variables);
  }
  signal(number, SIG_DFL);
  raise(number);
}

void plumb_faults_handle(int count, char *const *given) {
  const char *earlier = getenv(PLUMB_FAULTED);
  strcpy(faulted, PLUMB_FAULTED "=");
  if (earlier != NULL && earlier[0] != 0) {
    size_t length = strlen(earlier);
    attempts = 1;
    for (size_t index = 0; index < length; index++) attempts += earlier[index] == ',';
    // What this program did not write is no list of its own.
    if (length + LONGEST + 2 > sizeof faulted - sizeof PLUMB_FAULTED) attempts = ATTEMPTS;
    else strcat(faulted, earlier);
  }
  arguments = calloc((size_t)count + 1, sizeof *arguments);
  size_t number = 0;
  while (environ[number] != NULL) number += 1;
  variables = calloc(number + 2, sizeof *variables);
  if (arguments == NULL || variables == NULL) return;
  for (int index = 0; index < count; index++) arguments[index] = strdup(given[index]);
  size_t kept = 0;
  for (size_t index = 0; index < number; index++) {
    if (strncmp(environ[index], PLUMB_FAULTED "=", sizeof PLUMB_FAULTED) == 0) continue;
    variables[kept++] = strdup(environ[index]);
  }
  variables[kept] = faulted;

  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = begin_again;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (size_t index = 0; index < sizeof faults / sizeof *faults; index++) {
    sigaction(faults[index], &action, NULL);
  }
}

void plumb_faults_begin(const char *subject) {
  pthread_mutex_lock(&lock);
  int index = 0;
  if (strlen(subject) < LONGEST) {
    while (index < ROOM && subjects[index][0] != 0) index += 1;
  } else {
    index = ROOM;
  }
  if (index < ROOM) strcpy(subjects[index], subject);
  else unknown += 1;
  pthread_mutex_unlock(&lock);
}

void plumb_faults_end(const char *subject) {
  pthread_mutex_lock(&lock);
  int index = 0;
  while (index < ROOM && strcmp(subjects[index], subject) != 0) index += 1;
  if (index < ROOM) subjects[index][0] = 0;
  else unknown -= 1;
  pthread_mutex_unlock(&lock);
}
