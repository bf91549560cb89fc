#include "driver/control.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "driver/api/call.h"
#include "driver/launches.h"
#include "driver/options.h"
#include "driver/report.h"

using namespace ridgepoint::emulator::driver;

namespace {

size_t answer_text(const std::string& text, char* to, size_t size) {
    if (to && size > 0) {
        size_t written = std::min(text.size(), size - 1);
        std::memcpy(to, text.data(), written);
        to[written] = '\0';
    }
    return text.size();
}

}  // namespace

int ridgepoint_emulator_version() { return 1; }

int ridgepoint_emulator_set(const char* name, const char* value) {
    return call([&] {
        require(name && value);
        set_option(name, value);
    });
}

size_t ridgepoint_emulator_last_report(char* text, size_t size) { return answer_text(last_report(), text, size); }

uint64_t ridgepoint_emulator_counters_launches() { return Launches::instance().numbered(); }

size_t ridgepoint_emulator_counters_json(uint64_t launch, char* text, size_t size) {
    return answer_text(Launches::instance().json(launch), text, size);
}

void ridgepoint_emulator_counters_reset() { Launches::instance().reset(); }
