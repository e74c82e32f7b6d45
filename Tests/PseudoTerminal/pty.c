#define _GNU_SOURCE
#define _XOPEN_SOURCE 700
#define _DARWIN_C_SOURCE
#include "PseudoTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int pt_resize(int master, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(master, TIOCSWINSZ, &size) == 0 ? 0 : errno;
}

int pt_open(int rows, int columns, char *path, size_t capacity) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0) return -errno;
  fcntl(master, F_SETFD, FD_CLOEXEC);
  const char *name;
  if (grantpt(master) != 0 || unlockpt(master) != 0 || (name = ptsname(master)) == NULL ||
      strlen(name) >= capacity) {
    int error = errno ? errno : ENAMETOOLONG;
    close(master);
    return -error;
  }
  strcpy(path, name);
  int error = pt_resize(master, rows, columns);
  if (error != 0) {
    close(master);
    return -error;
  }
  return master;
}

// Puts a descriptor into the place of a standard one; the same one only loses its close-on-exec.
static int place(int descriptor, int standard) {
  if (descriptor == standard) return fcntl(standard, F_SETFD, 0);
  return dup2(descriptor, standard);
}

// Runs a program in a new session; `slave` becomes its terminal, and all its standard descriptors that are negative.
static pid_t spawn(const char *slave, const char *program, char *const arguments[],
                   char *const environment[], int input, int output, int error) {
  // Signals stay blocked over fork() so that no handler of the parent runs in the child.
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  pid_t child = fork();
  if (child != 0) {
    int reason = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return child < 0 ? -reason : child;
  }
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigemptyset(&plain.sa_mask);
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &plain, NULL);
  setsid();
  int rest = open(slave ? slave : "/dev/null", O_RDWR);
  if (rest < 0) _exit(126);
  if (slave) ioctl(rest, TIOCSCTTY, 0);
  if (place(input >= 0 ? input : rest, 0) < 0 || place(output >= 0 ? output : rest, 1) < 0 ||
      place(error >= 0 ? error : rest, 2) < 0)
    _exit(126);
  if (rest > 2) close(rest);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(program, arguments, environment);
  _exit(127);
}

pid_t pt_spawn_on(const char *slave, const char *program, char *const arguments[],
                   char *const environment[], int input, int output) {
  return spawn(slave, program, arguments, environment, input, output, -1);
}

pid_t pt_spawn(const char *program, char *const arguments[], char *const environment[], int input,
               int output, int error) {
  return spawn(NULL, program, arguments, environment, input, output, error);
}

int pt_status_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int pt_status_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
