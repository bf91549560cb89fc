// Addresses of device memory. The range that kernels see is reserved and never accessible, so that host code which
// follows a device pointer faults; the bytes lie in a second range of the same size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

namespace ridgepoint::emulator::driver {

// One for the process: contexts share it, so that a pointer of one means nothing in another.
class Arena {
  public:
    static Arena& instance();

    // Room for `size` bytes with a gap before and after that nothing else gets; the address is a multiple of 512 and
    // of nothing larger, as a kernel must not count on more. Throws DriverError if there is no room.
    uint64_t take(uint64_t size);

    // Gives pages back to the system; the addresses stay taken.
    void discard(uint64_t address, uint64_t size);

    // From now on the addresses may be taken again; that happens as late as possible.
    void release(uint64_t address);

    bool contains(uint64_t address) const { return address - base_ < SIZE; }

    // Where the byte of a device address lies.
    std::byte* host(uint64_t address) const { return host_ + (address - base_); }

  private:
    static constexpr uint64_t SIZE = 1ull << 40;
    static constexpr uint64_t PAGE = 4096;
    static constexpr uint64_t OFFSET = 512;         // of every allocation in its first page
    static constexpr uint64_t LEAST_GAP = 1 << 20;  // and as much as the allocation itself, but
    static constexpr uint64_t MOST_GAP = 1 << 30;

    Arena();
    // The start of the first hole of `room` bytes that begins at `from` or later; SIZE if there is none.
    uint64_t hole(uint64_t from, uint64_t room) const;

    uint64_t base_;
    std::byte* host_;
    std::mutex mutex_;
    std::map<uint64_t, uint64_t> taken_;  // start to end, gaps included, as offsets
    uint64_t next_ = 0;
};

}  // namespace ridgepoint::emulator::driver
