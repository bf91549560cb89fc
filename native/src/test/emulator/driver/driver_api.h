// The driver's functions as a program sees them: by our header or, in a second build of the same tests, by a toolkit's.
#pragma once

#ifdef RIDGEPOINT_WITH_TOOLKIT
#define __CUDA_API_VERSION_INTERNAL  // prototypes of all versions
#include <cuda.h>
#else
#include "driver/abi/functions.h"
#endif

#include "driver/control.h"
