// The driver's functions with numbers for handles.
#include <cstdio>
#include <cstring>

#include "driver_api.h"
#include "ridgepoint_cuda.h"

namespace ridgepoint::cuda {
namespace {

constexpr unsigned kNonBlockingStream = 1;
constexpr int kCaptureThreadLocal = 1;

// JIT options of cuModuleLoadDataEx.
constexpr int kJitErrorLog = 5;
constexpr int kJitErrorLogBytes = 6;
constexpr size_t kJitLogBytes = 16384;
thread_local char jit_messages[kJitLogBytes];

// Calls a function that writes a handle or a number, and hands it on as a number.
template <typename Value, typename... Parameters, typename... Values>
Result answer(int64_t* out, Result (*function)(Value*, Parameters...), Values... values) {
    Value value{};
    Result result = call(function, &value, static_cast<Parameters>(values)...);
    *out = (int64_t)value;  // NOLINT: a handle or an integer
    return result;
}

}  // namespace

const char* build_flags() { return RIDGEPOINT_BUILD_FLAGS; }

int initialize() { return call(driver().init, 0u); }
int driver_version(int64_t* version) { return answer(version, driver().version); }
int device_count(int64_t* count) { return answer(count, driver().device_count); }
int device_get(int index, int64_t* device) { return answer(device, driver().device_get, index); }

const char* device_name(int device) {
    static thread_local char name[256];
    return call(driver().device_name, name, static_cast<int>(sizeof name), device) == kSuccess ? name : "";
}

const char* device_uuid(int device) {
    static thread_local char text[41];
    Uuid uuid{};
    if (call(driver().device_uuid, &uuid, device) != kSuccess) {
        return "";
    }
    char* at = text + std::snprintf(text, sizeof text, "GPU-");
    for (int i = 0; i < 16; i++) {
        bool group = i == 4 || i == 6 || i == 8 || i == 10;
        at += std::snprintf(at, 4, group ? "-%02x" : "%02x", uuid.bytes[i]);
    }
    return text;
}

int device_attribute(int device, int attribute, int64_t* value) {
    return answer(value, driver().device_attribute, attribute, device);
}

int device_memory(int device, int64_t* bytes) { return answer(bytes, driver().device_memory, device); }

int context_retain(int device, int64_t* context) { return answer(context, driver().context_retain, device); }
int context_release(int device) { return call(driver().context_release, device); }
int context_set(int64_t context) { return call(driver().context_set, handle<Context>(context)); }

int memory_allocate(int64_t bytes, int64_t* address) { return answer(address, driver().memory_allocate, bytes); }
int memory_free(int64_t address) { return call(driver().memory_free, static_cast<Address>(address)); }

int copy_to_device(int64_t to, const void* from, int64_t bytes) {
    return call(driver().copy_to_device, static_cast<Address>(to), from, static_cast<size_t>(bytes));
}

int copy_to_host(void* to, int64_t from, int64_t bytes) {
    return call(driver().copy_to_host, to, static_cast<Address>(from), static_cast<size_t>(bytes));
}

int fill_async(int64_t address, int value, int64_t bytes, int64_t stream) {
    return call(driver().fill_async, static_cast<Address>(address), static_cast<unsigned char>(value),
                static_cast<size_t>(bytes), handle<Stream>(stream));
}

int module_load(const void* image, int64_t* module) {
    jit_messages[0] = '\0';
    int options[] = {kJitErrorLog, kJitErrorLogBytes};
    void* values[] = {jit_messages, reinterpret_cast<void*>(kJitLogBytes)};
    Module loaded = nullptr;
    Result result = call(driver().module_load, &loaded, image, 2u, options, values);
    *module = number(loaded);
    return result;
}

const char* jit_log() { return jit_messages; }
int module_unload(int64_t module) { return call(driver().module_unload, handle<Module>(module)); }

int module_function(int64_t module, const char* name, int64_t* function) {
    Function found = nullptr;
    Result result = call(driver().module_function, &found, handle<Module>(module), name);
    *function = number(found);
    return result;
}

int function_get(int64_t function, int attribute, int64_t* value) {
    int found = 0;
    Result result = call(driver().function_get, &found, attribute, handle<Function>(function));
    *value = found;
    return result;
}

int function_set(int64_t function, int attribute, int value) {
    return call(driver().function_set, handle<Function>(function), attribute, value);
}

int stream_create(int64_t* stream) { return answer(stream, driver().stream_create, kNonBlockingStream); }
int stream_destroy(int64_t stream) { return call(driver().stream_destroy, handle<Stream>(stream)); }
int stream_synchronize(int64_t stream) { return call(driver().stream_synchronize, handle<Stream>(stream)); }

int event_create(int64_t* event) { return answer(event, driver().event_create, 0); }
int event_destroy(int64_t event) { return call(driver().event_destroy, handle<Event>(event)); }
int event_record(int64_t event, int64_t stream) {
    return call(driver().event_record, handle<Event>(event), handle<Stream>(stream));
}
int event_synchronize(int64_t event) { return call(driver().event_synchronize, handle<Event>(event)); }
int event_elapsed(int64_t from, int64_t to, float* millis) {
    return call(driver().event_elapsed, millis, handle<Event>(from), handle<Event>(to));
}

int capture_begin(int64_t stream) { return call(driver().capture_begin, handle<Stream>(stream), kCaptureThreadLocal); }

int capture_end(int64_t stream, int64_t* graph) {
    Graph captured = nullptr;
    GraphExec ready = nullptr;
    Result result = call(driver().capture_end, handle<Stream>(stream), &captured);
    if (result == kSuccess) {
        result = call(driver().graph_instantiate, &ready, captured, 0ull);
        call(driver().graph_destroy, captured);
    }
    *graph = number(ready);
    return result;
}

int graph_launch(int64_t graph, int64_t stream) {
    return call(driver().graph_launch, handle<GraphExec>(graph), handle<Stream>(stream));
}
int graph_destroy(int64_t graph) { return call(driver().graph_exec_destroy, handle<GraphExec>(graph)); }

int tensor_map_encode(int64_t map, int type, int rank, int64_t address, const int64_t* extents, const int64_t* strides,
                      const int* box, const int* element_strides, int interleave, int swizzle, int l2_promotion,
                      int out_of_bounds) {
    return call(driver().tensor_map_encode, handle<void*>(map), type, static_cast<uint32_t>(rank),
                handle<void*>(address), reinterpret_cast<const uint64_t*>(extents),
                reinterpret_cast<const uint64_t*>(strides), reinterpret_cast<const uint32_t*>(box),
                reinterpret_cast<const uint32_t*>(element_strides), interleave, swizzle, l2_promotion, out_of_bounds);
}

}  // namespace ridgepoint::cuda
