// The contexts of a thread: a stack of handles, the last of which is current.
#pragma once

#include <memory>

#include "driver/context.h"

namespace ridgepoint::emulator::driver {

// The current context; throws DriverError: INVALID_CONTEXT if there is none, CONTEXT_IS_DESTROYED if it is gone.
std::shared_ptr<Context> current_context();

// Null if there is none.
CUcontext current_handle();
void push_current(CUcontext context);
// Throws DriverError(INVALID_CONTEXT) if there is none.
CUcontext pop_current();
// Replaces the current one; null takes it away.
void set_current(CUcontext context);

// Whether cuInit was called.
bool initialised();
void initialise();

}  // namespace ridgepoint::emulator::driver
