// Memory accesses that synchronise: their order, their scope, and that they are one access.
#include "mutation/operators.h"

namespace mutation {
namespace {

bool is_strong(const Statement& s) {
    const bool may_be = root(s) == "ld" || root(s) == "st" || root(s) == "atom" || root(s) == "red" || root(s) == "mbarrier";
    return may_be && (has(s, "acquire") || has(s, "release") || has(s, "acq_rel") || has(s, "relaxed"));
}

std::optional<std::string> relaxed(const Listing& listing, const Statement& s) {
    if (!is_strong(s)) return std::nullopt;
    for (const char* order : {"acquire", "release", "acq_rel"}) {
        if (has(s, order)) return listing.with_opcode(s, replaced(s.parsed->opcode, order, "relaxed"));
    }
    return std::nullopt;
}
const Operator relax("order relaxed", relaxed);

std::optional<std::string> narrowed(const Listing& listing, const Statement& s) {
    const std::string opcode(s.parsed->opcode);
    if (is_strong(s)) {
        for (const char* wide : {"gpu", "sys", "cluster"}) {
            if (has(s, wide)) return listing.with_opcode(s, replaced(opcode, wide, "cta"));
        }
        return std::nullopt;
    }
    // An atomic that says nothing is relaxed and of the whole device.
    if ((root(s) != "atom" && root(s) != "red") || has(s, "shared") || has(s, "cta") || has(s, "async")) return std::nullopt;
    return listing.with_opcode(s, std::string(root(s)) + ".relaxed.cta" + opcode.substr(root(s).size()));
}
const Operator narrow("scope of the block only", narrowed);

std::optional<std::string> weak(const Listing& listing, const Statement& s) {
    if ((root(s) != "ld" && root(s) != "st") || !has(s, "volatile")) return std::nullopt;
    return listing.with_opcode(s, replaced(s.parsed->opcode, "volatile", ""));
}
const Operator weaken("volatile dropped", weak);

std::string space_of(const Statement& s) {
    for (const char* space : {"global", "shared"}) {
        if (has(s, space)) return std::string(".") + space;
    }
    return "";
}

// A load, the operation, and a store.
std::optional<std::string> torn(const Listing& listing, const Statement& s) {
    const bool atom = root(s) == "atom";
    if ((!atom && root(s) != "red") || !(has(s, "add") || has(s, "exch")) || s.parsed->guarded) return std::nullopt;
    const std::string type = "." + std::string(s.parsed->modifiers.back());
    const std::string address = listing.operand(s, atom ? 1 : 0), value = listing.operand(s, atom ? 2 : 1);
    const std::string rounding = has(s, "rn") ? ".rn" : "";
    std::string text = "{ .reg " + type + " found, made; ld" + space_of(s) + type + " found, " + address + "; ";
    text += has(s, "add") ? "add" + rounding + type + " made, found, " + value + "; " : "mov" + type + " made, " + value + "; ";
    text += "st" + space_of(s) + type + " " + address + ", made; ";
    if (atom && listing.operand(s, 0) != "_") text += "mov" + type + " " + listing.operand(s, 0) + ", found; ";
    return text + "}";
}
const Operator tear("atomic made of a load and a store", torn);

}  // namespace
}  // namespace mutation
