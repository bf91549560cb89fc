// A small seeded generator (splitmix64): the same orders from the same seed on every machine.
#pragma once

#include <cstdint>

namespace ridgepoint::emulator {

class Random {
  public:
    explicit Random(uint64_t seed) : state_(seed) {}
    uint64_t next() {
        uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    // Of [0, bound); bound is small against 2^64.
    uint64_t below(uint64_t bound) { return next() % bound; }
    // A generator of its own for part `index` of what this one drives.
    Random fork(uint64_t index) const { return Random(state_ ^ (index + 1) * 0xd1342543de82ef95u); }

  private:
    uint64_t state_;
};

}  // namespace ridgepoint::emulator
