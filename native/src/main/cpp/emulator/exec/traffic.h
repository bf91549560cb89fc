// Counts what an access of global or shared memory costs: sectors, and passes over the banks.
#pragma once

#include <cstdint>

#include "core/counters.h"
#include "exec/op.h"
#include "exec/reach.h"
#include "exec/sectors.h"

namespace ridgepoint::emulator {

// `size` bytes at addresses[i] by each active lane; `reach` is theirs. Addresses are multiples of the size, which is a
// power of two up to 16.
void count_global(GlobalTraffic& traffic, SectorSet& touched, LaneMask active, const uint64_t* addresses,
                  const Reach& reach, uint32_t size);
void count_shared(SharedTraffic& traffic, LaneMask active, const uint64_t* addresses, const Reach& reach, uint32_t size);

}  // namespace ridgepoint::emulator
