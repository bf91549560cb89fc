// Barriers of a CTA and of a warp.
#include "mutation/operators.h"

namespace mutation {
namespace {

constexpr int WARP = 32;

// One that hands out a vote cannot simply go: its result is wanted.
bool is_barrier(const Statement& s) { return (root(s) == "bar" || root(s) == "barrier") && !has(s, "red"); }

std::optional<std::string> dropped(const Listing&, const Statement& s) {
    if (!is_barrier(s)) return std::nullopt;
    return "";
}
const Operator drop("barrier dropped", dropped);

// bar.sync 1, 128 does not wait for the last warp.
std::optional<std::string> fewer(const Listing& listing, const Statement& s) {
    if (!is_barrier(s) || s.parsed->operands.size() != 2 || s.parsed->operands[1].kind != ptx::Operand::Kind::Integer) return std::nullopt;
    const auto threads = (int)s.parsed->operands[1].bits;
    if (threads <= WARP) return std::nullopt;
    return listing.with_operand(s, 1, std::to_string(threads - WARP));
}
const Operator count("barrier of a warp less", fewer);

}  // namespace
}  // namespace mutation
