// The part of the CUDA driver's interface that we use, declared by ourselves: no toolkit is needed to build.
#pragma once

#include <cstddef>
#include <cstdint>

#include "library.h"

namespace ridgepoint::cuda {

using Result = int;
using DeviceOrdinal = int;
using Address = unsigned long long;
using Context = struct ContextHandle*;
using Module = struct ModuleHandle*;
using Function = struct FunctionHandle*;
using Stream = struct StreamHandle*;
using Event = struct EventHandle*;
using Graph = struct GraphHandle*;
using GraphExec = struct GraphExecHandle*;

constexpr Result kSuccess = 0;
// What we answer for a function the driver does not have.
constexpr Result kNotFound = 500;

struct Uuid {
    unsigned char bytes[16];
};

struct LaunchAttribute {
    static constexpr int kCooperative = 2;
    static constexpr int kClusterDimension = 4;

    int id;
    char pad[4];
    union {
        char bytes[64];
        int flag;
        unsigned cluster[3];
    } value;
};
static_assert(sizeof(LaunchAttribute) == 72);

struct LaunchConfig {
    unsigned grid[3];
    unsigned block[3];
    unsigned shared_bytes;
    Stream stream;
    LaunchAttribute* attributes;
    unsigned attribute_count;
};
static_assert(sizeof(LaunchConfig) == 56);

// Functions by their role; a null one is missing in the driver at hand.
struct DriverApi {
    Library library;

    Result (*init)(unsigned flags);
    Result (*version)(int* version);
    Result (*error_name)(Result, const char**);
    Result (*error_text)(Result, const char**);
    Result (*device_count)(int*);
    Result (*device_get)(DeviceOrdinal*, int index);
    Result (*device_name)(char*, int size, DeviceOrdinal);
    Result (*device_uuid)(Uuid*, DeviceOrdinal);
    Result (*device_attribute)(int*, int attribute, DeviceOrdinal);
    Result (*device_memory)(size_t*, DeviceOrdinal);
    Result (*context_retain)(Context*, DeviceOrdinal);
    Result (*context_release)(DeviceOrdinal);
    Result (*context_set)(Context);
    Result (*memory_allocate)(Address*, size_t);
    Result (*memory_free)(Address);
    Result (*copy_to_device)(Address, const void*, size_t);
    Result (*copy_to_host)(void*, Address, size_t);
    Result (*fill_async)(Address, unsigned char, size_t, Stream);
    Result (*module_load)(Module*, const void* image, unsigned options, int* keys, void** values);
    Result (*module_unload)(Module);
    Result (*module_function)(Function*, Module, const char*);
    Result (*function_get)(int*, int attribute, Function);
    Result (*function_set)(Function, int attribute, int value);
    Result (*launch)(Function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                     unsigned shared_bytes, Stream, void** parameters, void** extra);
    Result (*launch_ex)(const LaunchConfig*, Function, void** parameters, void** extra);
    Result (*stream_create)(Stream*, unsigned flags);
    Result (*stream_destroy)(Stream);
    Result (*stream_synchronize)(Stream);
    Result (*event_create)(Event*, unsigned flags);
    Result (*event_destroy)(Event);
    Result (*event_record)(Event, Stream);
    Result (*event_synchronize)(Event);
    Result (*event_elapsed)(float*, Event, Event);
    Result (*capture_begin)(Stream, int mode);
    Result (*capture_end)(Stream, Graph*);
    Result (*graph_instantiate)(GraphExec*, Graph, unsigned long long flags);
    Result (*graph_launch)(GraphExec, Stream);
    Result (*graph_destroy)(Graph);
    Result (*graph_exec_destroy)(GraphExec);
    Result (*tensor_map_encode)(void* map, int type, uint32_t rank, void* address, const uint64_t* extents,
                                const uint64_t* strides, const uint32_t* box, const uint32_t* element_strides,
                                int interleave, int swizzle, int l2_promotion, int out_of_bounds);
};

// The driver of this process.
DriverApi& driver();

// Calls a function of the driver, if it has it.
template <typename... Parameters, typename... Values>
Result call(Result (*function)(Parameters...), Values... values) {
    return function == nullptr ? kNotFound : function(values...);
}

// A handle as Java holds it, and back.
template <typename Handle> Handle handle(int64_t value) { return reinterpret_cast<Handle>(value); }
template <typename Handle> int64_t number(Handle* value) { return reinterpret_cast<int64_t>(value); }

}  // namespace ridgepoint::cuda
