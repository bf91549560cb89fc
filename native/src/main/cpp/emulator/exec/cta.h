// A block of threads: its shared memory, barriers, outstanding asynchronous work, and its place in the launch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/launch.h"
#include "exec/async.h"
#include "exec/barrier.h"
#include "exec/extension.h"
#include "exec/sectors.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

class Observer;
struct LaunchState;
struct WorkerState;

class Cta {
  public:
    Cta(const LaunchState& launch, WorkerState& worker);
    Cta(const Cta&) = delete;

    // Begins the block at `position`, with everything as in a new one. A worker runs most of its blocks in one Cta.
    void start(Dim3 position, Random random);

    const LaunchState& launch() const { return launch_; }
    WorkerState& worker() { return worker_; }
    Dim3 position() const { return position_; }  // %ctaid
    uint64_t rank() const { return rank_; }      // %ctaid, linear

    // The shared window: address 0 is shared()[0]; what the system reserves comes first.
    std::byte* shared() { return shared_.data(); }
    uint32_t shared_bytes() const { return (uint32_t)shared_.size(); }

    Barriers& barriers() { return barriers_; }
    const Barriers& barriers() const { return barriers_; }
    AsyncQueue& async() { return async_; }
    Extensions& extensions() { return extensions_; }
    std::vector<std::unique_ptr<Warp>>& warps() { return warps_; }

    // Sectors of global memory touched so far.
    SectorSet& loaded() { return loaded_; }
    SectorSet& stored() { return stored_; }

    uint32_t live_threads() const { return live_threads_; }
    // Lanes of a warp have ended: barriers no longer wait for them.
    void exited(Warp& warp, LaneMask lanes);
    bool finished() const;
    // Once finished: completes what is outstanding and hands the counts over.
    void end();

    // CTAs of the same cluster by rank in it, this one included.
    const std::vector<Cta*>& cluster() const { return cluster_; }
    void join_cluster(std::vector<Cta*> cluster) { cluster_ = std::move(cluster); }

  private:
    const LaunchState& launch_;
    WorkerState& worker_;
    Dim3 position_;
    uint64_t rank_ = 0;
    std::vector<std::byte> shared_;
    Barriers barriers_;
    AsyncQueue async_;
    Extensions extensions_;
    SectorSet loaded_, stored_;
    uint32_t live_threads_ = 0;
    std::vector<std::unique_ptr<Warp>> warps_;
    std::vector<Cta*> cluster_;
};

}  // namespace ridgepoint::emulator
