#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

int plumb_spawn(const char *program, char *const arguments[], char *const environment[], const char *folder,
                const int channels[3]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int fault = posix_spawn_file_actions_init(&actions);
  if (fault == 0) fault = posix_spawnattr_init(&attributes);
  for (int number = 0; fault == 0 && number < 3; number++)
    fault = channels[number] < 0
                ? posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
                : posix_spawn_file_actions_adddup2(&actions, channels[number], number);
  if (fault == 0) fault = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (fault == 0) fault = posix_spawn_file_actions_addchdir_np(&actions, folder);
  sigset_t signals;
  sigemptyset(&signals);
  if (fault == 0) fault = posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  if (fault == 0) fault = posix_spawnattr_setsigdefault(&attributes, &signals);
  if (fault == 0) fault = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t identifier = -1;
  if (fault == 0) fault = posix_spawn(&identifier, program, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (fault == 0) return identifier;
  errno = fault;
  return -1;
}
