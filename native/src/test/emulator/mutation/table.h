// What became of every mutant, as a page, and whether the arguments for survivors hold.
#pragma once

#include <string>
#include <vector>

#include "mutation/survivors.h"
#include "mutation/trial.h"

namespace mutation {

struct Row {
    Key mutant;
    Findings found;
    bool refused = false;  // no PTX any more: says nothing about the emulator
    bool survived() const { return !refused && !found.alone && !found.watched; }
};

// What heads a page.
struct Heading {
    std::string title;     // "Mutants of the proof kernels"
    std::string command;   // that makes the page: "mutation write"
    std::string compiler;  // "V13.0.88"
    uint64_t seeds;        // from 0
};

// Rows in the order of subjects and statements.
std::string page(const Heading& heading, const std::vector<Row>& rows, const Arguments& arguments);

// A row as the page has it.
std::string line(const Row& row, const Arguments& arguments);

// One line for each survivor without an argument and each argument without a survivor. Of other kernels than those of
// the rows nothing is said.
std::vector<std::string> complaints(const std::vector<Row>& rows, const Arguments& arguments);

}  // namespace mutation
