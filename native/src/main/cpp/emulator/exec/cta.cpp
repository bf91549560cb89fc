#include "exec/cta.h"

#include "exec/launch_state.h"
#include "exec/observer.h"

namespace ridgepoint::emulator {

Cta::Cta(const LaunchState& launch, WorkerState& worker, Dim3 position, Random random)
    : launch_(launch),
      worker_(worker),
      position_(position),
      rank_(position.x + (uint64_t)launch.config.grid.x * (position.y + (uint64_t)launch.config.grid.y * position.z)),
      shared_(launch.shared_bytes),
      async_(launch.environment.execution.completion, random),
      live_threads_(launch.threads),
      cluster_{this} {
    for (uint32_t first = 0; first < launch.threads; first += LANES) {
        const uint32_t threads = std::min(LANES, launch.threads - first);
        const LaneMask lanes = threads == LANES ? ALL_LANES : (1u << threads) - 1;
        warps_.push_back(std::make_unique<Warp>(*this, first / LANES, lanes));
    }
    worker.counters.ctas++;
    worker.counters.warps += warps_.size();
    if (worker.observer) worker.observer->cta_starts(*this);
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
}

bool Cta::finished() const { return live_threads_ == 0; }

}  // namespace ridgepoint::emulator
