// The 16 named barriers of a CTA.
#pragma once

#include <array>
#include <cstdint>

namespace ridgepoint::emulator {

constexpr unsigned BARRIERS = 16;

// What bar.red computes over the threads that arrive.
struct Votes {
    uint32_t count = 0;  // of true predicates
    bool all = true;
    bool any = false;
};

// Arrivals are counted in threads. A barrier completes when as many have arrived as it expects; its phase then advances.
class Barrier {
  public:
    // `expected` is 0 for every live thread of the CTA.
    void arrive(uint32_t threads, uint32_t expected, const Votes& votes = {});
    // Completes the phase if enough have arrived.
    bool settle(uint32_t live_threads);

    bool in_progress() const { return arrived_ != 0; }
    uint32_t arrived() const { return arrived_; }
    uint32_t expected(uint32_t live_threads) const { return expected_ == 0 ? live_threads : expected_; }
    uint64_t phase() const { return phase_; }
    const Votes& outcome() const { return outcome_; }  // of the phase that completed last

  private:
    uint32_t expected_ = 0;
    uint32_t arrived_ = 0;
    uint64_t phase_ = 0;
    Votes votes_, outcome_;
};

typedef std::array<Barrier, BARRIERS> Barriers;

}  // namespace ridgepoint::emulator
