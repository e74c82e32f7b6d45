#pragma once
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/// Signals and wake-ups, all reported by one pipe that lives as long as the process.

/// Installs handlers for WINCH, CONT, INT, TERM, HUP and QUIT; ignored ones stay ignored.
/// Returns 0, or an errno.
int ct_signals_install(void);
/// Puts the handlers back that were there before.
void ct_signals_restore(void);
/// Whether the signal arrived since the last call.
int ct_signals_take(int signal);
/// The end of the pipe to poll; readable after a signal or a wake-up.
int ct_signals_fd(void);
/// Empties the pipe.
void ct_signals_drain(void);
/// Whether a wake-up was asked for since the last call.
int ct_wake_take(void);
/// Asks for a wake-up; any thread, any time.
void ct_wake(void);
/// Removes all signals from the calling thread's mask.
void ct_signals_unblock(void);
/// Gives a signal its default action and raises it in this process.
void ct_signals_raise_default(int signal);
/// Stops the process group as Ctrl-Z does; returns when it is continued.
void ct_stop_group(void);

/// Restoring the terminal when the process crashes.

/// Remembers the terminal's modes and what to write to leave the screen, and catches faults.
void ct_crash_arm(int tty, const char *leave, const struct termios *modes);
/// Forgets the terminal; faults take their former course.
void ct_crash_disarm(void);

/// Says that this thread begins to write a frame; does not return once another thread crashed.
void ct_draw_begin(void);
/// Says that the frame is written.
void ct_draw_end(void);

/// Keeps standard error from spoiling the screen.

/// Diverts standard error into memory if it is a terminal.
void ct_stderr_capture(void);
/// Gives standard error back and replays what was written.
void ct_stderr_release(void);

/// Characters.

/// Whether the locale in force writes UTF-8.
int ct_locale_is_utf8(void);
/// Columns that the C library gives a code point; -1 if it does not know it.
int ct_character_width(unsigned int code);

/// Terminals.

/// The size of a terminal; returns 0, or an errno.
int ct_window_size(int fd, int *rows, int *columns);

/// Gives freed memory back to the system, where the C library would keep it.
void ct_return_memory(void);
