// The container nvcc writes: a header, then one entry after another, each PTX text or a cubin.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ridgepoint::emulator::driver {

struct FatbinEntry {
    enum class Kind { Ptx, Cubin };
    Kind kind;
    int architecture;            // 90 for sm_90a
    bool architecture_specific;  // the a of sm_90a
    bool compressed;
    std::string_view content;    // PTX without the zeros that pad it
};

// Whether a fatbin, or the wrapper that host code holds around one, begins here.
bool is_fatbin(const void* image);

// Entries point into the image. Throws DriverError(INVALID_IMAGE) with the reason.
std::vector<FatbinEntry> parse_fatbin(const void* image);

}  // namespace ridgepoint::emulator::driver
