#include "driver/options.h"

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <mutex>

#include "driver/device.h"
#include "driver/errors.h"

namespace ridgepoint::emulator::driver {
namespace {

uint64_t number(const std::string& name, const std::string& value, uint64_t least, uint64_t most) {
    uint64_t parsed = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (error != std::errc() || end != value.data() + value.size() || parsed < least || parsed > most) {
        throw DriverError(CUDA_ERROR_INVALID_VALUE, name + " = " + value + ": expected a whole number from " +
                                                        std::to_string(least) + " to " + std::to_string(most));
    }
    return parsed;
}

bool flag(const std::string& name, const std::string& value, const char* expected = "on or off") {
    if (value == "on" || value == "1") return true;
    if (value == "off" || value == "0") return false;
    throw DriverError(CUDA_ERROR_INVALID_VALUE, name + " = " + value + ": expected " + expected);
}

std::optional<Reading> races(const std::string& name, const std::string& value) {
    if (value == "strict") return Reading::ToTheLetter;
    if (value == "on" || value == "1") return Reading::WithIdioms;
    if (value == "off" || value == "0") return std::nullopt;
    throw DriverError(CUDA_ERROR_INVALID_VALUE, name + " = " + value + ": expected on, strict or off");
}

Completion completion(const std::string& name, const std::string& value) {
    if (value == "eager") return Completion::Eager;
    if (value == "lazy") return Completion::Lazy;
    if (value == "random") return Completion::Random;
    throw DriverError(CUDA_ERROR_INVALID_VALUE, name + " = " + value + ": expected eager, lazy or random");
}

// A copy of what is asked for by now, with one thing changed.
template <class F>
std::shared_ptr<const Debugging> changed(const Options& options, F change) {
    auto copy = std::make_shared<Debugging>(*options.debugging);
    change(*copy);
    return copy;
}

struct Option {
    const char* name;
    const char* variable;
    bool fixed_by_init;
    void (*set)(Options& options, const std::string& name, const std::string& value);
};

constexpr uint64_t NO_LIMIT = ~0ull;

const Option OPTIONS[] = {
    {"arch", "RIDGEPOINT_EMULATED_ARCH", true,
     [](Options& options, const std::string& name, const std::string& value) {
         if (!device_model(value)) {
             throw DriverError(CUDA_ERROR_INVALID_VALUE, name + " = " + value + ": expected 80, 89, 90a or 120");
         }
         options.arch = value;
     }},
    {"memory", "RIDGEPOINT_EMULATED_MEMORY", true,
     [](Options& options, const std::string& name, const std::string& value) {
         options.memory = number(name, value, 1 << 20, 1ull << 38);
     }},
    {"seed", "RIDGEPOINT_EMULATED_SEED", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.execution.seed = number(name, value, 0, NO_LIMIT);
     }},
    {"completion", "RIDGEPOINT_EMULATED_COMPLETION", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.execution.completion = completion(name, value);
     }},
    {"threads", "RIDGEPOINT_EMULATED_THREADS", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.execution.threads = (unsigned)number(name, value, 1, 1024);
     }},
    {"ends", "RIDGEPOINT_EMULATED_ENDS", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.execution.ends = number(name, value, 0, NO_LIMIT / 2);
     }},
    {"stall", "RIDGEPOINT_EMULATED_STALL", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.execution.stall_limit = number(name, value, 1, NO_LIMIT);
     }},
    {"checks", "RIDGEPOINT_EMULATED_CHECKS", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.strict_checks = value == "strict";
         options.checks = options.strict_checks || flag(name, value, "on, strict or off");
     }},
    {"trace", "RIDGEPOINT_EMULATED_TRACE", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.debugging = changed(options, [&](Debugging& now) { now.trace = parse_trace(name, value); });
     }},
    {"stop", "RIDGEPOINT_EMULATED_STOP", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.debugging = changed(options, [&](Debugging& now) { now.stop = parse_stop(name, value); });
     }},
    {"dump", "RIDGEPOINT_EMULATED_DUMP", false,
     [](Options& options, const std::string& name, const std::string& value) {
         options.debugging = changed(options, [&](Debugging& now) { now.dump = parse_dump(name, value); });
     }},
    {"coverage", "RIDGEPOINT_EMULATED_COVERAGE", false,
     [](Options& options, const std::string& name, const std::string& value) { options.coverage = flag(name, value); }},
    {"races", "RIDGEPOINT_EMULATED_RACES", false,
     [](Options& options, const std::string& name, const std::string& value) { options.races = races(name, value); }},
    {"noop", "RIDGEPOINT_EMULATED_NOOP", false,
     [](Options& options, const std::string& name, const std::string& value) { options.noop = flag(name, value); }},
};

struct Chosen {
    std::mutex mutex;
    bool read = false;
    bool fixed = false;
    Options options;
    std::atomic<bool> noop{false};
};

Chosen& chosen() {
    static Chosen& chosen = *new Chosen;
    return chosen;
}

// To be called with the mutex held.
void read_environment(Chosen& now) {
    if (now.read) return;
    Options read;
    for (const Option& option : OPTIONS) {
        const char* value = std::getenv(option.variable);
        if (value && *value) option.set(read, option.variable, value);
    }
    now.options = read;
    now.noop = read.noop;
    now.read = true;
}

}  // namespace

Options options() {
    Chosen& now = chosen();
    std::lock_guard lock(now.mutex);
    read_environment(now);
    return now.options;
}

void set_option(const std::string& name, const std::string& value) {
    Chosen& now = chosen();
    std::lock_guard lock(now.mutex);
    read_environment(now);
    for (const Option& option : OPTIONS) {
        if (name != option.name) continue;
        if (option.fixed_by_init && now.fixed) {
            throw DriverError(CUDA_ERROR_ILLEGAL_STATE, name + ": to be set before cuInit");
        }
        option.set(now.options, name, value);
        now.noop = now.options.noop;
        return;
    }
    throw DriverError(CUDA_ERROR_INVALID_VALUE, name + ": no such option");
}

void fix_device() {
    Chosen& now = chosen();
    std::lock_guard lock(now.mutex);
    now.fixed = true;
}

bool launches_are_noops() { return chosen().noop.load(std::memory_order_relaxed); }

}  // namespace ridgepoint::emulator::driver
