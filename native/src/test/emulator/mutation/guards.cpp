#include "mutation/guards.h"

#include <algorithm>
#include <set>

namespace mutation {
namespace {

typedef std::set<uint32_t> Registers;

bool mentions(const ptx::Operand& operand, const Registers& registers) {
    if (operand.kind == ptx::Operand::Kind::Register && registers.count(operand.index) != 0) return true;
    return std::any_of(operand.elements.begin(), operand.elements.end(), [&](const ptx::Operand& e) { return mentions(e, registers); });
}

void insert(Registers& registers, const ptx::Operand& operand) {
    if (operand.kind == ptx::Operand::Kind::Register) registers.insert(operand.index);
    for (const ptx::Operand& element : operand.elements) insert(registers, element);
}

// Reads, writes or synchronises memory; parameters do not count.
bool touches_memory(const Statement& s) {
    for (const char* each : {"ld", "st", "atom", "red", "cp", "bar", "barrier", "mbarrier", "ldmatrix"}) {
        if (root(s) == each) return !has(s, "param");
    }
    return false;
}

bool is_comparison_of_integers(const Statement& s) {
    static const std::set<std::string_view> types{"s16", "u16", "b16", "s32", "u32", "b32", "s64", "u64", "b64"};
    return root(s) == "setp" && types.count(s.parsed->modifiers.back()) != 0;
}

// Whether one of the registers says where memory is accessed, or how much of it; the value stored does not count.
bool addresses(const Statement& s, const Registers& registers) {
    if (!touches_memory(s)) return false;
    const auto& operands = s.parsed->operands;
    const bool stores = root(s) == "st";
    return std::any_of(operands.begin(), operands.end(), [&](const ptx::Operand& operand) {
        return (!stores || operand.kind == ptx::Operand::Kind::Address) && mentions(operand, registers);
    });
}

Decides by_branch(const Listing& listing, const Statement& branch) {
    const size_t target = listing.target(branch);
    const auto& all = listing.statements();
    const size_t from = std::min(branch.index, target), to = std::max(branch.index, target);
    if (!std::any_of(all.begin() + (ptrdiff_t)from, all.begin() + (ptrdiff_t)to, touches_memory)) return Decides::Nothing;
    return target <= branch.index ? Decides::Rounds : Decides::Access;
}

// What one statement does with the outcome; adds to `registers` what it computes from it.
Decides effect(const Listing& listing, const Statement& s, Registers& registers) {
    const ptx::Instruction& parsed = *s.parsed;
    const bool guarded = parsed.guarded && registers.count(parsed.guard) != 0;
    if (guarded && root(s) == "bra") return by_branch(listing, s);
    if ((guarded && touches_memory(s)) || addresses(s, registers)) return Decides::Access;
    const bool used = std::any_of(parsed.operands.begin(), parsed.operands.end(), [&](const ptx::Operand& o) { return mentions(o, registers); });
    if (!used || touches_memory(s)) return Decides::Nothing;
    if (root(s) == "selp" && has(s, "f32")) return Decides::Access;
    insert(registers, parsed.operands.front());
    return Decides::Nothing;
}

}  // namespace

Decides decides(const Listing& listing, const Statement& comparison) {
    if (!is_comparison_of_integers(comparison)) return Decides::Nothing;
    Registers registers;
    insert(registers, comparison.parsed->operands.front());
    for (size_t before = 0; before != registers.size();) {
        before = registers.size();
        for (const Statement& statement : listing.statements()) {
            if (statement.index == comparison.index) continue;
            const Decides found = effect(listing, statement, registers);
            if (found != Decides::Nothing) return found;
        }
    }
    return Decides::Nothing;
}

}  // namespace mutation
