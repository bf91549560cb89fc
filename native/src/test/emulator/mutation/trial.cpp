#include "mutation/trial.h"

#include "mutation/detectors.h"

namespace mutation {
namespace {

using namespace ridgepoint::emulator;

constexpr uint64_t STALL_LIMIT = 1 << 16;

std::string verdict_of(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::IllegalAddress: return "bounds";
        case FaultKind::LaunchTimeout: return "hang";
        case FaultKind::LaunchFailed: return "trap";
        default: return "check";
    }
}

const char* name(Completion completion) {
    switch (completion) {
        case Completion::Eager: return "eager";
        case Completion::Lazy: return "lazy";
        default: return "random";
    }
}

}  // namespace

std::string text(const Execution& execution) {
    return std::string(name(execution.completion)) + ", seed " + std::to_string(execution.seed);
}

std::vector<Execution> executions(const Subject& subject, const std::string& ptx, uint64_t seeds) {
    // What else it launches may copy asynchronously.
    const std::vector<Completion> completions = subject.others ? testing::COMPLETIONS : testing::completions_for(ptx);
    std::vector<Execution> all;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        for (const Completion completion : completions) {
            Execution execution;
            execution.seed = seed;
            execution.completion = completion;
            execution.stall_limit = STALL_LIMIT;
            all.push_back(execution);
        }
    }
    return all;
}

std::shared_ptr<const Module> load(const Subject& subject, const std::string& ptx) {
    LoadOptions options;
    options.architecture = subject.architecture;
    return Module::load(ptx, options);
}

namespace {

std::optional<Finding> play_watched(const Subject& subject, const std::shared_ptr<const Module>& module, const Execution& execution,
                                    const std::vector<Detector>& watching) {
    testing::Device device;
    device.traits.architecture = subject.architecture;
    // As on hardware, blocks run one after the other, or side by side.
    device.config.cooperative = execution.seed % 2 == 1;
    device.tracks_writes = watching.size() > 1;
    device.execution = execution;
    if (subject.others) device.load(subject.others);
    device.load(module);
    Stage stage(device, watching);
    try {
        subject.play(stage);
    } catch (const Fault& fault) {
        return Finding{verdict_of(fault), fault.text(), execution};
    } catch (const WrongValue& wrong) {
        return Finding{"value", wrong.what(), execution};
    }
    return std::nullopt;
}

std::vector<Detector> all_detectors() {
    std::vector<Detector> all{patience()};
    all.insert(all.end(), hazards().begin(), hazards().end());
    return all;
}

// What a kernel shows with all detectors, and without.
Findings play_both(const Subject& subject, const std::shared_ptr<const Module>& module, const Execution& execution) {
    auto watched = play_watched(subject, module, execution, all_detectors());
    // Detectors change nothing, but stop a kernel as its own trap does. Who was it?
    if (!watched || watched->verdict != "trap") return {watched, watched};
    auto alone = play_watched(subject, module, execution, {patience()});
    if (alone && alone->what == watched->what) return {alone, watched};
    for (const Detector& each : hazards()) {
        const auto again = play_watched(subject, module, execution, {patience(), each});
        if (again && again->what == watched->what) watched->verdict = each.name;
    }
    return {alone, watched};
}

}  // namespace

std::optional<Finding> play(const Subject& subject, const std::shared_ptr<const Module>& module, const Execution& execution, Watch watch) {
    if (watch == Watch::ResultsOnly) return play_watched(subject, module, execution, {patience()});
    return play_both(subject, module, execution).watched;
}

Findings search(const Subject& subject, const std::shared_ptr<const Module>& module, const std::vector<Execution>& executions) {
    Findings first;
    for (const Execution& execution : executions) {
        Findings now;
        if (first.watched) {
            now.alone = play(subject, module, execution, Watch::ResultsOnly);
        } else {
            now = play_both(subject, module, execution);
            first.watched = now.watched;
        }
        if (!first.alone) first.alone = now.alone;
        if (first.alone && first.watched) break;
    }
    return first;
}

}  // namespace mutation
