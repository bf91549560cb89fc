#include "driver/current.h"

#include <atomic>
#include <vector>

#include "driver/options.h"
#include "driver/registry.h"

namespace ridgepoint::emulator::driver {
namespace {

thread_local std::vector<CUcontext> stack;
std::atomic<bool> has_initialised{false};

}  // namespace

std::shared_ptr<Context> current_context() {
    require(!stack.empty(), CUDA_ERROR_INVALID_CONTEXT);
    return registry().contexts.get(stack.back(), CUDA_ERROR_CONTEXT_IS_DESTROYED);
}

CUcontext current_handle() { return stack.empty() ? nullptr : stack.back(); }

void push_current(CUcontext context) { stack.push_back(context); }

CUcontext pop_current() {
    require(!stack.empty(), CUDA_ERROR_INVALID_CONTEXT);
    CUcontext top = stack.back();
    stack.pop_back();
    return top;
}

void set_current(CUcontext context) {
    if (!stack.empty()) stack.pop_back();
    if (context) stack.push_back(context);
}

bool initialised() { return has_initialised.load(std::memory_order_relaxed); }

void initialise() {
    options();  // refuses a wrong environment
    fix_device();
    has_initialised = true;
}

}  // namespace ridgepoint::emulator::driver
