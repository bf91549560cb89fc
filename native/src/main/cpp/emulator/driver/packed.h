// Content that nvcc has compressed, which it does to PTX unless told --no-compress.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ridgepoint::emulator::driver {

enum class Packing : uint8_t { None, Lz4, Zstd };

// The plain bytes. Needs liblz4.so.1 or libzstd.so.1 of this machine, loaded when first asked for. Throws DriverError:
// NO_BINARY_FOR_GPU where the library is not there, INVALID_IMAGE where the content is damaged.
std::string unpack(std::string_view packed, Packing packing, uint64_t plain_bytes);

}  // namespace ridgepoint::emulator::driver
