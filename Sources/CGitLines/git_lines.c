#define _GNU_SOURCE
#include "CGitLines.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/errors.h>
#include <git2/errors.h>
#include <git2/sys/stream.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct plumb_line {
  char *host;
  char *port;
  int patience;
  // Holds the socket open while it is cut.
  pthread_mutex_t mutex;
  int socket;
  unsigned long activity;
  int was_late;
  // libgit2 may close a connection after its conversation.
  int holders;
};

static _Thread_local struct plumb_line *current;

// MARK: Lines

struct plumb_line *plumb_line_new(const char *host, const char *port, int patience) {
  struct plumb_line *line = calloc(1, sizeof(*line));
  if (line == NULL) return NULL;
  line->host = strdup(host);
  line->port = strdup(port);
  line->patience = patience;
  line->socket = -1;
  line->holders = 1;
  if (line->host == NULL || line->port == NULL || pthread_mutex_init(&line->mutex, NULL) != 0) {
    free(line->host);
    free(line->port);
    free(line);
    return NULL;
  }
  return line;
}

void plumb_line_free(struct plumb_line *line) {
  if (line == NULL || __atomic_sub_fetch(&line->holders, 1, __ATOMIC_ACQ_REL) > 0) return;
  pthread_mutex_destroy(&line->mutex);
  free(line->host);
  free(line->port);
  free(line);
}

void plumb_line_use(struct plumb_line *line) { current = line; }

unsigned long plumb_line_activity(struct plumb_line *line) {
  return __atomic_load_n(&line->activity, __ATOMIC_RELAXED);
}

int plumb_line_was_late(struct plumb_line *line) { return __atomic_load_n(&line->was_late, __ATOMIC_RELAXED); }

void plumb_line_cut(struct plumb_line *line) {
  pthread_mutex_lock(&line->mutex);
  if (line->socket >= 0) shutdown(line->socket, SHUT_RDWR);
  pthread_mutex_unlock(&line->mutex);
}

static void hold(struct plumb_line *line, int socket) {
  if (line == NULL) return;
  pthread_mutex_lock(&line->mutex);
  line->socket = socket;
  pthread_mutex_unlock(&line->mutex);
}

static void note(struct plumb_line *line) {
  if (line != NULL) __atomic_add_fetch(&line->activity, 1, __ATOMIC_RELAXED);
}

// MARK: Connections

// The beginning is laid out as libgit2's own: its SSH transport takes the socket out of it.
struct connection {
  git_stream parent;
  char *host;
  char *port;
  int socket;
  struct plumb_line *line;
};

static int fail(const char *message) {
  git_error_set_str(GIT_ERROR_NET, message);
  return -1;
}

// Refuses another port of the conversation's host.
static int check(struct plumb_line *line, const char *host, const char *port) {
  if (line == NULL || strcasecmp(line->host, host) != 0 || strcmp(line->port, port) == 0) return 0;
  char text[512];
  snprintf(text, sizeof text, "the server leads from port %s of '%.200s' to port %.16s, which was not named",
           line->port, host, port);
  return fail(text);
}

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000L + time.tv_nsec / 1000000L;
}

// Waits until a connection stands. Gives 0, or an errno.
static int wait_for(int socket, int patience) {
  long end = now() + patience;
  for (;;) {
    long left = patience < 0 ? -1 : end - now();
    if (patience >= 0 && left <= 0) return ETIMEDOUT;
    struct pollfd entry = {.fd = socket, .events = POLLOUT};
    int found = poll(&entry, 1, (int)left);
    if (found < 0 && errno == EINTR) continue;
    if (found < 0) return errno;
    if (found == 0) return ETIMEDOUT;
    int fault = 0;
    socklen_t size = sizeof fault;
    return getsockopt(socket, SOL_SOCKET, SO_ERROR, &fault, &size) != 0 ? errno : fault;
  }
}

static int try_address(struct connection *connection, const struct addrinfo *address) {
  int type = address->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK;
  int made = socket(address->ai_family, type, address->ai_protocol);
  if (made < 0) return errno;
  int fault = 0;
  if (connect(made, address->ai_addr, address->ai_addrlen) != 0) {
    fault = errno == EINPROGRESS || errno == EINTR
                ? wait_for(made, connection->line == NULL ? -1 : connection->line->patience)
                : errno;
  }
  int flags = fcntl(made, F_GETFL);
  if (fault == 0 && (flags < 0 || fcntl(made, F_SETFL, flags & ~O_NONBLOCK) != 0)) fault = errno;
  if (fault != 0) {
    close(made);
    return fault;
  }
  connection->socket = made;
  hold(connection->line, made);
  note(connection->line);
  return 0;
}

