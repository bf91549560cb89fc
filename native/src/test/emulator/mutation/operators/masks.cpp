// Member masks of what the lanes of a warp do together.
#include "mutation/operators.h"

namespace mutation {
namespace {

constexpr uint32_t WITHOUT_LANE_31 = 0x7fffffff;

std::optional<std::string> narrowed(const Listing& listing, const Statement& s) {
    const bool collective = root(s) == "shfl" || root(s) == "vote" || root(s) == "match" || root(s) == "redux";
    const bool barrier = is(s, "bar.warp.sync");
    if ((!collective && !barrier) || !has(s, "sync")) return std::nullopt;
    const size_t mask = barrier ? 0 : s.parsed->operands.size() - 1;
    const ptx::Operand& operand = s.parsed->operands[mask];
    if (operand.kind != ptx::Operand::Kind::Integer) return std::nullopt;
    return listing.with_operand(s, mask, std::to_string((uint32_t)operand.bits & WITHOUT_LANE_31));
}
const Operator narrow("lane 31 not in the mask", narrowed);

}  // namespace
}  // namespace mutation
