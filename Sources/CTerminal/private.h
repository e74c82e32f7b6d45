#pragma once

/// Leaves the screen and restores the modes if armed; safe in signal handlers, works once.
void ct_crash_restore_terminal(void);