static int line_connect(git_stream *stream) {
  struct connection *connection = (struct connection *)stream;
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  char text[512];
  int result = getaddrinfo(connection->host, connection->port, &hints, &found);
  if (result != 0) {
    snprintf(text, sizeof text, "failed to resolve address for %.200s: %s", connection->host, gai_strerror(result));
    return fail(text);
  }
  int fault = EADDRNOTAVAIL;
  for (const struct addrinfo *address = found; address != NULL; address = address->ai_next) {
    fault = try_address(connection, address);
    if (fault == 0) break;
  }
  freeaddrinfo(found);
  if (fault == 0) return 0;
  if (fault == ETIMEDOUT && connection->line != NULL) __atomic_store_n(&connection->line->was_late, 1, __ATOMIC_RELAXED);
  snprintf(text, sizeof text, "failed to connect to %.200s: %s", connection->host, strerror(fault));
  return fail(text);
}

static ssize_t line_read(git_stream *stream, void *bytes, size_t size) {
  struct connection *connection = (struct connection *)stream;
  ssize_t count;
  do count = recv(connection->socket, bytes, size, 0);
  while (count < 0 && errno == EINTR);
  if (count < 0) return fail(strerror(errno));
  if (count > 0) note(connection->line);
  return count;
}

// What a proxy is asked to connect to: `CONNECT host:port HTTP/1.1`.
static int check_tunnel(struct plumb_line *line, const char *bytes, size_t size) {
  static const char verb[] = "CONNECT ";
  if (line == NULL || size < sizeof verb || strncmp(bytes, verb, sizeof verb - 1) != 0) return 0;
  char text[512];
  size_t length = 0;
  const char *start = bytes + sizeof verb - 1;
  size_t room = size - (sizeof verb - 1);
  while (length < room && length < sizeof text - 1 && start[length] != ' ') length++;
  memcpy(text, start, length);
  text[length] = 0;
  char *colon = strrchr(text, ':');
  if (colon == NULL) return 0;
  *colon = 0;
  return check(line, text, colon + 1);
}

static ssize_t line_write(git_stream *stream, const char *bytes, size_t size, int flags) {
  struct connection *connection = (struct connection *)stream;
  if (check_tunnel(connection->line, bytes, size) != 0) return -1;
  ssize_t count;
  do count = send(connection->socket, bytes, size, flags | MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR);
  if (count < 0) return fail(strerror(errno));
  note(connection->line);
  return count;
}

static int line_close(git_stream *stream) {
  struct connection *connection = (struct connection *)stream;
  if (connection->socket < 0) return 0;
  hold(connection->line, -1);
  int result = close(connection->socket);
  connection->socket = -1;
  return result;
}

static void line_free(git_stream *stream) {
  struct connection *connection = (struct connection *)stream;
  line_close(stream);
  free(connection->host);
  free(connection->port);
  plumb_line_free(connection->line);
  free(connection);
}

static int make(git_stream **out, const char *host, const char *port) {
  if (check(current, host, port) != 0) return -1;
  struct connection *connection = calloc(1, sizeof(*connection));
  if (connection == NULL) return fail("no memory");
  connection->parent.version = GIT_STREAM_VERSION;
  connection->parent.connect = line_connect;
  connection->parent.read = line_read;
  connection->parent.write = line_write;
  connection->parent.close = line_close;
  connection->parent.free = line_free;
  connection->host = strdup(host);
  connection->port = strdup(port);
  connection->socket = -1;
  connection->line = current;
  if (current != NULL) __atomic_add_fetch(&current->holders, 1, __ATOMIC_RELAXED);
  if (connection->host == NULL || connection->port == NULL) {
    line_free(&connection->parent);
    return fail("no memory");
  }
  *out = &connection->parent;
  return 0;
}

int plumb_lines_register(void) {
  git_stream_registration registration = {.version = GIT_STREAM_VERSION, .init = make};
  return git_stream_register(GIT_STREAM_STANDARD, &registration);
}
