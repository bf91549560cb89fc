// Events. Their times are the host's and say nothing about a GPU.
#include "driver/event.h"

#include "driver/api/call.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr unsigned KNOWN_FLAGS = CU_EVENT_BLOCKING_SYNC | CU_EVENT_DISABLE_TIMING;

template <class Body>
CUresult on_event(CUevent handle, Body&& body, const char* function = __builtin_FUNCTION()) {
    return in_context([&](Context& context) { return body(context, *registry().events.get(handle)); }, function);
}

}  // namespace

CUresult cuEventCreate(CUevent* event, unsigned int flags) {
    return in_context([&](Context& context) {
        require(event);
        require((flags & ~(KNOWN_FLAGS | CU_EVENT_INTERPROCESS)) == 0);
        require((flags & CU_EVENT_INTERPROCESS) == 0, CUDA_ERROR_NOT_SUPPORTED);
        *event = registry().events.add(std::make_shared<Event>(context, flags));
    });
}

CUresult cuEventDestroy_v2(CUevent event) {
    return in_context([&](Context&) { registry().events.remove(event); });
}

CUresult cuEventRecordWithFlags(CUevent handle, CUstream stream_handle, unsigned int flags) {
    return on_stream(stream_handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        std::shared_ptr<Event> event = registry().events.get(handle);
        require(&event->context() == &context, CUDA_ERROR_INVALID_HANDLE);
        if (flags != CU_EVENT_DEFAULT) {
            throw DriverError(CUDA_ERROR_NOT_SUPPORTED, "events recorded by graphs are not emulated");
        }
        event->record(stream);
    });
}

CUresult cuEventRecord(CUevent event, CUstream stream) { return cuEventRecordWithFlags(event, stream, 0); }

CUresult cuEventQuery(CUevent handle) {
    return on_event(handle, [&](Context& context, const Event& event) {
        return event.reached() ? context.health() : CUDA_ERROR_NOT_READY;
    });
}

CUresult cuEventSynchronize(CUevent handle) {
    return on_event(handle, [&](Context& context, const Event& event) {
        event.wait();
        context.require_health();
    });
}

CUresult cuEventElapsedTime(float* milliseconds, CUevent start, CUevent end) {
    return in_context([&](Context&) {
        require(milliseconds);
        *milliseconds = Event::milliseconds(*registry().events.get(start), *registry().events.get(end));
    });
}

CUresult cuEventElapsedTime_v2(float* milliseconds, CUevent start, CUevent end) {
    return cuEventElapsedTime(milliseconds, start, end);
}
