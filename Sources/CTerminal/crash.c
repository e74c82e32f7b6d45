#include "CTerminal.h"
#include "private.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
enum { faultCount = sizeof faults / sizeof faults[0], stackSize = 64 * 1024 };

static struct sigaction former[65];
static char leaving[512];
static size_t leavingLength;
static struct termios restored;
static int terminal = -1;
static volatile int armed;
static char *stack;
static volatile int drawing;
static volatile int crashed;
static pthread_t drawer;

// The system's texts for signals must not be asked for in a handler.
static const char *reason(int signal) {
  switch (signal) {
    case SIGSEGV: return "nnrscope: crashed by SIGSEGV, a wrong address\n";
    case SIGBUS: return "nnrscope: crashed by SIGBUS, memory that is not there\n";
    case SIGILL: return "nnrscope: crashed by SIGILL, a check that failed\n";
    case SIGTRAP: return "nnrscope: crashed by SIGTRAP, a check that failed\n";
    case SIGABRT: return "nnrscope: crashed by SIGABRT, it gave up\n";
    case SIGFPE: return "nnrscope: crashed by SIGFPE, wrong arithmetic\n";
    default: return "nnrscope: crashed\n";
  }
}

static int restore(void) {
  if (!__atomic_exchange_n(&armed, 0, __ATOMIC_ACQ_REL)) return 0;
  ssize_t written = write(terminal, leaving, leavingLength);
  (void)written;
  // SIGTTOU would stop a process in the background right here.
  sigset_t out, before;
  sigemptyset(&out);
  sigaddset(&out, SIGTTOU);
  sigprocmask(SIG_BLOCK, &out, &before);
  tcsetattr(terminal, TCSANOW, &restored);
  sigprocmask(SIG_SETMASK, &before, NULL);
  ct_stderr_release();
  return 1;
}

void ct_crash_restore_terminal(void) { restore(); }

void ct_draw_begin(void) {
  drawer = pthread_self();
  __atomic_store_n(&drawing, 1, __ATOMIC_SEQ_CST);
  if (!__atomic_load_n(&crashed, __ATOMIC_SEQ_CST)) return;
  // Another thread leaves the screen and ends the process.
  __atomic_store_n(&drawing, 0, __ATOMIC_SEQ_CST);
  for (;;) pause();
}

void ct_draw_end(void) { __atomic_store_n(&drawing, 0, __ATOMIC_SEQ_CST); }

// A frame of another thread must not follow what leaves the screen: it is waited for, a fifth of a second at most.
static void keep_others_from_drawing(void) {
  __atomic_store_n(&crashed, 1, __ATOMIC_SEQ_CST);
  struct timespec step = {.tv_nsec = 1000000};
  for (int left = 200; left > 0; left--) {
    if (!__atomic_load_n(&drawing, __ATOMIC_SEQ_CST)) return;
    if (pthread_equal(drawer, pthread_self())) return;
    nanosleep(&step, NULL);
  }
}

static void on_fault(int signal, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  if (armed) keep_others_from_drawing();
  if (restore()) {
    const char *text = reason(signal);
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
  }
  sigaction(signal, &former[signal], NULL);
  // A real fault recurs on return; one sent by kill() or abort() has to be sent again.
  if (info == NULL || info->si_code <= 0) raise(signal);
  errno = saved;
}

void ct_crash_arm(int tty, const char *leave, const struct termios *modes) {
  static int registered;
  leavingLength = strlen(leave);
  if (leavingLength > sizeof leaving) leavingLength = sizeof leaving;
  memcpy(leaving, leave, leavingLength);
  restored = *modes;
  terminal = tty;
  if (!stack && (stack = malloc(stackSize))) {
    // A stack that someone (Swift's backtracer) has set up already is as good.
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
      stack_t own = {.ss_sp = stack, .ss_size = stackSize};
      sigaltstack(&own, NULL);
    }
  }
  if (!registered) {
    registered = 1;
    atexit(ct_crash_restore_terminal);
  }
  if (__atomic_exchange_n(&armed, 1, __ATOMIC_ACQ_REL)) return;
  for (int i = 0; i < faultCount; i++) {
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(faults[i], &action, &former[faults[i]]);
  }
}

void ct_crash_disarm(void) {
  if (!__atomic_exchange_n(&armed, 0, __ATOMIC_ACQ_REL)) return;
  for (int i = 0; i < faultCount; i++) sigaction(faults[i], &former[faults[i]], NULL);
}
