#include "core/counters.h"

namespace ridgepoint::emulator {
namespace {

void add_to(Executed& sum, const Executed& other) {
    sum.warps += other.warps;
    sum.lanes += other.lanes;
}

void add_to(GlobalTraffic& sum, const GlobalTraffic& other) {
    sum.requests += other.requests;
    sum.bytes += other.bytes;
    sum.sectors += other.sectors;
    sum.unique_sectors += other.unique_sectors;
}

void add_to(SharedTraffic& sum, const SharedTraffic& other) {
    sum.requests += other.requests;
    sum.wavefronts += other.wavefronts;
    sum.ideal_wavefronts += other.ideal_wavefronts;
}

constexpr const char* NAMES[] = {
    "integer", "logic", "compare", "float32", "float64", "half", "special", "convert", "move", "load_global",
    "store_global", "load_shared", "store_shared", "load_other", "store_other", "atomic", "warp_wide", "barrier",
    "fence", "control", "matrix", "async", "other",
};
static_assert(sizeof NAMES / sizeof *NAMES == INSTRUCTION_CLASSES, "a name for every class");

}  // namespace

const char* name(InstructionClass kind) { return NAMES[(size_t)kind]; }

void Counters::add(const Counters& other) {
    for (size_t i = 0; i < instructions.size(); i++) add_to(instructions[i], other.instructions[i]);
    add_to(global_loads, other.global_loads);
    add_to(global_stores, other.global_stores);
    add_to(shared_loads, other.shared_loads);
    add_to(shared_stores, other.shared_stores);
    atomics_global += other.atomics_global;
    atomics_shared += other.atomics_shared;
    barriers += other.barriers;
    divergent_branches += other.divergent_branches;
    async_bytes += other.async_bytes;
    ctas += other.ctas;
    warps += other.warps;
    for (const auto& [key, value] : other.named) named[key] += value;
    for (const auto& [line, executed] : other.lines) add_to(lines[line], executed);
}

uint64_t Counters::warp_instructions() const {
    uint64_t sum = 0;
    for (const Executed& executed : instructions) sum += executed.warps;
    return sum;
}

}  // namespace ridgepoint::emulator
