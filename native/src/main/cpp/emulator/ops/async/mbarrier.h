// The mbarrier object: 8 bytes of shared memory that count arrivals and bytes still to come.
//
//     bits   0..19  arrivals that every phase expects
//     bits  20..39  arrivals still pending in this phase
//     bits  40..60  bytes still to come, two's complement: copies may complete before they are announced
//     bit       61  parity of the phase
//     bits  62..63  10 in a valid object
//
// A phase is over when neither arrivals nor bytes are pending; the next then expects all arrivals again. The token that
// an arrival returns is the object as it was before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ridgepoint::emulator {

class MBarrier {
  public:
    static constexpr uint32_t MOST_ARRIVALS = (1u << 20) - 1;
    static constexpr int64_t MOST_BYTES = (1 << 20) - 1;

    // `bytes` lie in shared memory, aligned.
    explicit MBarrier(std::byte* bytes) : bytes_(bytes) { std::memcpy(&state_, bytes, sizeof state_); }

    uint64_t state() const { return state_; }
    bool valid() const { return state_ >> 62 == 2; }
    unsigned parity() const { return parity_of(state_); }
    uint32_t expected() const { return (uint32_t)state_ & MOST_ARRIVALS; }
    uint32_t pending() const { return pending_of(state_); }
    int64_t bytes_to_come() const { return (int64_t)(state_ << 3) >> 43; }
    static unsigned parity_of(uint64_t token) { return token >> 61 & 1; }
    static uint32_t pending_of(uint64_t token) { return (uint32_t)(token >> 20) & MOST_ARRIVALS; }

    // Each answers what forbids it, or null once it is done.
    const char* initialise(uint64_t arrivals);
    const char* invalidate();
    const char* arrive(uint64_t arrivals, bool may_complete = true);
    const char* arrive_and_drop(uint64_t arrivals, bool may_complete = true);
    const char* expect_bytes(uint64_t bytes);
    const char* complete_bytes(uint64_t bytes);
    // One arrival more in this phase only, which a copy will make: cp.async.mbarrier.arrive without .noinc.
    const char* add_pending();

  private:
    void store(uint64_t expected, uint64_t pending, int64_t bytes, unsigned parity);
    void settle(uint64_t expected, uint64_t pending, int64_t bytes);

    std::byte* bytes_;
    uint64_t state_;
};

}  // namespace ridgepoint::emulator
