// What every function of the driver begins and ends with: checks before, exceptions turned into results after.
#pragma once

#include <memory>
#include <type_traits>

#include "driver/abi/functions.h"
#include "driver/current.h"
#include "driver/errors.h"
#include "driver/registry.h"

namespace ridgepoint::emulator::driver {

// Runs the body; it may return a CUresult or nothing.
template <class Body>
CUresult call(Body&& body, const char* function = __builtin_FUNCTION()) noexcept {
    try {
        if constexpr (std::is_void_v<decltype(body())>) {
            body();
            return CUDA_SUCCESS;
        } else {
            return body();
        }
    } catch (...) {
        return answer_exception(function);
    }
}

template <class Body>
CUresult call_initialised(Body&& body, const char* function = __builtin_FUNCTION()) noexcept {
    if (!initialised()) return CUDA_ERROR_NOT_INITIALIZED;
    return call(std::forward<Body>(body), function);
}

// With the current context, which must live.
template <class Body>
CUresult in_context(Body&& body, const char* function = __builtin_FUNCTION()) noexcept {
    return call_initialised(
        [&] {
            std::shared_ptr<Context> context = current_context();
            context->require_health();
            return body(*context);
        },
        function);
}

// The stream of a handle, the special ones included; throws DriverError(INVALID_HANDLE) if it is none of the context.
std::shared_ptr<Stream> stream_of(Context& context, CUstream handle);

// With the current context and a stream of it.
template <class Body>
CUresult on_stream(CUstream handle, Body&& body, const char* function = __builtin_FUNCTION()) noexcept {
    return in_context([&](Context& context) { return body(context, stream_of(context, handle)); }, function);
}

}  // namespace ridgepoint::emulator::driver
