#include "driver/cubin.h"

#include <algorithm>
#include <cstring>

#include "driver/bytes.h"

namespace ridgepoint::emulator::driver {
namespace {

// Offsets in an ELF file of 64 bits.
constexpr uint64_t SECTION_TABLE = 0x28;   // u64
constexpr uint64_t SECTION_BYTES = 0x3a;   // u16
constexpr uint64_t SECTION_COUNT = 0x3c;   // u16
constexpr uint64_t SECTION_NAMES = 0x3e;   // u16
constexpr uint64_t SECTION_OFFSET = 0x18;  // u64 in a section's header
constexpr uint64_t SECTION_SIZE = 0x20;    // u64
constexpr uint64_t SYMBOL_BYTES = 24;

// An attribute of .nv.info: a byte of format, a byte of name, two bytes of value or of the payload's size.
constexpr uint8_t SIZED = 4;
constexpr uint8_t REGISTERS = 0x2f;
constexpr uint8_t FRAME_BYTES = 0x11;

std::string_view section(std::string_view elf, std::string_view wanted) {
    auto table = read_at<uint64_t>(elf, SECTION_TABLE);
    auto each = read_at<uint16_t>(elf, SECTION_BYTES);
    auto content = [&](uint64_t number) {
        uint64_t header = table + number * each;
        auto offset = read_at<uint64_t>(elf, header + SECTION_OFFSET);
        return slice(elf, offset, read_at<uint64_t>(elf, header + SECTION_SIZE));
    };
    std::string_view names = content(read_at<uint16_t>(elf, SECTION_NAMES));
    for (uint64_t i = 0; i < read_at<uint16_t>(elf, SECTION_COUNT); i++) {
        if (text_at(names, read_at<uint32_t>(elf, table + i * each)) == wanted) return content(i);
    }
    return {};
}

}  // namespace

bool is_elf(const char* image) { return std::strncmp(image, "\177ELF", 4) == 0; }

std::map<std::string, KernelResources> parse_cubin(std::string_view elf) {
    std::string_view info = section(elf, ".nv.info");
    std::string_view symbols = section(elf, ".symtab");
    std::string_view names = section(elf, ".strtab");
    std::map<std::string, KernelResources> kernels;
    for (uint64_t at = 0; at < info.size();) {
        auto format = read_at<uint8_t>(info, at);
        auto name = read_at<uint8_t>(info, at + 1);
        uint64_t payload = format == SIZED ? read_at<uint16_t>(info, at + 2) : 0;
        if (format == SIZED && (name == REGISTERS || name == FRAME_BYTES)) {
            auto symbol = read_at<uint32_t>(info, at + 4);
            auto value = (int)read_at<uint32_t>(info, at + 8);
            std::string kernel(text_at(names, read_at<uint32_t>(symbols, symbol * SYMBOL_BYTES)));
            (name == REGISTERS ? kernels[kernel].registers : kernels[kernel].stack_bytes) = value;
        }
        at += 4 + payload;
    }
    return kernels;
}

}  // namespace ridgepoint::emulator::driver
