// Runs CTAs on one thread: takes clusters in the order of the launch, switches between warps, and tells a hang from
// work.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/fault.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/observer.h"
#include "exec/random.h"

namespace ridgepoint::emulator {

// Hands out the clusters that run, in an order drawn from the seed; shared by the workers of a launch.
class ClusterOrder {
  public:
    ClusterOrder(uint64_t clusters, const Execution& execution);
    // Place in the order of the next cluster, or nothing.
    std::optional<uint64_t> next();
    uint64_t cluster_at(uint64_t place) const;
    // How many run.
    uint64_t count() const { return count_; }
    // After a fault at `place`, later clusters need not run: the first fault in order is the one reported.
    void stop_after(uint64_t place);
    bool stopped(uint64_t place) const { return place > last_.load(std::memory_order_relaxed); }

  private:
    uint64_t clusters_;  // of the launch
    uint64_t count_;
    std::vector<uint64_t> permutation_;  // empty: ascending
    std::atomic<uint64_t> next_{0};
    std::atomic<uint64_t> last_{~0ull};
};

struct PlacedFault {
    uint64_t place;
    Fault fault;
};

// On cache lines of its own: workers stand side by side and count all the time.
class alignas(64) Worker {
  public:
    Worker(const LaunchState& launch, ClusterOrder& order);
    // Runs until no cluster is left.
    void run();

    const WorkerState& state() const { return state_; }
    const std::optional<PlacedFault>& fault() const { return fault_; }

  private:
    struct Resident {
        uint64_t place;
        std::vector<std::unique_ptr<Cta>> ctas;
        std::unique_ptr<Observer> observer;
        Random random;
        explicit Resident(uint64_t at, Random its_random) : place(at), random(its_random) {}
    };
    enum class Round { Ran, Polled, Stuck };

    bool admit();
    std::unique_ptr<Cta> vacant_cta();
    Round round(Resident& resident);
    bool retire();
    bool help_out();
    void watch(Round outcome);
    uint64_t budget(Random& random) const;
    [[noreturn]] void hang(const char* what) const;
    void stop(uint64_t place, const Fault& fault);

    const LaunchState& launch_;
    ClusterOrder& order_;
    WorkerState state_;
    std::vector<std::unique_ptr<Resident>> residents_;
    std::vector<std::unique_ptr<Cta>> idle_;  // of residents that are over, for those to come
    std::optional<PlacedFault> fault_;
    uint64_t seen_progress_ = 0;   // the launch's, when it last changed
    uint64_t calm_since_ = 0;      // clock at that time
    uint64_t polled_rounds_ = 0;   // in a row, without progress
};

}  // namespace ridgepoint::emulator
