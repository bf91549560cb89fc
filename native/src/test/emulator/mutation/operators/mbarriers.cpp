// mbarriers: who arrives, with how many bytes, and who waits.
#include "mutation/operators.h"

namespace mutation {
namespace {

std::optional<std::string> init_dropped(const Listing&, const Statement& s) {
    if (!is(s, "mbarrier.init")) return std::nullopt;
    return "";
}
const Operator drop_init("mbarrier not initialised", init_dropped);

std::optional<std::string> arrive_dropped(const Listing&, const Statement& s) {
    if (!is(s, "mbarrier.arrive") && !is(s, "mbarrier.arrive_drop") && !is(s, "cp.async.mbarrier.arrive")) return std::nullopt;
    return "";
}
const Operator drop_arrive("mbarrier arrival dropped", arrive_dropped);

// Arrives, and does not say that bytes will come.
std::optional<std::string> nothing_expected(const Listing& listing, const Statement& s) {
    if (!is(s, "mbarrier.arrive.expect_tx")) return std::nullopt;
    return listing.guard(s) + replaced(s.parsed->opcode, "expect_tx", "") + " " + listing.operand(s, 0) + ", " + listing.operand(s, 1) + ";";
}
const Operator drop_expect("mbarrier expects no bytes", nothing_expected);

// Every test finds its phase over.
std::optional<std::string> always_over(const Listing& listing, const Statement& s) {
    if (!is(s, "mbarrier.test_wait") && !is(s, "mbarrier.try_wait")) return std::nullopt;
    return listing.guard(s) + "mov.pred " + listing.operand(s, 0) + ", -1;";
}
const Operator drop_wait("mbarrier wait dropped", always_over);

}  // namespace
}  // namespace mutation
