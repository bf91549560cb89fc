// Mutation operators: ways to weaken one statement of a kernel. Each registers itself in its file under operators/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mutation/listing.h"

namespace mutation {

// The statement's new text, or nothing where the operator does not concern it.
typedef std::optional<std::string> (*Weaken)(const Listing& listing, const Statement& statement);

// What a weakened statement was for.
enum class Concerns { Order, Bounds };

struct Operator {
    Operator(const char* name, Weaken weaken, Concerns concerns = Concerns::Order);
    const char* name;  // as the table has it: "barrier dropped"
    Weaken weaken;
    Concerns concerns;
};

struct Mutant {
    std::string operation;
    size_t statement;      // of the listing
    std::string weakened;  // what stands in its place; may be nothing
    Concerns concerns;
};

// All that the operators make of a kernel, in order of its text.
std::vector<Mutant> mutants_of(const Listing& listing);

}  // namespace mutation
