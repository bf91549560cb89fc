// Bitmaps of written bytes against arrays of bools.
#include "driver/memory.h"

#include <cstdio>
#include <random>
#include <vector>

using namespace ridgepoint::emulator::driver;

namespace {

constexpr uint64_t BYTES = 200;

struct Both {
    std::vector<uint8_t> bits = std::vector<uint8_t>(BYTES / 8 + 1);
    std::vector<bool> plain = std::vector<bool>(BYTES);

    bool same() const {
        for (uint64_t i = 0; i < BYTES; i++) {
            if (((bits[i / 8] >> (i % 8)) & 1) != (plain[i] ? 1 : 0)) return false;
        }
        return true;
    }
};

}  // namespace

int main() {
    std::mt19937 random(7);
    for (int round = 0; round < 20000; round++) {
        Both to, from;
        for (int i = 0; i < 3; i++) {
            uint64_t offset = random() % BYTES, size = random() % (BYTES - offset + 1);
            mark_written(from.bits.data(), offset, size);
            for (uint64_t at = 0; at < size; at++) from.plain[offset + at] = true;
        }
        uint64_t size = random() % BYTES, here = random() % (BYTES - size + 1), there = random() % (BYTES - size + 1);
        if (round % 2 == 0) here -= here % 8, there -= there % 8;
        bool known = round % 3 != 0;
        mark_written(to.bits.data(), 0, 50);
        for (uint64_t at = 0; at < 50; at++) to.plain[at] = true;
        copy_written(to.bits.data(), there, known ? from.bits.data() : nullptr, here, size);
        for (uint64_t at = 0; at < size; at++) to.plain[there + at] = !known || from.plain[here + at];
        if (!from.same() || !to.same()) {
            std::printf("FAILED in round %d: %llu bytes from %llu to %llu\n", round, (unsigned long long)size,
                        (unsigned long long)here, (unsigned long long)there);
            return 1;
        }
    }
    std::puts("passed: 20000 rounds");
    return 0;
}
