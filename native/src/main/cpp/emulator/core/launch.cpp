#include "core/launch.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "exec/launch_state.h"
#include "exec/stepper.h"
#include "exec/worker.h"

namespace ridgepoint::emulator {
namespace {

constexpr int INVALID_VALUE = 1;
constexpr int INVALID_CLUSTER_SIZE = 912;
constexpr int COOPERATIVE_LAUNCH_TOO_LARGE = 720;
constexpr uint32_t SHARED_ALIGNMENT = 16;
constexpr uint64_t LARGEST_CLUSTER = 16;
constexpr uint64_t MOST_RESIDENT_THREADS = 2048;

uint32_t aligned(uint32_t value, uint32_t to) { return (value + to - 1) / to * to; }

std::string text(Dim3 d) { return std::to_string(d.x) + "x" + std::to_string(d.y) + "x" + std::to_string(d.z); }

// The cluster shape a launch runs with: its own, or the kernel's where it leaves that open.
Dim3 cluster_of(const Kernel& kernel, const LaunchConfig& config) {
    return config.cluster.count() == 1 && kernel.cluster.count() > 0 ? kernel.cluster : config.cluster;
}

bool same(Dim3 a, Dim3 b) { return a.x == b.x && a.y == b.y && a.z == b.z; }

std::optional<Objection> objection_to_block(const Kernel& kernel, const LaunchConfig& config) {
    const Dim3 block = config.block;
    if (block.count() == 0 || block.x > 1024 || block.y > 1024 || block.z > 64 || block.count() > 1024) {
        return Objection{INVALID_VALUE, "block " + text(block) + " is empty or beyond 1024x1024x64 and 1024 threads"};
    }
    if (block.count() > kernel.max_threads) {
        return Objection{INVALID_VALUE, "block " + text(block) + " has more threads than the kernel's " +
                                            std::to_string(kernel.max_threads)};
    }
    if (kernel.required_block.count() != 0 && !same(block, kernel.required_block)) {
        return Objection{INVALID_VALUE, "block " + text(block) + " is not the " + text(kernel.required_block) +
                                            " that the kernel requires"};
    }
    return std::nullopt;
}

std::optional<Objection> objection_to_cluster(const Kernel& kernel, const LaunchConfig& config) {
    const Dim3 cluster = cluster_of(kernel, config);
    if (kernel.cluster.count() > 0 && !same(cluster, kernel.cluster)) {
        return Objection{INVALID_CLUSTER_SIZE, "cluster " + text(cluster) + " is not the kernel's " + text(kernel.cluster)};
    }
    if (cluster.count() == 0 || cluster.count() > LARGEST_CLUSTER || config.grid.x % cluster.x != 0 ||
        config.grid.y % cluster.y != 0 || config.grid.z % cluster.z != 0) {
        return Objection{INVALID_CLUSTER_SIZE, "grid " + text(config.grid) + " is not made of clusters " + text(cluster)};
    }
    return std::nullopt;
}

// Counts of the operations become counts of instructions, by class and by line.
void add_sites(Counters& counters, const Code& code, const std::vector<Executed>& sites) {
    for (size_t pc = 0; pc < sites.size(); pc++) {
        if (sites[pc].warps == 0 || !code.ops[pc].counted) continue;
        for (Executed* sum : {&counters.instructions[(size_t)code.ops[pc].kind], &counters.lines[code.lines[pc]]}) {
            sum->warps += sites[pc].warps;
            sum->lanes += sites[pc].lanes;
        }
    }
}

}  // namespace

std::optional<Objection> objection(const Kernel& kernel, const LaunchConfig& config, const DeviceTraits& device) {
    const Dim3 grid = config.grid;
    if (grid.count() == 0 || grid.x > 0x7fffffffu || grid.y > 65535 || grid.z > 65535) {
        return Objection{INVALID_VALUE, "grid " + text(grid) + " is empty or beyond 2147483647x65535x65535"};
    }
    if (const auto block = objection_to_block(kernel, config)) return block;
    if (const auto cluster = objection_to_cluster(kernel, config)) return cluster;
    const uint64_t shared = (uint64_t)kernel.static_shared + config.dynamic_shared;
    if (shared > device.max_shared_per_block) {
        return Objection{INVALID_VALUE, std::to_string(shared) + " bytes of shared memory are more than the device's " +
                                            std::to_string(device.max_shared_per_block)};
    }
    if (config.parameters.size() != kernel.parameter_bytes) {
        return Objection{INVALID_VALUE, std::to_string(config.parameters.size()) + " bytes of parameters, the kernel has " +
                                            std::to_string(kernel.parameter_bytes)};
    }
    if (config.cooperative && grid.count() * config.block.count() > MOST_RESIDENT_THREADS * device.processors) {
        return Objection{COOPERATIVE_LAUNCH_TOO_LARGE, "grid " + text(grid) + " cannot be resident at once"};
    }
    return std::nullopt;
}

LaunchResult launch(const Program& program, const Kernel& kernel, const LaunchConfig& config,
                    const Environment& environment) {
    if (const auto wrong = objection(kernel, config, environment.device)) throw std::invalid_argument(wrong->reason);

    const Code& code = program.module().code();
    for (const auto& stepper : environment.steppers) stepper->launch_starts(code, kernel);
    const std::vector<Op> steps = stepped(code, environment.steppers);
    LaunchState state{program, code, steps.empty() ? code.ops.data() : steps.data(), kernel, config, environment};
    state.cluster = cluster_of(kernel, config);
    state.threads = (uint32_t)config.block.count();
    state.dynamic_shared = RESERVED_SHARED + aligned(kernel.static_shared, SHARED_ALIGNMENT);
    state.shared_bytes = state.dynamic_shared + config.dynamic_shared;

    ClusterOrder order(config.grid.count() / state.cluster.count(), environment.execution);
    // CTAs that may wait for each other run on one thread, in turns.
    const uint64_t threads = config.cooperative ? 1 : std::min<uint64_t>(environment.execution.threads, order.count());
    std::vector<Worker> workers;
    workers.reserve(threads);
    for (uint64_t i = 0; i < std::max<uint64_t>(threads, 1); i++) workers.emplace_back(state, order);
    std::vector<std::thread> others;
    for (size_t i = 1; i < workers.size(); i++) others.emplace_back(&Worker::run, &workers[i]);
    workers[0].run();
    for (std::thread& other : others) other.join();

    LaunchResult result;
    const PlacedFault* first = nullptr;
    for (const Worker& worker : workers) {
        result.counters.add(worker.state().counters);
        add_sites(result.counters, code, worker.state().sites);
        const auto& fault = worker.fault();
        if (fault && (first == nullptr || fault->place < first->place)) first = &*fault;
    }
    if (first != nullptr) result.fault = first->fault;
    for (const auto& stepper : environment.steppers) stepper->launch_ends(state);
    return result;
}

}  // namespace ridgepoint::emulator
