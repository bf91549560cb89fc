// The driver's functions, as far as our bindings call them.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "fake.h"

namespace fake {

Driver& driver() {
    static Driver the_driver;
    return the_driver;
}

bool Driver::holds(Address from, size_t bytes) const {
    auto next = allocations.upper_bound(from);
    if (next == allocations.begin()) {
        return false;
    }
    auto& [start, size] = *std::prev(next);
    return from - start + bytes <= size;
}

namespace {

struct Module {
    std::string image;
};

struct Function {
    std::string symbol;
    const Kernel* kernel;
};

struct Launch {
    Function* function;
    unsigned grid[3];
    unsigned block[3];
    std::vector<std::vector<unsigned char>> parameters;
};

struct Graph {
    std::vector<Launch> launches;
};

struct Stream {
    std::unique_ptr<Graph> captured;
};

struct Event {
    long launches = -1;
};

thread_local bool has_context = false;
std::vector<std::unique_ptr<Function>> functions;

// What a call answers before it does anything: a scripted failure, or the error that killed the context.
int entry(const char* call) {
    Driver& d = driver();
    if (d.recording) {
        d.log += call;
        d.log += '\n';
    }
    if (!d.failures.empty()) {
        auto scripted = d.failures.find(call);
        if (scripted != d.failures.end()) {
            int result = scripted->second;
            d.failures.erase(scripted);
            return result;
        }
    }
    return d.sticky;
}

template <typename Handle> Handle* made(Handle* handle) {
    driver().live_handles++;
    return handle;
}

template <typename Handle> int destroyed(Handle* handle) {
    if (handle == nullptr) {
        return kInvalidHandle;
    }
    driver().live_handles--;
    delete handle;
    return kSuccess;
}

void run(const Launch& launch) {
    Driver& d = driver();
    d.launches++;
    if (launch.function->kernel == nullptr || d.sticky != kSuccess) {
        return;
    }
    Run shape{{launch.grid[0], launch.grid[1], launch.grid[2]},
              {launch.block[0], launch.block[1], launch.block[2]},
              launch.parameters};
    d.sticky = launch.function->kernel->body(shape);
}

int launch(Function* function, const unsigned* grid, const unsigned* block, unsigned shared, Stream* stream,
           void** parameters) {
    if (!has_context) {
        return kInvalidContext;
    }
    if (function == nullptr || grid[0] * grid[1] * grid[2] == 0) {
        return kInvalidValue;
    }
    Driver& d = driver();
    bool capturing = stream != nullptr && stream->captured != nullptr;
    if (function->kernel == nullptr && !capturing && !d.recording) {
        d.launches++;  // the bare call: what the cost of launching is measured against
        return kSuccess;
    }
    Launch made{function, {grid[0], grid[1], grid[2]}, {block[0], block[1], block[2]}, {}};
    if (function->kernel != nullptr) {
        for (size_t i = 0; i < function->kernel->sizes.size(); i++) {
            auto* bytes = static_cast<unsigned char*>(parameters[i]);
            made.parameters.emplace_back(bytes, bytes + function->kernel->sizes[i]);
        }
    }
    if (d.recording) {
        char line[256];
        std::snprintf(line, sizeof line, "  %s grid %ux%ux%u block %ux%ux%u shared %u\n", function->symbol.c_str(),
                      grid[0], grid[1], grid[2], block[0], block[1], block[2], shared);
        d.log += line;
    }
    if (capturing) {
        stream->captured->launches.push_back(made);
    } else {
        run(made);
    }
    return kSuccess;
}

}  // namespace
}  // namespace fake

using namespace fake;

