#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

// How often memory was asked for since the process started, on this thread.
uint64_t allocation_count(void);

#endif
