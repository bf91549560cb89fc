#include "hazard/unused_loads.h"

#include <algorithm>

#include "decode/bit_set.h"

namespace ridgepoint::emulator {
namespace {

constexpr size_t MOST_REGISTERS = 8;  // of one load

bool loads(const Code& code, const InstructionSymbols& instruction) {
    if (instruction.writes.empty() || instruction.writes.size() > MOST_REGISTERS) return false;
    return std::any_of(code.ops.begin() + instruction.start, code.ops.begin() + instruction.end, [](const Op& op) {
        return op.kind == InstructionClass::LoadGlobal || op.kind == InstructionClass::LoadShared;
    });
}

// For every instruction, what each way from behind it reads before it writes it, of the registers with a number.
class Used {
  public:
    Used(const std::vector<InstructionSymbols>& instructions, const std::vector<uint32_t>& number, size_t registers)
        : instructions_(instructions), number_(number), none_(registers), before_(instructions.size(), BitSet(registers, true)) {
        for (bool changed = true; changed;) {
            changed = false;
            for (size_t i = instructions.size(); i-- > 0;) {
                BitSet now = behind(i);
                const InstructionSymbols& one = instructions[i];
                each(one.writes, [&](uint32_t reg) { now.clear(reg); });
                if (!one.guarded) each(one.reads, [&](uint32_t reg) { now.set(reg); });
                if (now == before_[i]) continue;
                before_[i] = now;
                changed = true;
            }
        }
    }

    BitSet behind(size_t i) const {
        const std::vector<uint32_t>& next = instructions_[i].next;
        if (next.empty()) return none_;
        BitSet all = before_[next[0]];
        for (size_t other = 1; other < next.size(); other++) all.keep(before_[next[other]]);
        return all;
    }

  private:
    template <class F>
    void each(const std::vector<uint32_t>& registers, F body) const {
        for (const uint32_t reg : registers) {
            if (number_[reg] != ~0u) body(number_[reg]);
        }
    }

    const std::vector<InstructionSymbols>& instructions_;
    const std::vector<uint32_t>& number_;
    const BitSet none_;
    std::vector<BitSet> before_;
};

}  // namespace

UnusedLoads::UnusedLoads(const Code& code, uint32_t function) : first_(code.functions[function].start) {
    const FunctionSymbols& symbols = code.symbols[function];
    const std::vector<InstructionSymbols>& instructions = symbols.instructions;
    std::vector<uint32_t> number(symbols.registers.size(), NONE);
    std::vector<size_t> all;
    uint32_t numbers = 0;
    for (size_t i = 0; i < instructions.size(); i++) {
        if (!loads(code, instructions[i])) continue;
        all.push_back(i);
        for (const uint32_t reg : instructions[i].writes) number[reg] = number[reg] == NONE ? numbers++ : number[reg];
    }
    if (all.empty()) return;

    const Used used(instructions, number, numbers);
    std::vector<bool> followed(symbols.registers.size()), is_load(instructions.size());
    for (const size_t i : all) {
        const BitSet behind = used.behind(i);
        const std::vector<uint32_t>& written = instructions[i].writes;
        if (std::any_of(written.begin(), written.end(), [&](uint32_t reg) { return behind.has(number[reg]); })) continue;
        is_load[i] = true;
        for (const uint32_t reg : written) followed[reg] = true;
    }

    load_.assign(instructions.back().end - first_, NONE);
    touch_ = load_;
    const auto of = [&](const std::vector<uint32_t>& registers) {
        std::vector<uint32_t> kept;
        std::copy_if(registers.begin(), registers.end(), std::back_inserter(kept), [&](uint32_t reg) { return followed[reg]; });
        return kept;
    };
    for (size_t i = 0; i < instructions.size(); i++) {
        const InstructionSymbols& one = instructions[i];
        Touch touch{of(one.reads), of(one.writes), one.among_lanes};
        if (one.start == one.end || (touch.reads.empty() && touch.writes.empty())) continue;
        const uint32_t index = (uint32_t)touches_.size();
        touches_.push_back(std::move(touch));
        touch_[one.start - first_] = index;
        if (is_load[i]) std::fill(load_.begin() + (one.start - first_), load_.begin() + (one.end - first_), index);
    }
}

}  // namespace ridgepoint::emulator
