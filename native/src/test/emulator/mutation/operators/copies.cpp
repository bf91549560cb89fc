// Groups of asynchronous copies: their waits and their ends.
#include "mutation/operators.h"

namespace mutation {
namespace {

bool is_wait(const Statement& s) { return is(s, "cp.async") && (has(s, "wait_group") || has(s, "wait_all")); }

std::optional<std::string> wait_dropped(const Listing&, const Statement& s) {
    if (!is_wait(s)) return std::nullopt;
    return "";
}
const Operator drop_wait("copy wait dropped", wait_dropped);

std::optional<std::string> one_more(const Listing& listing, const Statement& s) {
    if (!is_wait(s) || !has(s, "wait_group")) return std::nullopt;
    return listing.with_operand(s, 0, std::to_string(s.parsed->operands.at(0).bits + 1));
}
const Operator weaken_wait("copy wait leaves one group more", one_more);

// The sources have been read, but nothing need have been written.
std::optional<std::string> only_read(const Listing& listing, const Statement& s) {
    if (!is(s, "cp.async.bulk") || !is_wait(s) || has(s, "read")) return std::nullopt;
    return listing.with_opcode(s, std::string(s.parsed->opcode) + ".read");
}
const Operator weaken_to_read("copy wait for the reads only", only_read);

// Its copies join the next group.
std::optional<std::string> commit_dropped(const Listing&, const Statement& s) {
    if (!is(s, "cp.async") || !has(s, "commit_group")) return std::nullopt;
    return "";
}
const Operator drop_commit("copy group not committed", commit_dropped);

}  // namespace
}  // namespace mutation
