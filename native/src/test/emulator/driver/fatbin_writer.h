// Writes a fatbin, as far as the driver reads it. What is packed is packed badly: both formats allow plain bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace fatbin {

constexpr uint16_t PTX = 1;
constexpr uint16_t CUBIN = 2;

enum class Packing { None, Lz4, Zstd };

struct Entry {
    uint16_t kind;
    uint32_t architecture;
    bool architecture_specific;
    Packing packing;
    std::string content;
};

class Writer {
  public:
    void add(const Entry& entry) {
        constexpr uint32_t HEADER = 64;
        const std::string plain = entry.content + '\0';
        std::string content = packed(plain, entry.packing);
        const uint64_t flag = entry.packing == Packing::Lz4 ? 0x2000 : entry.packing == Packing::Zstd ? 0x8000 : 0;
        const auto packed_bytes = (uint32_t)content.size();
        content.resize((content.size() + 7) / 8 * 8);
        std::string header(HEADER, '\0');
        put(header, 0, entry.kind);
        put(header, 4, HEADER);
        put(header, 8, (uint64_t)content.size());
        put(header, 28, entry.architecture);
        put(header, 40, (entry.architecture_specific ? 0x100000ull : 0) | flag);
        if (flag != 0) {
            put(header, 16, packed_bytes);
            put(header, 56, (uint64_t)plain.size());
        }
        entries_ += header + content;
    }

    std::string bytes() const {
        std::string header(16, '\0');
        put(header, 0, (uint32_t)0xba55ed50);
        put(header, 4, (uint16_t)1);
        put(header, 6, (uint16_t)16);
        put(header, 8, (uint64_t)entries_.size());
        return header + entries_;
    }

  private:
    static std::string packed(const std::string& plain, Packing packing) {
        if (packing == Packing::None) return plain;
        if (packing == Packing::Lz4) {  // one sequence of literals, of at least 15
            std::string length(plain.size() < 15 ? 0 : (plain.size() - 15) / 255, '\xff');
            return '\xf0' + length + (char)((plain.size() - 15) % 255) + plain;
        }
        std::string frame(12, '\0');  // one segment, its size in four bytes, and one raw block
        put(frame, 0, (uint32_t)0xfd2fb528);
        put(frame, 4, (uint8_t)0xa0);
        put(frame, 5, (uint32_t)plain.size());
        put(frame, 9, (uint16_t)(plain.size() << 3 | 1));
        return frame + plain;
    }

    template <class T>
    static void put(std::string& to, size_t at, T value) {
        std::memcpy(to.data() + at, &value, sizeof value);
    }

    std::string entries_;
};

}  // namespace fatbin
