#include "driver/report.h"

#include <cstdio>
#include <mutex>

namespace ridgepoint::emulator::driver {
namespace {

struct Log {
    std::mutex mutex;
    std::string last;
};

// Never destroyed: worker threads may outlive static objects.
Log& log() {
    static Log& log = *new Log;
    return log;
}

}  // namespace

void report(const std::string& text) {
    std::lock_guard lock(log().mutex);
    log().last = text;
    bool ended = !text.empty() && text.back() == '\n';
    std::fprintf(stderr, "ridgepoint emulated driver: %s%s", text.c_str(), ended ? "" : "\n");
}

std::string last_report() {
    std::lock_guard lock(log().mutex);
    return log().last;
}

}  // namespace ridgepoint::emulator::driver
