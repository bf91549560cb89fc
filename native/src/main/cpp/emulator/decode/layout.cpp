#include "decode/layout.h"

#include <algorithm>
#include <set>

namespace ridgepoint::emulator {
namespace {

using ptx::Operand;
using ptx::SymbolRef;

// What the instructions of a function name.
struct Mentions {
    std::set<uint32_t> shared, functions;
    bool calls_by_pointer = false;

    void add(const Operand& operand) {
        if (operand.kind == Operand::Kind::Symbol) {
            if (operand.symbol.kind == SymbolRef::Kind::Shared) shared.insert(operand.symbol.index);
            if (operand.symbol.kind == SymbolRef::Kind::Function) functions.insert(operand.symbol.index);
            if (operand.symbol.kind == SymbolRef::Kind::Prototype) calls_by_pointer = true;
        }
        for (const Operand& element : operand.elements) add(element);
    }
};

std::vector<Mentions> mentions_of(const ptx::Module& module) {
    std::vector<Mentions> mentions(module.functions.size());
    for (size_t i = 0; i < module.functions.size(); i++) {
        for (const ptx::Instruction& instruction : module.functions[i].body) {
            for (const Operand& operand : instruction.operands) mentions[i].add(operand);
        }
    }
    return mentions;
}

// Shared variables of a function and of all it may call. A call by pointer may reach every function.
std::set<uint32_t> reach(const std::vector<Mentions>& mentions, const ptx::Module& module, uint32_t entry) {
    std::set<uint32_t> shared, visited;
    std::vector<uint32_t> open{entry};
    while (!open.empty()) {
        const uint32_t function = open.back();
        open.pop_back();
        if (!visited.insert(function).second) continue;
        const Mentions& own = mentions[function];
        shared.insert(own.shared.begin(), own.shared.end());
        open.insert(open.end(), own.functions.begin(), own.functions.end());
        for (uint32_t i = 0; own.calls_by_pointer && i < module.functions.size(); i++) {
            if (!module.functions[i].entry) open.push_back(i);
        }
    }
    return shared;
}

uint32_t place(uint32_t end, const ptx::Variable& variable) {
    return (end + variable.align - 1) / variable.align * variable.align;
}

}  // namespace

Layout lay_out_shared(const ptx::Module& module) {
    const std::vector<Mentions> mentions = mentions_of(module);
    std::vector<uint32_t> users(module.shared.size(), 0);
    for (size_t i = 0; i < mentions.size(); i++) {
        // A function's variable counts as shared by many: whoever calls it needs it at the same place.
        for (const uint32_t variable : mentions[i].shared) users[variable] += module.functions[i].entry ? 1 : 2;
    }
    Layout layout;
    layout.shared.assign(module.shared.size(), 0);
    layout.static_bytes.assign(module.functions.size(), 0);
    uint32_t common = 0;
    for (uint32_t i = 0; i < module.shared.size(); i++) {
        if (users[i] < 2 || module.shared[i].size == 0) continue;
        layout.shared[i] = place(common, module.shared[i]);
        common = layout.shared[i] + (uint32_t)module.shared[i].size;
    }
    for (uint32_t function = 0; function < module.functions.size(); function++) {
        if (!module.functions[function].entry) continue;
        const std::set<uint32_t> reached = reach(mentions, module, function);
        const bool needs_common = std::any_of(reached.begin(), reached.end(), [&](uint32_t i) { return users[i] > 1 && module.shared[i].size != 0; });
        uint32_t end = needs_common ? common : 0;
        for (const uint32_t i : reached) {
            if (users[i] > 1 || module.shared[i].size == 0) continue;
            layout.shared[i] = place(end, module.shared[i]);
            end = layout.shared[i] + (uint32_t)module.shared[i].size;
        }
        layout.static_bytes[function] = end;
    }
    return layout;
}

}  // namespace ridgepoint::emulator
