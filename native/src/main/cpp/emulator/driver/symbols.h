// The exported functions by name, those that are not implemented included.
#pragma once

namespace ridgepoint::emulator::driver {

// The function of a name without its version, as the driver of CUDA `version` (12030 is 12.3) has it: "cuMemAlloc" is
// cuMemAlloc_v2. Null if there is none.
void* find_symbol(const char* name, int version);

// Answers CUDA_ERROR_NOT_SUPPORTED; reports the function's name the first time that `reported` is given.
int not_supported(const char* function, bool& reported);

}  // namespace ridgepoint::emulator::driver
