#include "exec/cta.h"

#include "exec/launch_state.h"
#include "exec/observer.h"
#include "exec/stepper.h"

namespace ridgepoint::emulator {

Cta::Cta(const LaunchState& launch, WorkerState& worker)
    : launch_(launch),
      worker_(worker),
      shared_(launch.shared_bytes),
      async_(launch.environment.execution.completion, Random(0)) {
    for (uint32_t first = 0; first < launch.threads; first += LANES) {
        const uint32_t threads = std::min(LANES, launch.threads - first);
        const LaneMask lanes = threads == LANES ? ALL_LANES : (1u << threads) - 1;
        warps_.push_back(std::make_unique<Warp>(*this, first / LANES, lanes));
    }
}

void Cta::start(Dim3 position, Random random) {
    const Dim3 grid = launch_.config.grid;
    position_ = position;
    rank_ = position.x + (uint64_t)grid.x * (position.y + (uint64_t)grid.y * position.z);
    std::fill(shared_.begin(), shared_.end(), std::byte(0));
    barriers_ = Barriers();
    async_ = AsyncQueue(launch_.environment.execution.completion, random);
    extensions_ = Extensions();
    loaded_.clear();
    stored_.clear();
    live_threads_ = launch_.threads;
    cluster_ = {this};
    for (const auto& warp : warps_) warp->start();
    worker_.counters.ctas++;
    worker_.counters.warps += warps_.size();
    if (worker_.observer) worker_.observer->cta_starts(*this);
}

void Cta::exited(Warp& warp, LaneMask lanes) {
    if (worker_.observer) worker_.observer->exiting(warp, lanes);
    live_threads_ -= (uint32_t)__builtin_popcount(lanes);
    worker_.progress++;
    for (Barrier& barrier : barriers_) barrier.settle(live_threads_);
}

void Cta::end() {
    while (async_.finish_one()) continue;
    worker_.counters.global_loads.unique_sectors += loaded_.count();
    worker_.counters.global_stores.unique_sectors += stored_.count();
    if (worker_.observer) worker_.observer->cta_ends(*this);
    for (const auto& stepper : launch_.environment.steppers) stepper->cta_ends(*this);
}

bool Cta::finished() const { return live_threads_ == 0; }

}  // namespace ridgepoint::emulator
