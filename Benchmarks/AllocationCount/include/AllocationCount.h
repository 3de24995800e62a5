// SPDX-License-Identifier: Apache-2.0
//
// Counts every allocation of the process that links this: it stands in front of glibc's functions of the same names.
#pragma once

#include <stdint.h>

// Allocations since the start of the process, all threads.
uint64_t vajra_allocations(void);
