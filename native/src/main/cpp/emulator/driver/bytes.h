// Reading numbers out of files in memory, with bounds.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "driver/errors.h"

namespace ridgepoint::emulator::driver {

template <class T>
T read_at(std::string_view bytes, uint64_t at) {
    if (at > bytes.size() || bytes.size() - at < sizeof(T)) {
        throw DriverError(CUDA_ERROR_INVALID_IMAGE, "the image ends at byte " + std::to_string(bytes.size()) +
                                                        ", before what it says to hold at " + std::to_string(at));
    }
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
}

inline std::string_view slice(std::string_view bytes, uint64_t at, uint64_t size) {
    if (at > bytes.size() || bytes.size() - at < size) {
        throw DriverError(CUDA_ERROR_INVALID_IMAGE, "a part of " + std::to_string(size) + " bytes at " +
                                                        std::to_string(at) + " runs over the end of the image");
    }
    return bytes.substr(at, size);
}

// Up to the first zero.
inline std::string_view text_at(std::string_view bytes, uint64_t at) {
    std::string_view rest = slice(bytes, at, bytes.size() - std::min<uint64_t>(at, bytes.size()));
    return rest.substr(0, rest.find('\0'));
}

}  // namespace ridgepoint::emulator::driver
