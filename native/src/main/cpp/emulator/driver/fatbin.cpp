#include "driver/fatbin.h"

#include <algorithm>

#include "driver/bytes.h"
#include "driver/saturating.h"

namespace ridgepoint::emulator::driver {
namespace {

constexpr uint32_t MAGIC = 0xba55ed50;
constexpr uint32_t WRAPPER_MAGIC = 0x466243b1;
constexpr uint64_t WRAPPER_POINTER = 8;
constexpr uint64_t HEADER_LEAST = 16;
constexpr uint64_t LARGEST = 1ull << 40;  // what says to be larger is damaged
constexpr uint64_t HEADER_BYTES = 6;   // u16
constexpr uint64_t CONTENT_BYTES = 8;  // u64

// Offsets in an entry.
constexpr uint64_t KIND = 0;                // u16
constexpr uint64_t ENTRY_HEADER_BYTES = 4;  // u32
constexpr uint64_t ENTRY_BYTES = 8;         // u64
constexpr uint64_t ARCHITECTURE = 28;       // u32
constexpr uint64_t FLAGS = 40;              // u64
constexpr uint64_t ARCHITECTURE_SPECIFIC = 0x100000;
constexpr uint64_t LZ4 = 0x2000;
constexpr uint64_t ZSTD = 0x8000;
constexpr uint64_t PACKED_BYTES = 16;  // u32
constexpr uint64_t PLAIN_BYTES = 56;   // u64

// Byte by byte, as text may end within what a number takes.
bool begins_with(const char* image, uint32_t magic, uint64_t size) {
    for (unsigned i = 0; i < sizeof magic; i++) {
        if (i >= size || (uint8_t)image[i] != (uint8_t)(magic >> (8 * i))) return false;
    }
    return true;
}

std::string_view whole(const char* image, uint64_t size) {
    const std::string_view header(image, std::min(HEADER_LEAST, size));
    const auto content = read_at<uint64_t>(header, CONTENT_BYTES);
    const uint64_t told = plus(read_at<uint16_t>(header, HEADER_BYTES), content);
    if (told > std::min(size, LARGEST)) {
        throw DriverError(CUDA_ERROR_INVALID_IMAGE, "the fatbin says that it holds " + std::to_string(content) + " bytes" +
                                                        (size == UNKNOWN_SIZE ? "" : ", but the file ends before"));
    }
    return {image, told};
}

FatbinEntry::Kind kind_of(uint16_t number, uint64_t at) {
    if (number == 1) return FatbinEntry::Kind::Ptx;
    if (number == 2) return FatbinEntry::Kind::Cubin;
    throw DriverError(CUDA_ERROR_INVALID_IMAGE, "fatbin entry at " + std::to_string(at) + ": unknown kind " +
                                                    std::to_string(number));
}

}  // namespace

bool is_fatbin(const char* image, uint64_t size) {
    return begins_with(image, MAGIC, size) || (size == UNKNOWN_SIZE && begins_with(image, WRAPPER_MAGIC, size));
}

std::vector<FatbinEntry> parse_fatbin(const char* image, uint64_t size) {
    const char* start = image;
    if (begins_with(image, WRAPPER_MAGIC, size)) std::memcpy(&start, image + WRAPPER_POINTER, sizeof start);
    if (!start || !begins_with(start, MAGIC, size)) {
        throw DriverError(CUDA_ERROR_INVALID_IMAGE, "the wrapper holds no fatbin");
    }
    const std::string_view bytes = whole(start, size);
    std::vector<FatbinEntry> entries;
    for (uint64_t at = read_at<uint16_t>(bytes, HEADER_BYTES); at < bytes.size();) {
        auto header = read_at<uint32_t>(bytes, at + ENTRY_HEADER_BYTES);
        auto content_bytes = read_at<uint64_t>(bytes, at + ENTRY_BYTES);
        auto flags = read_at<uint64_t>(bytes, at + FLAGS);
        if (header == 0) {
            throw DriverError(CUDA_ERROR_INVALID_IMAGE, "fatbin entry at " + std::to_string(at) + ": no header");
        }
        FatbinEntry entry{};
        entry.kind = kind_of(read_at<uint16_t>(bytes, at + KIND), at);
        entry.architecture = (int)read_at<uint32_t>(bytes, at + ARCHITECTURE);
        entry.architecture_specific = (flags & ARCHITECTURE_SPECIFIC) != 0;
        entry.packing = (flags & LZ4) != 0 ? Packing::Lz4 : (flags & ZSTD) != 0 ? Packing::Zstd : Packing::None;
        entry.content = slice(bytes, at + header, content_bytes);
        if (entry.packing != Packing::None) {
            entry.plain_bytes = read_at<uint64_t>(bytes, at + PLAIN_BYTES);
            entry.content = slice(entry.content, 0, read_at<uint32_t>(bytes, at + PACKED_BYTES));
        } else if (entry.kind == FatbinEntry::Kind::Ptx) {
            entry.content = text_at(entry.content, 0);
        }
        entries.push_back(entry);
        at += header + content_bytes;
    }
    return entries;
}

}  // namespace ridgepoint::emulator::driver
