// What became of every mutant, as a page, and whether the arguments for survivors hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mutation/survivors.h"
#include "mutation/trial.h"

namespace mutation {

struct Row {
    Key mutant;
    std::optional<Finding> alone;    // by wrong results, faults and hangs
    std::optional<Finding> watched;  // with all detectors besides
    bool refused = false;            // no PTX any more: says nothing about the emulator
    bool survived() const { return !refused && !alone && !watched; }
};

// Rows in the order of subjects and statements.
std::string page(const std::vector<Row>& rows, const Arguments& arguments, const std::string& compiler, uint64_t seeds);

// One line for each survivor without an argument and each argument without a survivor. Of other kernels than those of
// the rows nothing is said.
std::vector<std::string> complaints(const std::vector<Row>& rows, const Arguments& arguments);

}  // namespace mutation
