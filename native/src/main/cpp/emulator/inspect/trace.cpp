// A line for each instruction that the watched warp runs.
#include <algorithm>
#include <cstdio>

#include "inspect/inspect.h"
#include "inspect/values.h"

namespace ridgepoint::emulator {
namespace {

class Trace : public Stepper {
  public:
    Trace(const Watched& watched, Show show) : watched_(watched), show_(std::move(show)) {}

    void after(Warp& warp, LaneMask active, Flow flow) override {
        if (!is_warp(watched_, warp)) return;
        const InstructionSymbols& instruction = instruction_of(warp);
        if (flow == Flow::Blocked) {
            show_line(warp, active, "waits");
        } else if (flow != Flow::Next || warp.pc() + 1 == instruction.end) {
            show_line(warp, active, values(warp, active, instruction.writes.empty() ? instruction.reads : instruction.writes));
        }
    }

    void faulted(Warp& warp, LaneMask active) override {
        if (!is_warp(watched_, warp)) return;
        const std::string read = values(warp, active, instruction_of(warp).reads);
        show_line(warp, active, read + (read.empty() ? "faults" : "; faults"));
    }

    void launch_ends(const LaunchState& launch) override {
        if (!begun_) show_(launch.kernel.name + ": " + text(watched_) + " has run nothing that could be traced\n");
    }

  private:
    void show_line(const Warp& warp, LaneMask active, const std::string& outcome) {
        const LaunchState& launch = warp.cta().launch();
        std::string line;
        if (!begun_) line = "trace of " + launch.kernel.name + ", " + text(watched_) + "\n line  lanes     instruction\n";
        begun_ = true;
        char numbers[32];
        std::snprintf(numbers, sizeof numbers, "%5u  %08x  ", warp.line(), active);
        std::string source(launch.code.source(warp.line()));
        if (!outcome.empty()) source.resize(std::max(WIDTH, source.size()), ' ');
        show_(line + numbers + source + (outcome.empty() ? "" : "  ") + outcome + "\n");
    }

    std::string values(const Warp& warp, LaneMask active, const std::vector<uint32_t>& registers) const {
        std::string line;
        for (const uint32_t reg : registers) {
            if (!line.empty()) line += "; ";
            line += register_text(warp, symbols_of(warp).registers[reg], watched_.lanes & warp.started(), active);
        }
        return line;
    }

    static constexpr size_t WIDTH = 44;
    const Watched watched_;
    const Show show_;
    bool begun_ = false;
};

}  // namespace

std::shared_ptr<Stepper> make_trace(const Watched& watched, Show show) {
    return std::make_shared<Trace>(watched, std::move(show));
}

}  // namespace ridgepoint::emulator
