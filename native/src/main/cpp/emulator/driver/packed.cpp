#include "driver/packed.h"

#include <dlfcn.h>

#include <algorithm>

#include "driver/errors.h"

namespace ridgepoint::emulator::driver {
namespace {

// Of what content says that it unpacks to: what says more is damaged, for no code is so large, nor packs so well.
constexpr uint64_t LARGEST = 1ull << 28, MOST_TIMES = 1 << 15;

// A function of a library that may be missing.
void* function(const char* library, const char* name) {
    void* handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    return handle ? dlsym(handle, name) : nullptr;
}

typedef int Lz4(const char* from, char* to, int bytes, int room);
typedef size_t Zstd(void* to, size_t room, const void* from, size_t bytes);

// How many bytes came out, which is beyond `room` for damaged content.
uint64_t lz4(std::string_view packed, char* to, uint64_t room) {
    static auto* const decompress = (Lz4*)function("liblz4.so.1", "LZ4_decompress_safe");
    if (!decompress) throw DriverError(CUDA_ERROR_NO_BINARY_FOR_GPU, "the PTX is compressed as LZ4, and liblz4.so.1 is not here; compile with --no-compress");
    return (uint64_t)(int64_t)decompress(packed.data(), to, (int)packed.size(), (int)room);
}

uint64_t zstd(std::string_view packed, char* to, uint64_t room) {
    static auto* const decompress = (Zstd*)function("libzstd.so.1", "ZSTD_decompress");
    if (!decompress) throw DriverError(CUDA_ERROR_NO_BINARY_FOR_GPU, "the PTX is compressed as zstd, and libzstd.so.1 is not here; compile with --no-compress");
    return decompress(to, room, packed.data(), packed.size());
}

}  // namespace

std::string unpack(std::string_view packed, Packing packing, uint64_t plain_bytes) {
    if (packing == Packing::None) return std::string(packed);
    if (packed.size() > LARGEST || plain_bytes > std::min(LARGEST, MOST_TIMES * packed.size())) {
        throw DriverError(CUDA_ERROR_INVALID_IMAGE, "compressed content says that it has " + std::to_string(plain_bytes) + " bytes");
    }
    std::string plain(plain_bytes, '\0');
    const uint64_t got = (packing == Packing::Lz4 ? lz4 : zstd)(packed, plain.data(), plain_bytes);
    if (got != plain_bytes) throw DriverError(CUDA_ERROR_INVALID_IMAGE, "compressed content is damaged");
    return plain;
}

}  // namespace ridgepoint::emulator::driver
