// Contexts: the primary one, created ones, and which is current.
#include "driver/context.h"

#include "driver/api/call.h"
#include "driver/capture.h"
#include "driver/primary.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr unsigned KNOWN_FLAGS = 0xff;
constexpr unsigned API_VERSION = 3020;

void require_device(CUdevice device) { require(device == 0, CUDA_ERROR_INVALID_DEVICE); }

// The context of a handle; of null, the current one.
std::shared_ptr<Context> context_of(CUcontext handle) {
    return handle ? registry().contexts.get(handle, CUDA_ERROR_INVALID_CONTEXT) : current_context();
}

}  // namespace

CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device) {
    return call_initialised([&] {
        require(context);
        require_device(device);
        *context = retain_primary();
    });
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
    return call_initialised([&] {
        require_device(device);
        release_primary();
    });
}

CUresult cuDevicePrimaryCtxReset_v2(CUdevice device) {
    return call_initialised([&] {
        require_device(device);
        reset_primary();
    });
}

CUresult cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned int flags) {
    return call_initialised([&] {
        require_device(device);
        require((flags & ~KNOWN_FLAGS) == 0);
        set_primary_flags(flags);
    });
}

CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned int* flags, int* active) {
    return call_initialised([&] {
        require_device(device);
        require(flags && active);
        PrimaryState state = primary_state();
        *flags = state.flags;
        *active = state.active;
    });
}

CUresult cuCtxCreate_v2(CUcontext* context, unsigned int flags, CUdevice device) {
    return call_initialised([&] {
        require(context && (flags & ~KNOWN_FLAGS) == 0);
        require_device(device);
        auto created = std::make_shared<Context>(flags);
        created->handle = registry().contexts.add(created);
        push_current(created->handle);
        *context = created->handle;
    });
}

CUresult cuCtxCreate_v3(CUcontext* context, CUexecAffinityParam*, int count, unsigned int flags, CUdevice device) {
    return count == 0 ? cuCtxCreate_v2(context, flags, device) : CUDA_ERROR_UNSUPPORTED_EXEC_AFFINITY;
}

CUresult cuCtxCreate_v4(CUcontext* context, CUctxCreateParams* parameters, unsigned int flags, CUdevice device) {
    return parameters ? CUDA_ERROR_UNSUPPORTED_EXEC_AFFINITY : cuCtxCreate_v2(context, flags, device);
}

CUresult cuCtxDestroy_v2(CUcontext context) {
    return call_initialised([&] {
        std::shared_ptr<Context> found = registry().contexts.get(context, CUDA_ERROR_INVALID_CONTEXT);
        require(!found->primary(), CUDA_ERROR_INVALID_CONTEXT);
        registry().contexts.remove(context);
        if (current_handle() == context) pop_current();
        found->close();
    });
}

CUresult cuCtxPushCurrent_v2(CUcontext context) {
    return call_initialised([&] {
        registry().contexts.get(context, CUDA_ERROR_INVALID_CONTEXT);
        push_current(context);
    });
}

CUresult cuCtxPopCurrent_v2(CUcontext* context) {
    return call_initialised([&] {
        CUcontext popped = pop_current();
        if (context) *context = popped;
    });
}

CUresult cuCtxSetCurrent(CUcontext context) {
    return call_initialised([&] {
        if (context) registry().contexts.get(context, CUDA_ERROR_INVALID_CONTEXT);
        set_current(context);
    });
}

CUresult cuCtxGetCurrent(CUcontext* context) {
    return call_initialised([&] {
        require(context);
        *context = current_handle();
    });
}

CUresult cuCtxGetDevice(CUdevice* device) {
    return call_initialised([&] {
        require(device);
        current_context();
        *device = 0;
    });
}

CUresult cuCtxGetDevice_v2(CUdevice* device, CUcontext context) {
    return call_initialised([&] {
        require(device);
        context_of(context);
        *device = 0;
    });
}

CUresult cuCtxGetFlags(unsigned int* flags) {
    return call_initialised([&] {
        require(flags);
        *flags = current_context()->flags();
    });
}

CUresult cuCtxGetId(CUcontext context, unsigned long long* id) {
    return call_initialised([&] {
        require(id);
        *id = context_of(context)->id();
    });
}

CUresult cuCtxGetApiVersion(CUcontext context, unsigned int* version) {
    return call_initialised([&] {
        require(version);
        context_of(context);
        *version = API_VERSION;
    });
}

CUresult cuCtxSynchronize() {
    return in_context([](Context& context) {
        refuse_unsafe_call();
        context.synchronize();
    });
}

CUresult cuCtxSynchronize_v2(CUcontext context) {
    return call_initialised([&] {
        std::shared_ptr<Context> found = context_of(context);
        found->require_health();
        refuse_unsafe_call();
        found->synchronize();
    });
}

// No cache is modelled that lines could be pinned in.
CUresult cuCtxResetPersistingL2Cache() {
    return in_context([](Context&) {});
}

CUresult cuCtxGetLimit(size_t* value, CUlimit limit) {
    return in_context([&](Context& context) {
        require(value);
        std::atomic<size_t>* found = context.limit(limit);
        require(found, CUDA_ERROR_UNSUPPORTED_LIMIT);
        *value = *found;
    });
}

CUresult cuCtxSetLimit(CUlimit limit, size_t value) {
    return in_context([&](Context& context) {
        std::atomic<size_t>* found = context.limit(limit);
        require(found, CUDA_ERROR_UNSUPPORTED_LIMIT);
        // A heap that is in use keeps its size.
        require(limit != CU_LIMIT_MALLOC_HEAP_SIZE || !context.has_heap());
        *found = value;
    });
}

CUresult cuCtxGetCacheConfig(CUfunc_cache* config) {
    return in_context([&](Context& context) {
        require(config);
        *config = (CUfunc_cache)context.cache_config.load();
    });
}

CUresult cuCtxSetCacheConfig(CUfunc_cache config) {
    return in_context([&](Context& context) {
        require(config <= CU_FUNC_CACHE_PREFER_EQUAL);
        context.cache_config = config;
    });
}

CUresult cuCtxGetSharedMemConfig(CUsharedconfig* config) {
    return in_context([&](Context& context) {
        require(config);
        *config = (CUsharedconfig)context.shared_config.load();
    });
}

// Accepted and kept; banks have been four bytes wide for long.
CUresult cuCtxSetSharedMemConfig(CUsharedconfig config) {
    return in_context([&](Context&) { require(config <= CU_SHARED_MEM_CONFIG_EIGHT_BYTE_BANK_SIZE); });
}

CUresult cuCtxGetStreamPriorityRange(int* least, int* greatest) {
    return in_context([&](Context&) {
        if (least) *least = 0;
        if (greatest) *greatest = -5;
    });
}
