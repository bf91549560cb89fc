// What Java binds of the CUDA driver: thin calls that answer the driver's own result, with handles as plain numbers.
#pragma once

#include <cstdint>

namespace ridgepoint::cuda {

// Opens the driver once a process; null, or in one line why it could not be.
const char* open_driver(const char* path);
// Functions the driver does not have, separated by spaces; calling one answers CUDA_ERROR_NOT_FOUND.
const char* missing_driver_functions();
const char* error_name(int result);
const char* error_text(int result);
// Compiler and flags of this library.
const char* build_flags();

int initialize();
int driver_version(int64_t* version);
int device_count(int64_t* count);
int device_get(int index, int64_t* device);
// Both texts stay until the next call.
const char* device_name(int device);
// Empty where the driver has none: "GPU-" and 32 digits in five groups otherwise.
const char* device_uuid(int device);
int device_attribute(int device, int attribute, int64_t* value);
int device_memory(int device, int64_t* bytes);

// The device's primary context, which libraries such as cuBLAS share.
int context_retain(int device, int64_t* context);
int context_release(int device);
int context_set(int64_t context);

int memory_allocate(int64_t bytes, int64_t* address);
int memory_free(int64_t address);
int copy_to_device(int64_t to, const void* from, int64_t bytes);
int copy_to_host(void* to, int64_t from, int64_t bytes);
int fill_async(int64_t address, int value, int64_t bytes, int64_t stream);

// Loads a fatbin, cubin or PTX text; what the JIT compiler said is `jit_log()` until the next load.
int module_load(const void* image, int64_t* module);
const char* jit_log();
int module_unload(int64_t module);
int module_function(int64_t module, const char* name, int64_t* function);
int function_get(int64_t function, int attribute, int64_t* value);
int function_set(int64_t function, int attribute, int value);

int stream_create(int64_t* stream);
int stream_destroy(int64_t stream);
int stream_synchronize(int64_t stream);
int event_create(int64_t* event);
int event_destroy(int64_t event);
int event_record(int64_t event, int64_t stream);
int event_synchronize(int64_t event);
int event_elapsed(int64_t from, int64_t to, float* millis);
int capture_begin(int64_t stream);
// Ends the capture and makes a graph of it that can be launched.
int capture_end(int64_t stream, int64_t* graph);
int graph_launch(int64_t graph, int64_t stream);
int graph_destroy(int64_t graph);

// A launch put together once: the parameters' block is copied by no one and must outlive it.
struct Launch;
// Extents are x, y, z of grid, block and cluster; a cluster of ones is none.
Launch* launch_prepare(int64_t function, const int* extents, int shared_bytes, bool cooperative, int64_t stream,
                       int64_t parameters);
int launch(const Launch* launch);
void launch_destroy(Launch* launch);
// Nanoseconds of so many launches from C++, each followed by a synchronisation if asked, or `failure` where one fails.
int64_t time_launches(const Launch* launch, int64_t times, bool synchronize);
// The same of graph launches.
int64_t time_graph_launches(int64_t graph, int64_t stream, int64_t times);

// Writes the 128 bytes of a tensor map for cp.async.bulk.tensor to `map`, which is aligned to 128 bytes.
int tensor_map_encode(int64_t map, int type, int rank, int64_t address, const int64_t* extents, const int64_t* strides,
                      const int* box, const int* element_strides, int interleave, int swizzle, int l2_promotion,
                      int out_of_bounds);

}  // namespace ridgepoint::cuda
