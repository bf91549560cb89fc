#include "driver/primary.h"

#include <memory>
#include <mutex>

#include "driver/context.h"
#include "driver/registry.h"

namespace ridgepoint::emulator::driver {
namespace {

struct Primary {
    std::mutex mutex;
    CUcontext handle = nullptr;
    unsigned holders = 0;
    unsigned flags = 0;
};

Primary& primary() {
    static Primary& primary = *new Primary;
    return primary;
}

// To be called with the mutex held.
void end(Primary& now) {
    if (!now.handle) return;
    std::shared_ptr<Context> context = registry().contexts.remove(now.handle);
    now.handle = nullptr;
    now.holders = 0;
    context->close();
}

}  // namespace

CUcontext retain_primary() {
    Primary& now = primary();
    std::lock_guard lock(now.mutex);
    if (!now.handle) {
        auto context = std::make_shared<Context>(now.flags, true);
        now.handle = registry().contexts.add(context);
        context->handle = now.handle;
    }
    now.holders++;
    return now.handle;
}

void release_primary() {
    Primary& now = primary();
    std::lock_guard lock(now.mutex);
    require(now.holders > 0, CUDA_ERROR_INVALID_CONTEXT);
    if (--now.holders == 0) end(now);
}

void reset_primary() {
    Primary& now = primary();
    std::lock_guard lock(now.mutex);
    end(now);
}

void set_primary_flags(unsigned flags) {
    Primary& now = primary();
    std::lock_guard lock(now.mutex);
    now.flags = flags;
}

PrimaryState primary_state() {
    Primary& now = primary();
    std::lock_guard lock(now.mutex);
    return {now.handle != nullptr, now.flags};
}

}  // namespace ridgepoint::emulator::driver