extern "C" {

int cuInit(unsigned) { return entry("cuInit"); }

int cuDriverGetVersion(int* version) {
    *version = 13000;
    return kSuccess;
}

int cuGetErrorName(int result, const char** name) {
    static const std::map<int, const char*> names = {
        {1, "CUDA_ERROR_INVALID_VALUE"},    {2, "CUDA_ERROR_OUT_OF_MEMORY"}, {100, "CUDA_ERROR_NO_DEVICE"},
        {200, "CUDA_ERROR_INVALID_IMAGE"},  {201, "CUDA_ERROR_INVALID_CONTEXT"}, {218, "CUDA_ERROR_INVALID_PTX"},
        {400, "CUDA_ERROR_INVALID_HANDLE"}, {500, "CUDA_ERROR_NOT_FOUND"},   {700, "CUDA_ERROR_ILLEGAL_ADDRESS"},
        {719, "CUDA_ERROR_LAUNCH_FAILED"}};
    auto found = names.find(result);
    *name = found == names.end() ? nullptr : found->second;
    return found == names.end() ? kInvalidValue : kSuccess;
}

int cuGetErrorString(int result, const char** text) {
    static thread_local char words[64];
    std::snprintf(words, sizeof words, "the fake's words for %d", result);
    *text = words;
    return kSuccess;
}

int cuDeviceGetCount(int* count) {
    *count = 2;
    return entry("cuDeviceGetCount");
}

int cuDeviceGet(int* device, int index) {
    *device = index;
    return index == 0 || index == 1 ? kSuccess : kInvalidValue;
}

int cuDeviceGetName(char* name, int size, int) {
    std::snprintf(name, size, driver().named_as_emulated ? "Ridgepoint emulated by a fake" : "NVIDIA Fake");
    return kSuccess;
}

int cuDeviceGetUuid(unsigned char* uuid, int device) {
    for (int i = 0; i < 16; i++) {
        uuid[i] = static_cast<unsigned char>(16 * (device + 1) + i);
    }
    return kSuccess;
}

int cuDeviceGetAttribute(int* value, int attribute, int) {
    switch (attribute) {
        case 16: *value = 4; break;
        case 38: *value = 1 << 20; break;
        case 75: *value = driver().arch / 10; break;
        case 76: *value = driver().arch % 10; break;
        case 95: *value = 1; break;
        case 97: *value = 227 << 10; break;
        case 120: case 127: *value = driver().arch >= 90; break;
        default: *value = 0;
    }
    return kSuccess;
}

int cuDeviceTotalMem_v2(size_t* bytes, int) {
    *bytes = size_t{1} << 30;
    return kSuccess;
}

int cuDevicePrimaryCtxRetain(void** context, int device) {
    if (int result = entry("cuDevicePrimaryCtxRetain")) {
        return result;
    }
    driver().contexts++;
    *context = reinterpret_cast<void*>(static_cast<intptr_t>(device + 1));
    return kSuccess;
}

int cuDevicePrimaryCtxRelease_v2(int) {
    driver().contexts--;
    return kSuccess;
}

int cuCtxSetCurrent(void* context) {
    has_context = context != nullptr;
    return kSuccess;
}

int cuMemAlloc_v2(Address* address, size_t bytes) {
    if (int result = entry("cuMemAlloc")) {
        return result;
    }
    void* memory = std::aligned_alloc(256, (bytes + 255) / 256 * 256);
    *address = reinterpret_cast<Address>(memory);
    driver().allocations[*address] = bytes;
    return kSuccess;
}

int cuMemFree_v2(Address address) {
    if (int result = entry("cuMemFree")) {
        return result;
    }
    if (driver().allocations.erase(address) == 0) {
        return kInvalidValue;
    }
    std::free(reinterpret_cast<void*>(address));
    return kSuccess;
}

int cuMemcpyHtoD_v2(Address to, const void* from, size_t bytes) {
    if (int result = entry("cuMemcpyHtoD")) {
        return result;
    }
    if (!driver().holds(to, bytes)) {
        return kInvalidValue;
    }
    std::memcpy(reinterpret_cast<void*>(to), from, bytes);
    return kSuccess;
}

int cuMemcpyDtoH_v2(void* to, Address from, size_t bytes) {
    if (int result = entry("cuMemcpyDtoH")) {
        return result;
    }
    if (!driver().holds(from, bytes)) {
        return kInvalidValue;
    }
    std::memcpy(to, reinterpret_cast<void*>(from), bytes);
    return kSuccess;
}

int cuMemsetD8Async(Address address, unsigned char value, size_t bytes, void*) {
    if (int result = entry("cuMemsetD8Async")) {
        return result;
    }
    if (!driver().holds(address, bytes)) {
        return kInvalidValue;
    }
    std::memset(reinterpret_cast<void*>(address), value, bytes);
    return kSuccess;
}

int cuModuleLoadDataEx(Module** module, const void* image, unsigned count, const int* keys, void** values) {
    if (int result = entry("cuModuleLoadDataEx")) {
        return result;
    }
    uint32_t magic;
    std::memcpy(&magic, image, sizeof magic);
    if (magic == 0xba55ed50) {
        uint64_t size;
        std::memcpy(&size, static_cast<const char*>(image) + 8, sizeof size);
        *module = made(new Module{std::string(static_cast<const char*>(image), 16 + size)});
        return kSuccess;
    }
    std::string text = magic == 0x7265762e ? static_cast<const char*>(image) : "";  // ".ver"
    if (text.empty()) {
        return kInvalidImage;
    }
    if (text.find("nonsense") != std::string::npos) {
        for (unsigned i = 0; i < count; i++) {
            if (keys[i] == 5) {
                std::strcpy(static_cast<char*>(values[i]), "line 3: unknown instruction 'nonsense'");
            }
        }
        return kInvalidPtx;
    }
    *module = made(new Module{text});
    return kSuccess;
}

int cuModuleLoadData(Module** module, const void* image) { return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr); }

