// Writes a fatbin, as far as the driver reads it.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace fatbin {

constexpr uint16_t PTX = 1;
constexpr uint16_t CUBIN = 2;

struct Entry {
    uint16_t kind;
    uint32_t architecture;
    bool architecture_specific;
    bool compressed;
    std::string content;
};

class Writer {
  public:
    void add(const Entry& entry) {
        constexpr uint32_t HEADER = 64;
        std::string content = entry.content + '\0';
        content.resize((content.size() + 7) / 8 * 8);
        std::string header(HEADER, '\0');
        put(header, 0, entry.kind);
        put(header, 4, HEADER);
        put(header, 8, (uint64_t)content.size());
        put(header, 28, entry.architecture);
        put(header, 40, (entry.architecture_specific ? 0x100000ull : 0) | (entry.compressed ? 0x2000ull : 0));
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
    template <class T>
    static void put(std::string& to, size_t at, T value) {
        std::memcpy(to.data() + at, &value, sizeof value);
    }

    std::string entries_;
};

}  // namespace fatbin
