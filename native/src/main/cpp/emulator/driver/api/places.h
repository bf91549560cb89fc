// What the structures of two- and three-dimensional copies mean.
#pragma once

#include "driver/abi/types.h"
#include "driver/copy.h"

namespace ridgepoint::emulator::driver {

struct Region {
    Place to;
    Place from;
    Extent extent;
};

// Throws DriverError: INVALID_VALUE if null or pitches are too small, NOT_SUPPORTED for arrays.
Region region_of(const CUDA_MEMCPY2D* copy);
Region region_of(const CUDA_MEMCPY3D* copy);

}  // namespace ridgepoint::emulator::driver