int cuModuleUnload(Module* module) {
    if (int result = entry("cuModuleUnload")) {
        return result;
    }
    return destroyed(module);
}

int cuModuleGetFunction(Function** function, Module* module, const char* symbol) {
    if (int result = entry("cuModuleGetFunction")) {
        return result;
    }
    if (module->image.find(symbol) == std::string::npos) {
        return kNotFound;
    }
    // Kernels that do nothing leave the cost of launching them.
    static const bool idle = std::getenv("RIDGEPOINT_FAKE_NOOP") != nullptr;
    functions.push_back(std::make_unique<Function>(Function{symbol, idle ? nullptr : find_kernel(symbol)}));
    *function = functions.back().get();
    return kSuccess;
}

int cuFuncGetAttribute(int* value, int attribute, Function*) {
    *value = attribute == 6 ? driver().arch : 0;
    return kSuccess;
}

int cuFuncSetAttribute(Function*, int attribute, int value) {
    if (driver().recording) {
        driver().log += "cuFuncSetAttribute " + std::to_string(attribute) + " " + std::to_string(value) + "\n";
    }
    return kSuccess;
}

int cuLaunchKernel(Function* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                   unsigned shared, Stream* stream, void** parameters, void**) {
    if (int result = entry("cuLaunchKernel")) {
        return result;
    }
    unsigned grid[] = {gx, gy, gz}, block[] = {bx, by, bz};
    return launch(function, grid, block, shared, stream, parameters);
}

int cuLaunchCooperativeKernel(Function* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                              unsigned bz, unsigned shared, Stream* stream, void** parameters) {
    if (int result = entry("cuLaunchCooperativeKernel")) {
        return result;
    }
    unsigned grid[] = {gx, gy, gz}, block[] = {bx, by, bz};
    return launch(function, grid, block, shared, stream, parameters);
}

struct Attribute {
    int id;
    int pad;
    unsigned value[16];
};

struct Config {
    unsigned grid[3], block[3], shared;
    Stream* stream;
    Attribute* attributes;
    unsigned count;
};

