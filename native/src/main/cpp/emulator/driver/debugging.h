// What a user asked to see of launches: traces, stops, dumps; as options say it, "block=1,0,0 warp=2 line=40".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inspect/inspect.h"

namespace ridgepoint::emulator::driver {

// Which launches are meant, and which warp of them.
struct Selection {
    std::string kernel;              // part of its name
    std::optional<uint64_t> launch;  // its number, as counters have it
    Watched watched;
    std::optional<Arrival> arrival;
    bool means(const std::string& kernel_name, uint64_t launch_number) const;
};

struct DumpChoice {
    Selection of;
    Tile tile;
};

struct Debugging {
    std::optional<Selection> trace;
    std::optional<Selection> stop;
    std::optional<DumpChoice> dump;
    // The steppers for a launch; usually none.
    std::vector<std::shared_ptr<Stepper>> steppers(const std::string& kernel, uint64_t launch) const;
};

// `value` of the option `name`; "off" is nothing. Throw DriverError(INVALID_VALUE) naming the word that is wrong.
std::optional<Selection> parse_trace(const std::string& name, const std::string& value);
std::optional<Selection> parse_stop(const std::string& name, const std::string& value);
std::optional<DumpChoice> parse_dump(const std::string& name, const std::string& value);

}  // namespace ridgepoint::emulator::driver
