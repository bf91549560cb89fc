// What alloca takes of each thread's private memory. It lies apart from the frames of calls, which all lanes of a frame have at one
// place, while every lane allocates as much as it likes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exec/op.h"

namespace ridgepoint::emulator {

// An extension of a Warp. Addresses are offsets in the local window.
class LocalStack {
  public:
    static constexpr uint64_t START = 0x8000'0000;  // above all frames
    static constexpr uint64_t BYTES = 512 * 1024;   // a thread's local memory, at most

    // `bytes` at a multiple of `align`, zero, for the function that runs at this depth of calls; 0 where they do not fit.
    uint64_t allocate(unsigned lane, uint64_t bytes, uint64_t align, uint32_t depth);
    // Where the newest piece ends: what restore() takes.
    uint64_t top(unsigned lane) const;
    // Ends all pieces that begin behind `top`; false where no top can have been there.
    bool restore(unsigned lane, uint64_t top);
    // The function at this depth returns: its pieces end.
    void leave(LaneMask lanes, uint32_t depth);
    // The bytes at an address; null unless they all lie in one piece.
    std::byte* find(unsigned lane, uint64_t address, uint64_t size);

  private:
    struct Piece {
        uint64_t address, size;
        uint32_t depth;
    };
    struct Lane {
        std::vector<Piece> pieces;  // ascending
        std::vector<std::byte> bytes;
    };
    Lane lanes_[LANES];
};

}  // namespace ridgepoint::emulator
