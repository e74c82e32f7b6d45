#include "CTerminal.h"
#include <errno.h>
#include <sys/ioctl.h>

int ct_window_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return errno;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}
