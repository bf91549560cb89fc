#include "mutation/trial.h"

#include "mutation/detectors.h"

namespace mutation {
namespace {

using namespace ridgepoint::emulator;

constexpr uint64_t STALL_LIMIT = 1 << 16;

std::string verdict_of(const Fault& fault, const std::string& blame) {
    if (!blame.empty()) return blame;
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

std::vector<Execution> executions(uint64_t seeds) {
    std::vector<Execution> all;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        for (const Completion completion : {Completion::Eager, Completion::Lazy, Completion::Random}) {
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

std::optional<Finding> play(const Subject& subject, const std::shared_ptr<const Module>& module, const Execution& execution, Watch watch) {
    std::string blame;
    testing::Device device;
    device.traits.architecture = subject.architecture;
    // As on hardware, blocks run one after the other, or side by side.
    device.config.cooperative = execution.seed % 2 == 1;
    device.tracks_writes = watch == Watch::Detectors;
    device.observer = watch == Watch::Detectors ? all_detectors(blame) : patience();
    device.execution = execution;
    device.load(module);
    Stage stage(device);
    try {
        subject.play(stage);
    } catch (const Fault& fault) {
        return Finding{verdict_of(fault, blame), fault.text(), execution};
    } catch (const WrongValue& wrong) {
        return Finding{"value", wrong.what(), execution};
    }
    return std::nullopt;
}

std::optional<Finding> search(const Subject& subject, const std::shared_ptr<const Module>& module, uint64_t seeds, Watch watch) {
    for (const Execution& execution : executions(seeds)) {
        if (auto finding = play(subject, module, execution, watch)) return finding;
    }
    return std::nullopt;
}

}  // namespace mutation
