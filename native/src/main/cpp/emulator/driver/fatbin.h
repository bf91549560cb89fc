// The container nvcc writes: a header, then one entry after another, each PTX text or a cubin.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "driver/packed.h"

namespace ridgepoint::emulator::driver {

struct FatbinEntry {
    enum class Kind { Ptx, Cubin };
    Kind kind;
    int architecture;            // 90 for sm_90a
    bool architecture_specific;  // the a of sm_90a
    Packing packing;
    uint64_t plain_bytes;      // what packed content unpacks to
    std::string_view content;  // PTX without the zeros that pad it
};

// The size of an image in memory, of which its caller says only where it begins.
constexpr uint64_t UNKNOWN_SIZE = ~0ull;

// Whether a fatbin begins here, or, in memory, the wrapper that host code holds around one. Of an image of unknown size
// no byte is read behind the first that differs.
bool is_fatbin(const char* image, uint64_t size = UNKNOWN_SIZE);

// Entries point into the image. Throws DriverError(INVALID_IMAGE) with the reason.
std::vector<FatbinEntry> parse_fatbin(const char* image, uint64_t size = UNKNOWN_SIZE);

}  // namespace ridgepoint::emulator::driver
