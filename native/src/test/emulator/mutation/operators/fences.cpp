// Fences, between threads and between proxies.
#include "mutation/operators.h"

namespace mutation {
namespace {

bool is_fence(const Statement& s) { return root(s) == "membar" || root(s) == "fence"; }

std::optional<std::string> dropped(const Listing&, const Statement& s) {
    if (!is_fence(s)) return std::nullopt;
    return "";
}
const Operator drop("fence dropped", dropped);

std::optional<std::string> narrowed(const Listing& listing, const Statement& s) {
    if (!is_fence(s) || has(s, "proxy") || has(s, "mbarrier_init")) return std::nullopt;
    for (const char* wide : {"gl", "sys", "gpu", "cluster"}) {
        if (has(s, wide)) return listing.with_opcode(s, replaced(s.parsed->opcode, wide, "cta"));
    }
    return std::nullopt;
}
const Operator narrow("fence of the block only", narrowed);

}  // namespace
}  // namespace mutation
