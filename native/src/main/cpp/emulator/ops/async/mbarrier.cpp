#include "ops/async/mbarrier.h"

namespace ridgepoint::emulator {
namespace {

constexpr const char* INVALID = "no mbarrier lies here: it was never initialised, or its 8 bytes have been written over";
constexpr const char* BAD_COUNT = "an mbarrier counts 1 to 1048575 arrivals";
constexpr const char* BAD_BYTES = "an mbarrier counts at most 1048575 bytes to come";

}  // namespace

void MBarrier::store(uint64_t expected, uint64_t pending, int64_t bytes, unsigned parity) {
    state_ = 2ull << 62 | (uint64_t)parity << 61 | ((uint64_t)bytes & 0x1fffff) << 40 | pending << 20 | expected;
    std::memcpy(bytes_, &state_, sizeof state_);
}

// Ends the phase if nothing is pending.
void MBarrier::settle(uint64_t expected, uint64_t pending, int64_t bytes) {
    const bool over = pending == 0 && bytes == 0;
    store(expected, over ? expected : pending, bytes, over ? parity() ^ 1 : parity());
}

const char* MBarrier::initialise(uint64_t arrivals) {
    if (arrivals == 0 || arrivals > MOST_ARRIVALS) return BAD_COUNT;
    if (valid() && (pending() != expected() || bytes_to_come() != 0)) return "an mbarrier is initialised again while a phase is under way";
    store(arrivals, arrivals, 0, 0);
    return nullptr;
}

const char* MBarrier::invalidate() {
    if (!valid()) return INVALID;
    state_ = 0;
    std::memcpy(bytes_, &state_, sizeof state_);
    return nullptr;
}

const char* MBarrier::arrive(uint64_t arrivals, bool may_complete) {
    if (!valid()) return INVALID;
    if (arrivals == 0 || arrivals > MOST_ARRIVALS) return BAD_COUNT;
    if (arrivals > pending()) return "more arrivals than the mbarrier's phase has pending";
    if (!may_complete && arrivals == pending() && bytes_to_come() == 0) return "an arrival with .noComplete would complete the phase";
    settle(expected(), pending() - arrivals, bytes_to_come());
    return nullptr;
}

const char* MBarrier::arrive_and_drop(uint64_t arrivals, bool may_complete) {
    if (!valid()) return INVALID;
    if (arrivals > expected()) return "more threads leave the mbarrier than it expects";
    const uint64_t before = state_;
    store(expected() - arrivals, pending(), bytes_to_come(), parity());
    const char* wrong = arrive(arrivals, may_complete);
    if (wrong != nullptr) {
        state_ = before;
        std::memcpy(bytes_, &state_, sizeof state_);
    }
    return wrong;
}

const char* MBarrier::expect_bytes(uint64_t bytes) {
    if (!valid()) return INVALID;
    if (bytes > (uint64_t)MOST_BYTES || bytes_to_come() + (int64_t)bytes > MOST_BYTES) return BAD_BYTES;
    store(expected(), pending(), bytes_to_come() + (int64_t)bytes, parity());
    return nullptr;
}

const char* MBarrier::complete_bytes(uint64_t bytes) {
    if (!valid()) return INVALID;
    if (bytes > (uint64_t)MOST_BYTES || bytes_to_come() - (int64_t)bytes < -MOST_BYTES) return BAD_BYTES;
    settle(expected(), pending(), bytes_to_come() - (int64_t)bytes);
    return nullptr;
}

const char* MBarrier::add_pending() {
    if (!valid()) return INVALID;
    if (pending() == MOST_ARRIVALS) return BAD_COUNT;
    store(expected(), pending() + 1, bytes_to_come(), parity());
    return nullptr;
}

}  // namespace ridgepoint::emulator
