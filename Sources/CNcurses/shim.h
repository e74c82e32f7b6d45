#pragma once
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdio.h>
#include <wchar.h>

// Declared here because <term.h> defines hundreds of macros with everyday names.
extern int setupterm(const char *, int, int *);

// Swift 6 does not see C globals, macros with casts or variadic functions.
static inline WINDOW *nc_screen(void) { return stdscr; }
static inline int nc_lines(void) { return LINES; }
static inline int nc_columns(void) { return COLS; }
static inline int nc_colors(void) { return COLORS; }
static inline int nc_pairs(void) { return COLOR_PAIRS; }
static inline attr_t nc_bold(void) { return A_BOLD; }
static inline attr_t nc_underline(void) { return A_UNDERLINE; }
static inline attr_t nc_reverse(void) { return A_REVERSE; }
static inline attr_t nc_dim(void) { return A_DIM; }
static inline int nc_set_look(attr_t attributes, short pair) {
  return wattr_set(stdscr, attributes, pair, NULL);
}
static inline int nc_write(int y, int x, const wchar_t *text, int count) {
  return wmove(stdscr, y, x) == ERR ? ERR : waddnwstr(stdscr, text, count);
}
static inline int nc_repaint_all(void) { return clearok(stdscr, TRUE); }

// 0: usable; 1: TERM is unknown; 2: the terminal cannot move its cursor.
static inline int nc_check_terminal(int fd) {
  int result = 0;
  if (setupterm(NULL, fd, &result) != OK) return result == 1 ? 2 : 1;
  const char *move = tigetstr("cup");
  return move == NULL || move == (char *)-1 ? 2 : 0;
}
static inline const char *nc_capability(const char *name) {
  const char *text = tigetstr(name);
  return text == NULL || text == (char *)-1 ? "" : text;
}

static inline mmask_t nc_mouse_mask(void) {
  return BUTTON1_PRESSED | BUTTON2_PRESSED | BUTTON3_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED |
         BUTTON_SHIFT | BUTTON_CTRL | BUTTON_ALT;
}
