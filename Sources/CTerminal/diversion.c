#define _GNU_SOURCE
#include "CTerminal.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

// What is replayed is bounded: a program that floods standard error shall not flood the user.
enum { replayLimit = 1 << 20 };

static int original = -1;
static volatile int diverted = -1;

static int memory_file(void) {
#ifdef __linux__
  int memory = memfd_create("stderr", MFD_CLOEXEC);
  if (memory >= 0) return memory;
#endif
  char path[] = "/tmp/stderr-XXXXXX";
  int file = mkstemp(path);
  if (file >= 0) {
    unlink(path);
    fcntl(file, F_SETFD, FD_CLOEXEC);
  }
  return file;
}

void ct_stderr_capture(void) {
  if (diverted >= 0 || !isatty(STDERR_FILENO)) return;
  int file = memory_file();
  if (file < 0) return;
  original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (original < 0 || dup2(file, STDERR_FILENO) < 0) {
    close(file);
    if (original >= 0) close(original);
    return;
  }
  diverted = file;
}

// Called from crash handlers too: only functions that are safe there.
void ct_stderr_release(void) {
  int file = __atomic_exchange_n(&diverted, -1, __ATOMIC_ACQ_REL);
  if (file < 0) return;
  dup2(original, STDERR_FILENO);
  close(original);
  char bytes[4096];
  off_t done = 0;
  ssize_t count;
  while (done < replayLimit && (count = pread(file, bytes, sizeof bytes, done)) > 0) {
    for (ssize_t sent = 0; sent < count;) {
      ssize_t step = write(STDERR_FILENO, bytes + sent, (size_t)(count - sent));
      if (step <= 0) {
        close(file);
        return;
      }
      sent += step;
    }
    done += count;
  }
  close(file);
}
