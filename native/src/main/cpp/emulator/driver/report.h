// What the driver has to say to people: to stderr, and kept for ridgepoint_emulator_last_report.
#pragma once

#include <string>

namespace ridgepoint::emulator::driver {

void report(const std::string& text);

// The latest report; empty if there was none.
std::string last_report();

}  // namespace ridgepoint::emulator::driver
