#pragma once
#include <stddef.h>
#include <sys/types.h>

/// Pseudo-terminals and programs that tests run.

/// Opens the master of a new pseudo-terminal of a size and copies the slave's path into `path`.
/// Returns the descriptor, or a negative errno.
int pt_open(int rows, int columns, char *path, size_t capacity);
/// Changes the size; the foreground group gets SIGWINCH. Returns 0, or an errno.
int pt_resize(int master, int rows, int columns);
/// Runs a program in a new session on the pseudo-terminal `slave`, with default signals and an
/// empty mask. `input` and `output` replace standard input and output unless negative.
/// Returns the process, or a negative errno.
pid_t pt_spawn_on(const char *slave, const char *program, char *const arguments[],
                  char *const environment[], int input, int output);
/// Runs a program in a new session without a terminal; negative descriptors become the null device.
/// Returns the process, or a negative errno.
pid_t pt_spawn(const char *program, char *const arguments[], char *const environment[], int input,
               int output, int error);
/// The exit code of a wait status, or -1 if the process did not exit by itself.
int pt_status_code(int status);
/// The signal that ended a process, or 0.
int pt_status_signal(int status);
