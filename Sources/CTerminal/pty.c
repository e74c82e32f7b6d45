#define _GNU_SOURCE
#define _XOPEN_SOURCE 700
#define _DARWIN_C_SOURCE
#include "CTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int ct_window_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return errno;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int ct_pty_resize(int master, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(master, TIOCSWINSZ, &size) == 0 ? 0 : errno;
}

int ct_pty_open(int rows, int columns, char *path, size_t capacity) {
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
  int error = ct_pty_resize(master, rows, columns);
  if (error != 0) {
    close(master);
    return -error;
  }
  return master;
}

pid_t ct_pty_spawn(const char *slave, const char *program, char *const arguments[],
                   char *const environment[], int input, int output) {
  // Signals stay blocked over fork() so that no handler of the parent runs in the child.
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &before);
  pid_t child = fork();
  if (child != 0) {
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return child < 0 ? -error : child;
  }
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigemptyset(&plain.sa_mask);
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &plain, NULL);
  setsid();
  int tty = open(slave, O_RDWR);
  if (tty < 0) _exit(126);
  ioctl(tty, TIOCSCTTY, 0);
  if (dup2(input >= 0 ? input : tty, 0) < 0 || dup2(output >= 0 ? output : tty, 1) < 0 ||
      dup2(tty, 2) < 0)
    _exit(126);
  if (tty > 2) close(tty);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(program, arguments, environment);
  _exit(127);
}

int ct_status_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int ct_status_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
