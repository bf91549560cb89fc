// Streams, and captures on them.
#include "driver/stream.h"

#include "driver/api/call.h"
#include "driver/capture.h"
#include "driver/event.h"
#include "driver/host_call.h"

using namespace ridgepoint::emulator::driver;

namespace ridgepoint::emulator::driver {

std::shared_ptr<Stream> stream_of(Context& context, CUstream handle) {
    switch ((uintptr_t)handle) {
        case 0:
        case 1: return context.streams().legacy();
        case 2: return context.streams().per_thread();
    }
    std::shared_ptr<Stream> stream = registry().streams.get(handle);
    require(&stream->context() == &context, CUDA_ERROR_INVALID_HANDLE);
    return stream;
}

}  // namespace ridgepoint::emulator::driver

namespace {

struct CaptureOutputs {
    CUstreamCaptureStatus* status;
    cuuint64_t* id;
    CUgraph* graph = nullptr;
    const CUgraphNode** dependencies = nullptr;
    size_t* count = nullptr;
};

// What the caller gets stays until its thread asks again.
thread_local std::vector<CUgraphNode> last_dependencies;

CUresult capture_info(CUstream handle, const CaptureOutputs& to, const char* function = __builtin_FUNCTION()) {
    return on_stream(
        handle,
        [&](Context&, const std::shared_ptr<Stream>& stream) {
            require(to.status);
            CaptureState state = capture_state(*stream);
            *to.status = state.status;
            if (state.status != CU_STREAM_CAPTURE_STATUS_ACTIVE) return;
            last_dependencies = state.frontier;
            if (to.id) *to.id = state.id;
            if (to.graph) *to.graph = state.graph;
            if (to.dependencies) *to.dependencies = last_dependencies.data();
            if (to.count) *to.count = last_dependencies.size();
        },
        function);
}

}  // namespace

CUresult cuStreamCreateWithPriority(CUstream* stream, unsigned int flags, int priority) {
    return in_context([&](Context& context) {
        require(stream && flags <= CU_STREAM_NON_BLOCKING);
        *stream = registry().streams.add(context.streams().create(flags, std::clamp(priority, -5, 0)));
    });
}

CUresult cuStreamCreate(CUstream* stream, unsigned int flags) { return cuStreamCreateWithPriority(stream, flags, 0); }

CUresult cuStreamDestroy_v2(CUstream handle) {
    return in_context([&](Context& context) {
        std::shared_ptr<Stream> stream = registry().streams.get(handle);
        require(&stream->context() == &context, CUDA_ERROR_INVALID_HANDLE);
        refuse_in_capture(*stream);
        registry().streams.remove(handle);
        context.streams().destroy(stream);
    });
}

CUresult cuStreamQuery(CUstream handle) {
    return on_stream(handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        refuse_in_capture(*stream);
        if (!context.streams().idle(*stream)) return CUDA_ERROR_NOT_READY;
        return context.health();
    });
}

CUresult cuStreamSynchronize(CUstream handle) {
    return on_stream(handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        refuse_in_capture(*stream);
        context.streams().wait(*stream);
        context.require_health();
    });
}

CUresult cuStreamWaitEvent(CUstream handle, CUevent event, unsigned int flags) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>& stream) {
        require(flags != CU_EVENT_WAIT_EXTERNAL, CUDA_ERROR_NOT_SUPPORTED);
        require(flags == CU_EVENT_WAIT_DEFAULT);
        registry().events.get(event)->hold(stream);
    });
}

CUresult cuStreamAddCallback(CUstream handle, CUstreamCallback callback, void* data, unsigned int flags) {
    return on_stream(handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        require(callback && flags == 0);
        refuse_in_capture(*stream);
        context.streams().submit(stream, std::make_shared<Callback>(callback, handle, data));
    });
}

CUresult cuStreamGetFlags(CUstream handle, unsigned int* flags) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>& stream) {
        require(flags);
        *flags = stream->flags();
    });
}

CUresult cuStreamGetPriority(CUstream handle, int* priority) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>& stream) {
        require(priority);
        *priority = stream->priority();
    });
}

CUresult cuStreamGetId(CUstream handle, unsigned long long* id) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>& stream) {
        require(id);
        *id = stream->id();
    });
}

CUresult cuStreamGetCtx(CUstream handle, CUcontext* context) {
    return on_stream(handle, [&](Context& current, const std::shared_ptr<Stream>&) {
        require(context);
        *context = current.handle;
    });
}

// There are no green contexts, so a stream belongs to none.
CUresult cuStreamGetCtx_v2(CUstream handle, CUcontext* context, CUgreenCtx* green) {
    if (green) *green = nullptr;
    return cuStreamGetCtx(handle, context);
}

CUresult cuStreamGetDevice(CUstream handle, CUdevice* device) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>&) {
        require(device);
        *device = 0;
    });
}

CUresult cuStreamBeginCapture_v2(CUstream handle, CUstreamCaptureMode mode) {
    return on_stream(handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        require(mode <= CU_STREAM_CAPTURE_MODE_RELAXED);
        require(stream != context.streams().legacy(), CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED);
        begin_capture(stream, mode);
    });
}

CUresult cuStreamEndCapture(CUstream handle, CUgraph* graph) {
    return on_stream(handle, [&](Context&, const std::shared_ptr<Stream>& stream) {
        require(graph);
        *graph = nullptr;
        *graph = end_capture(*stream);
    });
}

CUresult cuStreamIsCapturing(CUstream handle, CUstreamCaptureStatus* status) {
    return capture_info(handle, {status, nullptr});
}

CUresult cuStreamGetCaptureInfo(CUstream handle, CUstreamCaptureStatus* status, cuuint64_t* id) {
    return capture_info(handle, {status, id});
}

CUresult cuStreamGetCaptureInfo_v2(CUstream handle, CUstreamCaptureStatus* status, cuuint64_t* id, CUgraph* graph,
                                   const CUgraphNode** dependencies, size_t* count) {
    return capture_info(handle, {status, id, graph, dependencies, count});
}

CUresult cuStreamGetCaptureInfo_v3(CUstream handle, CUstreamCaptureStatus* status, cuuint64_t* id, CUgraph* graph,
                                   const CUgraphNode** dependencies, const CUgraphEdgeData** edges, size_t* count) {
    if (edges) *edges = nullptr;
    return capture_info(handle, {status, id, graph, dependencies, count});
}

CUresult cuThreadExchangeStreamCaptureMode(CUstreamCaptureMode* mode) {
    return call_initialised([&] {
        require(mode && *mode <= CU_STREAM_CAPTURE_MODE_RELAXED);
        *mode = exchange_capture_mode(*mode);
    });
}
