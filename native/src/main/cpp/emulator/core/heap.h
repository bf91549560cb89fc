// Memory that kernels allocate themselves, by malloc: pieces of one range of device memory, which lives as long as its context.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

namespace ridgepoint::emulator {

// Any number of threads may call all of it.
class Heap {
  public:
    static constexpr uint64_t ALIGNMENT = 16;

    Heap(uint64_t address, uint64_t bytes);

    // A word that is in nobody's piece: where malloc and free meet, so that what one thread has freed another may be given.
    uint64_t meeting() const { return address_; }
    // `bytes` that are in no other piece, at a multiple of 16; 0 where no room is that long. The room that was longest out of use first,
    // so that a use after free shows.
    uint64_t allocate(uint64_t bytes);
    // Ends the piece that begins there; false if none does.
    bool free(uint64_t address);
    // Whether all these bytes lie in one piece.
    bool holds(uint64_t address, uint64_t size) const;

  private:
    // The first room for `bytes` between `from` and `to`, with a gap before and behind; 0 if there is none.
    uint64_t room(uint64_t from, uint64_t to, uint64_t bytes) const;

    const uint64_t address_, end_;
    mutable std::mutex mutex_;
    std::map<uint64_t, uint64_t> pieces_;  // bytes, by address
    uint64_t next_;                        // behind the newest piece
};

}  // namespace ridgepoint::emulator
