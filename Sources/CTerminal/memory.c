#include "CTerminal.h"

#if defined(__GLIBC__)
#include <malloc.h>

void ct_return_memory(void) { malloc_trim(0); }
#else
void ct_return_memory(void) {}
#endif
