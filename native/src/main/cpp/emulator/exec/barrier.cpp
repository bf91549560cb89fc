#include "exec/barrier.h"

namespace ridgepoint::emulator {

void Barrier::arrive(uint32_t threads, uint32_t expected, const Votes& votes) {
    arrived_ += threads;
    expected_ = expected;
    votes_.count += votes.count;
    votes_.all = votes_.all && votes.all;
    votes_.any = votes_.any || votes.any;
}

bool Barrier::settle(uint32_t live_threads) {
    if (arrived_ == 0 || arrived_ < expected(live_threads)) return false;
    arrived_ = 0;
    expected_ = 0;
    outcome_ = votes_;
    votes_ = Votes();
    phase_++;
    return true;
}

}  // namespace ridgepoint::emulator
