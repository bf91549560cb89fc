// The primary context of the device: made when first retained, ended with the last release.
#pragma once

#include "driver/abi/types.h"

namespace ridgepoint::emulator::driver {

struct PrimaryState {
    bool active;
    unsigned flags;
};

CUcontext retain_primary();
// Throws DriverError(INVALID_CONTEXT) if nobody holds it.
void release_primary();
// Ends it, whoever holds it.
void reset_primary();
// For the next time it is made.
void set_primary_flags(unsigned flags);
PrimaryState primary_state();

}  // namespace ridgepoint::emulator::driver
