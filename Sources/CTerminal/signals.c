#include "CTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "private.h"

// Flags carry the news and the pipe only wakes poll(), so a full pipe loses nothing.
static int ends[2] = {-1, -1};
// Any thread may be the one that a signal interrupts, so these are shared between threads as well.
static int pending[65];
static int wanted;
static struct sigaction former[65];
static int installed[65];
static const int watched[] = {SIGWINCH, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { watchedCount = sizeof watched / sizeof watched[0] };

static int ends_the_process(int signal) { return signal != SIGWINCH && signal != SIGCONT; }

static void nudge(void) {
  char byte = 0;
  ssize_t written = write(ends[1], &byte, 1);
  (void)written;
}

static void on_signal(int signal) {
  int saved = errno;
  int was_pending = __atomic_exchange_n(&pending[signal], 1, __ATOMIC_ACQ_REL);
  if (ends_the_process(signal) && was_pending) {
    // The first one was not even looked at: the program hangs, so end it from here.
    ct_crash_restore_terminal();
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigaction(signal, &plain, NULL);
    raise(signal);
  }
  nudge();
  errno = saved;
}

int ct_signals_install(void) {
  if (ends[0] < 0) {
    if (pipe(ends) != 0) return errno;
    for (int end = 0; end < 2; end++) {
      fcntl(ends[end], F_SETFL, fcntl(ends[end], F_GETFL) | O_NONBLOCK);
      fcntl(ends[end], F_SETFD, FD_CLOEXEC);
    }
  }
  for (int i = 0; i < watchedCount; i++) {
    int signal = watched[i];
    if (installed[signal]) continue;
    __atomic_store_n(&pending[signal], 0, __ATOMIC_RELEASE);
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(signal, NULL, &former[signal]) != 0) return errno;
    // `nohup` and shells that run us in the background ignore signals on purpose.
    if (former[signal].sa_handler == SIG_IGN && signal != SIGWINCH && signal != SIGCONT) continue;
    if (sigaction(signal, &action, NULL) != 0) return errno;
    installed[signal] = 1;
  }
  return 0;
}

void ct_signals_restore(void) {
  for (int i = 0; i < watchedCount; i++) {
    int signal = watched[i];
    if (!installed[signal]) continue;
    sigaction(signal, &former[signal], NULL);
    installed[signal] = 0;
  }
}

int ct_signals_take(int signal) {
  if (signal < 1 || signal > 64) return 0;
  return __atomic_exchange_n(&pending[signal], 0, __ATOMIC_ACQ_REL);
}

int ct_signals_fd(void) { return ends[0]; }

void ct_signals_drain(void) {
  char bytes[64];
  while (read(ends[0], bytes, sizeof bytes) > 0) {
  }
}

void ct_wake(void) {
  if (!__atomic_exchange_n(&wanted, 1, __ATOMIC_ACQ_REL) && ends[1] >= 0) nudge();
}

int ct_wake_take(void) { return __atomic_exchange_n(&wanted, 0, __ATOMIC_ACQ_REL); }

void ct_signals_unblock(void) {
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, NULL);
}

void ct_signals_raise_default(int signal) {
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigemptyset(&plain.sa_mask);
  sigaction(signal, &plain, NULL);
  ct_signals_unblock();
  raise(signal);
}

void ct_stop_group(void) {
  struct sigaction plain = {.sa_handler = SIG_DFL}, before;
  sigemptyset(&plain.sa_mask);
  sigaction(SIGTSTP, &plain, &before);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &before, NULL);
}
