// How many blocks fit on a processor: by threads, registers (where a cubin tells them) and shared memory.
#pragma once

#include "driver/module.h"

namespace ridgepoint::emulator::driver {

// 0 if not even one fits.
int blocks_per_processor(const Function& function, int block_size, size_t dynamic_shared);

// The most dynamic shared memory with which `blocks` of them still fit.
size_t available_dynamic_shared(const Function& function, int blocks, int block_size);

}  // namespace ridgepoint::emulator::driver
