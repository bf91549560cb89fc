// Subjects that share a table: the proof kernels of these tests, or the catalogue's on recorded scenes.
#pragma once

#include <string>
#include <vector>

#include "mutation/operators.h"
#include "mutation/subjects.h"
#include "mutation/table.h"

namespace mutation {

struct Collection {
    std::string title;
    std::string arguments;  // of the command, behind its own name: " recorded SCENES", or nothing
    std::string ptx;        // folder of the subjects' texts
    std::string table, survivors;
    std::vector<Subject> subjects;
    std::vector<Concerns> concerns;  // which operators are applied

    // Which nvcc wrote the texts.
    std::string compiler() const;
    Heading heading() const;
    std::string text(const Subject& subject) const;
    std::vector<Mutant> mutants(const Listing& listing) const;
};

constexpr uint64_t MUTANT_SEEDS = 8;

Collection proof_kernels(const std::string& ptx, const std::string& folder);
Collection catalogue(const std::string& scenes, const std::string& folder);

// What becomes of one mutant.
Row assess(const Subject& subject, const Listing& listing, const Mutant& mutant);

std::vector<Row> all_rows(const Collection& collection);

// So many mutants, drawn by the seed, in the order of all_rows; all where there are no more.
std::vector<Row> sample_of(const Collection& collection, size_t count, uint64_t seed);

}  // namespace mutation
