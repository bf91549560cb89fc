#include "exec/worker.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <iterator>
#include <numeric>
#include <string>

namespace ridgepoint::emulator {
namespace {

constexpr uint64_t STEADY_BUDGET = 1 << 14;    // operations of a warp before others have a turn, under seed 0
constexpr uint64_t RESTLESS_BUDGET = 96;       // at most, under other seeds
constexpr uint64_t COMPANY_AFTER = 1 << 19;    // calm operations after which another cluster is brought in
constexpr uint64_t POLLED_ROUNDS = 1 << 12;    // rounds in which all warps only polled before that is called a hang

Dim3 unflatten(uint64_t index, Dim3 extent) {
    return {(uint32_t)(index % extent.x), (uint32_t)(index / extent.x % extent.y),
            (uint32_t)(index / ((uint64_t)extent.x * extent.y))};
}

template <class T>
void shuffle(std::vector<T>& list, Random& random) {
    for (size_t i = list.size(); i > 1; i--) std::swap(list[i - 1], list[random.below(i)]);
}

}  // namespace

ClusterOrder::ClusterOrder(uint64_t clusters, const Execution& execution)
    : clusters_(clusters),
      count_(execution.ends == 0 || execution.ends >= clusters - clusters / 2 ? clusters : 2 * execution.ends) {
    if (execution.seed == 0) return;
    permutation_.resize(count_);
    std::iota(permutation_.begin(), permutation_.end(), 0);
    Random random(execution.seed);
    shuffle(permutation_, random);
}

std::optional<uint64_t> ClusterOrder::next() {
    const uint64_t place = next_++;
    if (place >= count_ || stopped(place)) return std::nullopt;
    return place;
}

uint64_t ClusterOrder::cluster_at(uint64_t place) const {
    const uint64_t nth = permutation_.empty() ? place : permutation_[place];
    // The second half of those that run are the last of all.
    return count_ < clusters_ && nth >= count_ / 2 ? clusters_ - (count_ - nth) : nth;
}

void ClusterOrder::stop_after(uint64_t place) {
    uint64_t last = last_.load();
    while (place < last && !last_.compare_exchange_weak(last, place)) continue;
}

Worker::Worker(const LaunchState& launch, ClusterOrder& order) : launch_(launch), order_(order) {
    state_.sites.resize(launch.code.ops.size());
}

std::unique_ptr<Cta> Worker::vacant_cta() {
    if (idle_.empty()) return std::make_unique<Cta>(launch_, state_);
    std::unique_ptr<Cta> cta = std::move(idle_.back());
    idle_.pop_back();
    return cta;
}

bool Worker::admit() {
    const auto place = order_.next();
    if (!place) return false;
    const uint64_t index = order_.cluster_at(*place);
    const Dim3 shape = launch_.cluster;
    const Dim3 grid = launch_.config.grid;
    const Dim3 first = unflatten(index, {grid.x / shape.x, grid.y / shape.y, grid.z / shape.z});
    const Random random = Random(launch_.environment.execution.seed).fork(index);
    auto resident = std::make_unique<Resident>(*place, random);
    if (launch_.environment.observer) resident->observer = launch_.environment.observer();
    state_.observer = resident->observer.get();
    std::vector<Cta*> members;
    for (uint64_t rank = 0; rank < shape.count(); rank++) {
        const Dim3 in = unflatten(rank, shape);
        const Dim3 at{first.x * shape.x + in.x, first.y * shape.y + in.y, first.z * shape.z + in.z};
        resident->ctas.push_back(vacant_cta());
        members.push_back(resident->ctas.back().get());
        members.back()->start(at, random.fork(rank));
    }
    for (Cta* member : members) member->join_cluster(members);
    residents_.push_back(std::move(resident));
    return true;
}

uint64_t Worker::budget(Random& random) const {
    return launch_.environment.execution.seed == 0 ? STEADY_BUDGET : 1 + random.below(RESTLESS_BUDGET);
}

// Gives every warp of a cluster one turn.
Worker::Round Worker::round(Resident& resident) {
    state_.observer = resident.observer.get();
    std::vector<Warp*> warps;
    for (const auto& cta : resident.ctas) {
        for (const auto& warp : cta->warps()) {
            if (!warp->finished()) warps.push_back(warp.get());
        }
    }
    if (launch_.environment.execution.seed != 0) shuffle(warps, resident.random);
    Round outcome = Round::Stuck;
    for (Warp* warp : warps) {
        const uint64_t before = warp->executed();
        const Warp::State state = warp->run(budget(resident.random));
        state_.clock += warp->executed() - before;
        if (state == Warp::State::Ready || state == Warp::State::Finished) outcome = Round::Ran;
        if (state == Warp::State::Yielded && outcome == Round::Stuck) outcome = Round::Polled;
        warp->cta().async().drift();
    }
    return outcome;
}

// Lets clusters go that have finished; whether any did.
bool Worker::retire() {
    const auto finished = [](const std::unique_ptr<Resident>& resident) {
        return std::all_of(resident->ctas.begin(), resident->ctas.end(), [](const auto& cta) { return cta->finished(); });
    };
    bool any = false;
    for (const auto& resident : residents_) {
        if (!finished(resident)) continue;
        state_.observer = resident->observer.get();
        for (const auto& cta : resident->ctas) cta->end();
        any = true;
    }
    if (!any) return false;
    const auto over = std::stable_partition(residents_.begin(), residents_.end(), std::not_fn(finished));
    for (auto resident = over; resident != residents_.end(); ++resident) {
        std::move((*resident)->ctas.begin(), (*resident)->ctas.end(), std::back_inserter(idle_));
    }
    residents_.erase(over, residents_.end());
    return true;
}

// What can be done when no warp gets anywhere by itself: completing asynchronous work.
bool Worker::help_out() {
    for (const auto& resident : residents_) {
        state_.observer = resident->observer.get();
        for (const auto& cta : resident->ctas) {
            if (cta->async().finish_one()) return true;
        }
    }
    return false;
}

void Worker::watch(Round outcome) {
    launch_.progress.fetch_add(state_.progress, std::memory_order_relaxed);
    state_.progress = 0;
    const uint64_t progress = launch_.progress.load(std::memory_order_relaxed);
    if (progress != seen_progress_) {
        seen_progress_ = progress;
        calm_since_ = state_.clock;
        polled_rounds_ = 0;
    }
    if (outcome == Round::Ran && state_.clock - calm_since_ < COMPANY_AFTER) return;
    if (outcome != Round::Ran && help_out()) {
        polled_rounds_ = 0;
        return;
    }
    if (outcome == Round::Stuck) hang("deadlock: nothing can run");
    // Others may depend on clusters that have not started, as they do on hardware, which runs some at once.
    if (residents_.size() < launch_.environment.device.processors && admit()) {
        calm_since_ = state_.clock;
        polled_rounds_ = 0;
        return;
    }
    if (outcome != Round::Ran && ++polled_rounds_ > POLLED_ROUNDS) hang("hang: what is polled never comes");
    if (state_.clock - calm_since_ > launch_.environment.execution.stall_limit) {
        hang("hang: no progress, that is no store, barrier or exit, for as many warp-instructions as the stall limit says");
    }
}

void Worker::hang(const char* what) const {
    Fault fault;
    fault.kind = FaultKind::LaunchTimeout;
    fault.what = what;
    fault.kernel = launch_.kernel.name;
    bool first = true;
    for (const auto& resident : residents_) {
        for (const auto& cta : resident->ctas) {
            if (cta->finished()) continue;
            const Dim3 at = cta->position();
            if (first) fault.block = at;
            fault.details += "block (" + std::to_string(at.x) + ", " + std::to_string(at.y) + ", " +
                             std::to_string(at.z) + "):\n";
            for (const auto& warp : cta->warps()) {
                if (warp->finished()) continue;
                if (first) fault.line = warp->line();
                first = false;
                fault.details += warp->report();
            }
        }
    }
    fault.source = launch_.code.source(fault.line);
    throw fault;
}

void Worker::run() {
    uint64_t place = 0;
    try {
        if (launch_.config.cooperative) {
            while (admit()) continue;
        } else {
            admit();
        }
        while (!residents_.empty()) {
            Round outcome = Round::Stuck;
            for (size_t i = 0; i < residents_.size(); i++) {
                place = residents_[i]->place;
                if (order_.stopped(place)) return;
                outcome = std::min(outcome, round(*residents_[i]));
            }
            if (retire()) {
                if (residents_.empty()) admit();
            } else {
                place = residents_.front()->place;
                watch(outcome);
            }
        }
    } catch (const Fault& fault) {
        stop(place, fault);
    } catch (const std::exception& error) {
        // Out of memory, or a mistake of the emulator's: the kernel fails, the process lives.
        Fault fault;
        fault.kind = FaultKind::LaunchFailed;
        fault.what = std::string("the emulator failed: ") + error.what();
        fault.kernel = launch_.kernel.name;
        stop(place, fault);
    }
}

void Worker::stop(uint64_t place, const Fault& fault) {
    fault_ = PlacedFault{place, fault};
    order_.stop_after(place);
}

}  // namespace ridgepoint::emulator
