// One playing of a subject under one order of events, and the search for an order that shows a mistake.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine.h"
#include "mutation/subjects.h"

namespace mutation {

enum class Watch { ResultsOnly, Hazards };

// What was found wrong, and under which execution.
struct Finding {
    std::string verdict;  // value, hang, bounds, check, trap, or the name of a detector
    std::string what;
    ridgepoint::emulator::Execution under;
};

// "lazy, seed 3".
std::string text(const ridgepoint::emulator::Execution& execution);

// Seeds from 0, each under eager, lazy and random completion.
std::vector<ridgepoint::emulator::Execution> executions(uint64_t seeds);

std::shared_ptr<const ridgepoint::emulator::Module> load(const Subject& subject, const std::string& ptx);

std::optional<Finding> play(const Subject& subject, const std::shared_ptr<const ridgepoint::emulator::Module>& module,
                            const ridgepoint::emulator::Execution& execution, Watch watch);

// The first finding.
std::optional<Finding> search(const Subject& subject, const std::shared_ptr<const ridgepoint::emulator::Module>& module, uint64_t seeds, Watch watch);

}  // namespace mutation
