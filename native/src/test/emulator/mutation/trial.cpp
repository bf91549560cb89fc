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

}  // namespace

std::optional<Finding> play(const Subject& subject, const std::shared_ptr<const Module>& module, const Execution& execution, Watch watch) {
    if (watch == Watch::ResultsOnly) return play_watched(subject, module, execution, {patience()});
    std::vector<Detector> all{patience()};
    all.insert(all.end(), hazards().begin(), hazards().end());
    auto finding = play_watched(subject, module, execution, all);
    if (!finding || finding->verdict != "trap") return finding;
    // A detector stops a kernel as its own trap does. Who was it?
    const auto also = [&](const std::vector<Detector>& watching) {
        const auto again = play_watched(subject, module, execution, watching);
        return again && again->what == finding->what;
    };
    if (also({patience()})) return finding;
    for (const Detector& each : hazards()) {
        if (also({patience(), each})) finding->verdict = each.name;
    }
    return finding;
}

std::optional<Finding> search(const Subject& subject, const std::shared_ptr<const Module>& module, uint64_t seeds, Watch watch) {
    for (const Execution& execution : executions(seeds)) {
        if (auto finding = play(subject, module, execution, watch)) return finding;
    }
    return std::nullopt;
}

}  // namespace mutation
