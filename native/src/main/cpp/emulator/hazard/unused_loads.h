// Which loads of a kernel bring what some way through it never uses.
#pragma once

#include <cstdint>
#include <vector>

#include "decode/code.h"

namespace ridgepoint::emulator {

// Only loads by the kernel itself, not by functions it calls, are looked at: those count as used.
class UnusedLoads {
  public:
    // What an instruction does to registers that such loads write, by their numbers in the function's symbols.
    struct Touch {
        std::vector<uint32_t> reads, writes;
        bool among_lanes = false;
    };

    UnusedLoads() = default;
    UnusedLoads(const Code& code, uint32_t function);

    // Of the load that an operation belongs to; null where every way uses it, or overwrites none of its registers before.
    const Touch* load(uint32_t pc) const { return at(load_, pc); }
    // Of the instruction that begins with this operation; null where it touches none.
    const Touch* touch(uint32_t pc) const { return at(touch_, pc); }

  private:
    static constexpr uint32_t NONE = ~0u;
    const Touch* at(const std::vector<uint32_t>& where, uint32_t pc) const {
        const uint32_t within = pc - first_;  // wraps around before it
        return within < where.size() && where[within] != NONE ? &touches_[where[within]] : nullptr;
    }

    uint32_t first_ = 0;
    std::vector<uint32_t> load_, touch_;  // by pc, from the function's first: indices of touches_
    std::vector<Touch> touches_;
};

}  // namespace ridgepoint::emulator
