#include "mutation/operators.h"

#include <algorithm>
#include <cstring>

namespace mutation {
namespace {

// By name: the order in which files register is the linker's.
struct ByName {
    bool operator()(const Operator* a, const Operator* b) const { return std::strcmp(a->name, b->name) < 0; }
};

std::vector<const Operator*>& operators() {
    static std::vector<const Operator*> all;
    return all;
}

}  // namespace

Operator::Operator(const char* its_name, Weaken its_weaken, Concerns its_concerns) : name(its_name), weaken(its_weaken), concerns(its_concerns) {
    auto& all = operators();
    all.insert(std::upper_bound(all.begin(), all.end(), this, ByName()), this);
}

std::vector<Mutant> mutants_of(const Listing& listing) {
    std::vector<Mutant> mutants;
    for (const Statement& statement : listing.statements()) {
        for (const Operator* each : operators()) {
            const auto weaker = each->weaken(listing, statement);
            if (!weaker) continue;
            mutants.push_back({each->name, statement.index, *weaker, each->concerns});
        }
    }
    return mutants;
}

}  // namespace mutation
