#include "driver_api.h"

#include "ridgepoint_cuda.h"

namespace ridgepoint::cuda {

DriverApi& driver() {
    static DriverApi api{};
    return api;
}

static void find_all(DriverApi& api) {
    Library& library = api.library;
    library.find(api.init, "cuInit");
    library.find(api.version, "cuDriverGetVersion");
    library.find(api.error_name, "cuGetErrorName");
    library.find(api.error_text, "cuGetErrorString");
    library.find(api.device_count, "cuDeviceGetCount");
    library.find(api.device_get, "cuDeviceGet");
    library.find(api.device_name, "cuDeviceGetName");
    library.find(api.device_uuid, "cuDeviceGetUuid");
    library.find(api.device_attribute, "cuDeviceGetAttribute");
    library.find(api.device_memory, "cuDeviceTotalMem_v2");
    library.find(api.context_retain, "cuDevicePrimaryCtxRetain");
    library.find(api.context_release, "cuDevicePrimaryCtxRelease_v2");
    library.find(api.context_set, "cuCtxSetCurrent");
    library.find(api.memory_allocate, "cuMemAlloc_v2");
    library.find(api.memory_free, "cuMemFree_v2");
    library.find(api.copy_to_device, "cuMemcpyHtoD_v2");
    library.find(api.copy_to_host, "cuMemcpyDtoH_v2");
    library.find(api.fill_async, "cuMemsetD8Async");
    library.find(api.module_load, "cuModuleLoadDataEx");
    library.find(api.module_unload, "cuModuleUnload");
    library.find(api.module_function, "cuModuleGetFunction");
    library.find(api.function_get, "cuFuncGetAttribute");
    library.find(api.function_set, "cuFuncSetAttribute");
    library.find(api.launch, "cuLaunchKernel");
    library.find(api.launch_ex, "cuLaunchKernelEx");
    library.find(api.stream_create, "cuStreamCreate");
    library.find(api.stream_destroy, "cuStreamDestroy_v2");
    library.find(api.stream_synchronize, "cuStreamSynchronize");
    library.find(api.event_create, "cuEventCreate");
    library.find(api.event_destroy, "cuEventDestroy_v2");
    library.find(api.event_record, "cuEventRecord");
    library.find(api.event_synchronize, "cuEventSynchronize");
    library.find(api.event_elapsed, "cuEventElapsedTime");
    library.find(api.capture_begin, "cuStreamBeginCapture_v2");
    library.find(api.capture_end, "cuStreamEndCapture");
    library.find(api.graph_instantiate, "cuGraphInstantiateWithFlags");
    library.find(api.graph_launch, "cuGraphLaunch");
    library.find(api.graph_destroy, "cuGraphDestroy");
    library.find(api.graph_exec_destroy, "cuGraphExecDestroy");
    library.find(api.tensor_map_encode, "cuTensorMapEncodeTiled");
}

const char* open_driver(const char* path) {
    DriverApi& api = driver();
    if (!api.library.is_open()) {
        if (!api.library.open(path)) {
            return api.library.error().c_str();
        }
        find_all(api);
    }
    return nullptr;
}

const char* missing_driver_functions() { return driver().library.missing().c_str(); }

const char* error_name(int result) {
    const char* name = nullptr;
    return call(driver().error_name, result, &name) == kSuccess && name != nullptr ? name : "CUDA_ERROR";
}

const char* error_text(int result) {
    const char* text = nullptr;
    if (result == kNotFound && driver().error_text == nullptr) {
        return "the driver does not have this function";
    }
    return call(driver().error_text, result, &text) == kSuccess && text != nullptr ? text : "no description";
}

}  // namespace ridgepoint::cuda
