#include "driver/debugging.h"

#include <cstdio>

#include "driver/report.h"

namespace ridgepoint::emulator::driver {
namespace {

// A trace is a stream of lines; it would push reports out of ridgepoint_emulator_last_report.
void to_stderr(const std::string& lines) { std::fwrite(lines.data(), 1, lines.size(), stderr); }

}  // namespace

bool Selection::means(const std::string& kernel_name, uint64_t launch_number) const {
    return kernel_name.find(kernel) != std::string::npos && launch.value_or(launch_number) == launch_number;
}

std::vector<std::shared_ptr<Stepper>> Debugging::steppers(const std::string& kernel, uint64_t launch) const {
    std::vector<std::shared_ptr<Stepper>> steppers;
    if (trace && trace->means(kernel, launch)) steppers.push_back(make_trace(trace->watched, to_stderr));
    if (dump && dump->of.means(kernel, launch)) {
        steppers.push_back(make_dump(dump->of.watched, dump->of.arrival, dump->tile, report));
    }
    if (stop && stop->means(kernel, launch)) steppers.push_back(make_stop(stop->watched, *stop->arrival, report));
    return steppers;
}

}  // namespace ridgepoint::emulator::driver
