#define _XOPEN_SOURCE 700
#define _DARWIN_C_SOURCE
#include "CTerminal.h"
#include <langinfo.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

int ct_locale_is_utf8(void) {
  const char *name = nl_langinfo(CODESET);
  return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "utf8") == 0;
}

int ct_character_width(unsigned int code) { return wcwidth((wchar_t)code); }
