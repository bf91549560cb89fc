// Comparisons of indices: bound checks and ends of loops.
#include <utility>

#include "mutation/guards.h"
#include "mutation/operators.h"

namespace mutation {
namespace {

bool plain(const Statement& s) { return s.parsed->operands.front().kind == ptx::Operand::Kind::Register; }

std::optional<std::string> forced(const Listing& listing, const Statement& s, const char* outcome) {
    if (!plain(s) || decides(listing, s) == Decides::Nothing) return std::nullopt;
    return listing.guard(s) + "mov.pred " + listing.operand(s, 0) + ", " + outcome + ";";
}

std::optional<std::string> forced_true(const Listing& listing, const Statement& s) {
    return root(s) == "setp" ? forced(listing, s, "-1") : std::nullopt;
}
const Operator always("check always true", forced_true, Concerns::Bounds);

std::optional<std::string> forced_false(const Listing& listing, const Statement& s) {
    return root(s) == "setp" ? forced(listing, s, "0") : std::nullopt;
}
const Operator never("check never true", forced_false, Concerns::Bounds);

// < becomes <=, and the other way round; a loop that counts down to a number stops one early.
std::optional<std::string> off_by_one(const Listing& listing, const Statement& s) {
    if (root(s) != "setp") return std::nullopt;
    static const std::pair<const char*, const char*> NEIGHBOURS[] = {{"lt", "le"}, {"le", "lt"}, {"gt", "ge"}, {"ge", "gt"},
                                                                     {"lo", "ls"}, {"ls", "lo"}, {"hi", "hs"}, {"hs", "hi"}};
    const Decides decided = decides(listing, s);
    if (decided == Decides::Nothing) return std::nullopt;
    for (const auto& [one, other] : NEIGHBOURS) {
        if (has(s, one)) return listing.with_opcode(s, replaced(s.parsed->opcode, one, other));
    }
    const ptx::Operand& last = s.parsed->operands.back();
    if (decided != Decides::Rounds || last.kind != ptx::Operand::Kind::Integer) return std::nullopt;
    return listing.with_operand(s, s.parsed->operands.size() - 1, std::to_string((int64_t)last.bits + 1));
}
const Operator shift("check off by one", off_by_one, Concerns::Bounds);

std::optional<std::string> guard_dropped(const Listing& listing, const Statement& s) {
    if (!s.parsed->guarded || root(s) == "bra") return std::nullopt;
    return listing.unguarded(s);
}
const Operator unguard("guard dropped", guard_dropped, Concerns::Bounds);

}  // namespace
}  // namespace mutation
