#include "driver/fatbin.h"

#include <algorithm>

#include "driver/bytes.h"

namespace ridgepoint::emulator::driver {
namespace {

constexpr uint32_t MAGIC = 0xba55ed50;
constexpr uint32_t WRAPPER_MAGIC = 0x466243b1;
constexpr uint64_t WRAPPER_POINTER = 8;
constexpr uint64_t HEADER_LEAST = 16;
constexpr uint64_t HEADER_BYTES = 6;   // u16
constexpr uint64_t CONTENT_BYTES = 8;  // u64

// Offsets in an entry.
constexpr uint64_t KIND = 0;                // u16
constexpr uint64_t ENTRY_HEADER_BYTES = 4;  // u32
constexpr uint64_t ENTRY_BYTES = 8;         // u64
constexpr uint64_t ARCHITECTURE = 28;       // u32
constexpr uint64_t FLAGS = 40;              // u64
constexpr uint64_t ARCHITECTURE_SPECIFIC = 0x100000;
constexpr uint64_t COMPRESSED = 0x2000 | 0x8000;

std::string_view whole(const char* image) {
    std::string_view header(image, HEADER_LEAST);
    uint64_t size = read_at<uint16_t>(header, HEADER_BYTES) + read_at<uint64_t>(header, CONTENT_BYTES);
    return {image, size};
}

FatbinEntry::Kind kind_of(uint16_t number, uint64_t at) {
    if (number == 1) return FatbinEntry::Kind::Ptx;
    if (number == 2) return FatbinEntry::Kind::Cubin;
    throw DriverError(CUDA_ERROR_INVALID_IMAGE, "fatbin entry at " + std::to_string(at) + ": unknown kind " +
                                                    std::to_string(number));
}

}  // namespace

bool is_fatbin(const void* image) {
    uint32_t magic;
    std::memcpy(&magic, image, sizeof magic);
    return magic == MAGIC || magic == WRAPPER_MAGIC;
}

std::vector<FatbinEntry> parse_fatbin(const void* image) {
    auto* start = (const char*)image;
    if (read_at<uint32_t>({start, 4}, 0) == WRAPPER_MAGIC) std::memcpy(&start, start + WRAPPER_POINTER, sizeof start);
    std::string_view bytes = whole(start);
    std::vector<FatbinEntry> entries;
    for (uint64_t at = read_at<uint16_t>(bytes, HEADER_BYTES); at < bytes.size();) {
        auto header = read_at<uint32_t>(bytes, at + ENTRY_HEADER_BYTES);
        auto size = read_at<uint64_t>(bytes, at + ENTRY_BYTES);
        auto flags = read_at<uint64_t>(bytes, at + FLAGS);
        FatbinEntry entry{};
        entry.kind = kind_of(read_at<uint16_t>(bytes, at + KIND), at);
        entry.architecture = (int)read_at<uint32_t>(bytes, at + ARCHITECTURE);
        entry.architecture_specific = (flags & ARCHITECTURE_SPECIFIC) != 0;
        entry.compressed = (flags & COMPRESSED) != 0;
        entry.content = slice(bytes, at + header, size);
        if (entry.kind == FatbinEntry::Kind::Ptx && !entry.compressed) entry.content = text_at(entry.content, 0);
        entries.push_back(entry);
        at += header + size;
    }
    return entries;
}

}  // namespace ridgepoint::emulator::driver