int cuLaunchKernelEx(const Config* config, Function* function, void** parameters, void**) {
    if (int result = entry("cuLaunchKernelEx")) {
        return result;
    }
    for (unsigned i = 0; i < config->count && driver().recording; i++) {
        const Attribute& a = config->attributes[i];
        char line[96];
        std::snprintf(line, sizeof line, "  attribute %d: %u %u %u\n", a.id, a.value[0], a.value[1], a.value[2]);
        driver().log += line;
    }
    return launch(function, config->grid, config->block, config->shared, config->stream, parameters);
}

int cuStreamCreate(Stream** stream, unsigned) {
    if (int result = entry("cuStreamCreate")) {
        return result;
    }
    *stream = made(new Stream);
    return kSuccess;
}

int cuStreamDestroy_v2(Stream* stream) {
    if (int result = entry("cuStreamDestroy")) {
        return result;
    }
    return destroyed(stream);
}

int cuStreamSynchronize(Stream*) { return entry("cuStreamSynchronize"); }

int cuEventCreate(Event** event, unsigned) {
    if (int result = entry("cuEventCreate")) {
        return result;
    }
    *event = made(new Event);
    return kSuccess;
}

int cuEventDestroy_v2(Event* event) {
    if (int result = entry("cuEventDestroy")) {
        return result;
    }
    return destroyed(event);
}

int cuEventRecord(Event* event, Stream*) {
    event->launches = driver().launches;
    return entry("cuEventRecord");
}

int cuEventSynchronize(Event*) { return entry("cuEventSynchronize"); }

// A launch takes a millisecond.
int cuEventElapsedTime(float* millis, Event* from, Event* to) {
    if (from->launches < 0 || to->launches < 0) {
        return kInvalidHandle;
    }
    *millis = static_cast<float>(to->launches - from->launches);
    return entry("cuEventElapsedTime");
}

int cuStreamBeginCapture_v2(Stream* stream, int) {
    if (int result = entry("cuStreamBeginCapture")) {
        return result;
    }
    stream->captured = std::make_unique<Graph>();
    return kSuccess;
}

int cuStreamEndCapture(Stream* stream, Graph** graph) {
    if (int result = entry("cuStreamEndCapture")) {
        return result;
    }
    *graph = made(stream->captured.release());
    return kSuccess;
}

int cuGraphInstantiateWithFlags(Graph** ready, Graph* graph, unsigned long long) {
    if (int result = entry("cuGraphInstantiate")) {
        return result;
    }
    *ready = made(new Graph(*graph));
    return kSuccess;
}

int cuGraphLaunch(Graph* graph, Stream*) {
    if (int result = entry("cuGraphLaunch")) {
        return result;
    }
    for (const Launch& launch : graph->launches) {
        run(launch);
    }
    return kSuccess;
}

int cuGraphDestroy(Graph* graph) { return destroyed(graph); }
int cuGraphExecDestroy(Graph* graph) { return destroyed(graph); }

int cuTensorMapEncodeTiled(void* map, int type, uint32_t rank, void* address, const uint64_t* extents,
                           const uint64_t* strides, const uint32_t* box, const uint32_t* steps, int interleave,
                           int swizzle, int promotion, int fill) {
    if (int result = entry("cuTensorMapEncodeTiled")) {
        return result;
    }
    // Everything it was told, so that a test can look.
    uint64_t words[16] = {static_cast<uint64_t>(type), rank, reinterpret_cast<uint64_t>(address)};
    for (uint32_t i = 0; i < rank && i < 2; i++) {
        words[3 + i] = extents[i];
        words[6 + i] = box[i];
        words[8 + i] = steps[i];
    }
    words[5] = rank > 1 ? strides[0] : 0;
    words[10] = static_cast<uint64_t>(interleave);
    words[11] = static_cast<uint64_t>(swizzle);
    words[12] = static_cast<uint64_t>(promotion);
    words[13] = static_cast<uint64_t>(fill);
    std::memcpy(map, words, sizeof words);
    return kSuccess;
}

}  // extern "C"
