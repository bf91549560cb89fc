#include "decode/slots.h"

#include <algorithm>
#include <limits>
#include <queue>

#include "decode/bit_set.h"

namespace ridgepoint::emulator {
namespace {

struct Block {
    uint32_t first, last;  // instructions
    std::vector<uint32_t> successors;
    BitSet reads, writes, live_in, live_out;
    Block(uint32_t from, uint32_t to, size_t registers)
        : first(from), last(to), reads(registers), writes(registers), live_in(registers), live_out(registers) {}
};

struct Interval {
    uint32_t first = std::numeric_limits<uint32_t>::max();
    uint32_t last = 0;
    bool used() const { return first <= last; }
    void cover(uint32_t instruction) {
        first = std::min(first, instruction);
        last = std::max(last, instruction);
    }
};

std::vector<Block> blocks_of(const std::vector<Facts>& instructions, size_t registers) {
    const uint32_t count = (uint32_t)instructions.size();
    std::vector<bool> starts(count + 1, false);
    starts[0] = true;
    for (uint32_t i = 0; i < count; i++) {
        if (instructions[i].targets.empty() && instructions[i].falls_through) continue;
        starts[i + 1] = true;
        for (const uint32_t target : instructions[i].targets) starts[target] = true;
    }
    std::vector<Block> blocks;
    std::vector<uint32_t> block_of(count + 1, 0);
    for (uint32_t i = 0; i < count; i++) {
        if (starts[i]) blocks.emplace_back(i, i, registers);
        Block& block = blocks.back();
        block.last = i;
        block_of[i] = (uint32_t)blocks.size() - 1;
        for (const uint32_t reg : instructions[i].reads) {
            if (!block.writes.has(reg)) block.reads.set(reg);
        }
        if (instructions[i].guarded) continue;
        for (const uint32_t reg : instructions[i].writes) block.writes.set(reg);
    }
    for (Block& block : blocks) {
        const Facts& end = instructions[block.last];
        if (end.falls_through && block.last + 1 < count) block.successors.push_back(block_of[block.last + 1]);
        for (const uint32_t target : end.targets) {
            if (target < count) block.successors.push_back(block_of[target]);
        }
    }
    return blocks;
}

void flow(std::vector<Block>& blocks) {
    for (Block& block : blocks) block.live_in.add(block.reads);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = blocks.size(); i-- > 0;) {
            Block& block = blocks[i];
            bool grown = false;
            for (const uint32_t next : block.successors) grown |= block.live_out.add(blocks[next].live_in);
            if (grown) changed |= block.live_in.add(block.live_out, &block.writes);
        }
    }
}

std::vector<Interval> intervals_of(const std::vector<Facts>& instructions, size_t registers) {
    std::vector<Interval> intervals(registers);
    if (instructions.empty()) return intervals;
    std::vector<Block> blocks = blocks_of(instructions, registers);
    flow(blocks);
    for (const Block& block : blocks) {
        block.live_in.each([&](size_t reg) { intervals[reg].cover(block.first); });
        block.live_out.each([&](size_t reg) { intervals[reg].cover(block.last); });
    }
    for (uint32_t i = 0; i < instructions.size(); i++) {
        for (const uint32_t reg : instructions[i].reads) intervals[reg].cover(i);
        for (const uint32_t reg : instructions[i].writes) intervals[reg].cover(i);
    }
    return intervals;
}

// Slots of one width: the lowest free one is taken, so that few lines of cache are in use.
class Pool {
  public:
    uint32_t take(uint32_t now, uint32_t until) {
        while (!busy_.empty() && busy_.top().first < now) {
            free_.push(busy_.top().second);
            busy_.pop();
        }
        uint32_t slot = count_;
        if (free_.empty()) {
            count_++;
        } else {
            slot = free_.top();
            free_.pop();
        }
        busy_.emplace(until, slot);
        return slot;
    }
    uint32_t count() const { return count_; }

  private:
    typedef std::pair<uint32_t, uint32_t> Busy;  // last instruction, slot
    std::priority_queue<Busy, std::vector<Busy>, std::greater<Busy>> busy_;
    std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<uint32_t>> free_;
    uint32_t count_ = 0;
};

// Predicates, then 16, 32, 64 and 128 bits: each width has a part of the frame of its own.
unsigned width_class(Type type) {
    if (type == Type::Pred) return 0;
    switch (register_bits(type)) {
        case 16: return 1;
        case 32: return 2;
        case 64: return 3;
        default: return 4;
    }
}

constexpr uint32_t SLOT_BYTES[] = {sizeof(LaneMask), LANES * 2, LANES * 4, LANES * 8, LANES * 16};
constexpr unsigned WIDTHS = sizeof SLOT_BYTES / sizeof *SLOT_BYTES;

}  // namespace

Slots allocate_slots(const std::vector<Facts>& instructions, const std::vector<Type>& types) {
    const std::vector<Interval> intervals = intervals_of(instructions, types.size());
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < types.size(); i++) {
        if (intervals[i].used()) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return intervals[a].first < intervals[b].first; });
    Pool pools[WIDTHS];
    std::vector<uint32_t> slot(types.size(), 0);
    for (const uint32_t reg : order) {
        slot[reg] = pools[width_class(types[reg])].take(intervals[reg].first, intervals[reg].last);
    }
    uint32_t start[WIDTHS];
    Slots slots;
    for (unsigned i = 0; i < WIDTHS; i++) {
        start[i] = slots.frame_bytes;
        slots.frame_bytes += (pools[i].count() * SLOT_BYTES[i] + 63u) / 64u * 64u;
    }
    slots.refs.reserve(types.size());
    slots.lives.resize(types.size());
    for (uint32_t reg = 0; reg < types.size(); reg++) {
        const unsigned width = width_class(types[reg]);
        slots.refs.push_back(Ref::in_frame(start[width] + slot[reg] * SLOT_BYTES[width]));
        if (intervals[reg].used()) slots.lives[reg] = {intervals[reg].first, intervals[reg].last};
    }
    return slots;
}

}  // namespace ridgepoint::emulator
