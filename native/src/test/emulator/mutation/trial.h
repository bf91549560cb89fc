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

// Seeds from 0, each under those completions that can differ for the subject where its kernel has this text.
std::vector<ridgepoint::emulator::Execution> executions(const Subject& subject, const std::string& ptx, uint64_t seeds);

std::shared_ptr<const ridgepoint::emulator::Module> load(const Subject& subject, const std::string& ptx);

std::optional<Finding> play(const Subject& subject, const std::shared_ptr<const ridgepoint::emulator::Module>& module,
                            const ridgepoint::emulator::Execution& execution, Watch watch);

// The first finding of each kind of watching.
struct Findings {
    std::optional<Finding> alone;    // by wrong results, faults and hangs
    std::optional<Finding> watched;  // with all detectors besides
};
Findings search(const Subject& subject, const std::shared_ptr<const ridgepoint::emulator::Module>& module,
                const std::vector<ridgepoint::emulator::Execution>& executions);

}  // namespace mutation
