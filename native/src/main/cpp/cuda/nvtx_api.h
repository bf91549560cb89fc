// NVTX's interface to tools as we use it: a tool is a library whose entry point is handed a way to our tables, and puts its own
// functions into their slots. Numbers and structures are those of NVIDIA's header, which a test compares where it is installed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ridgepoint::cuda::nvtx {

constexpr const char* kPathVariable = "NVTX_INJECTION64_PATH";
constexpr const char* kEntryPoint = "InitializeInjectionNvtx2";

using Function = void (*)();
// Pointers to slots, by the number of the function; slot 0 is none's.
using Table = Function**;

constexpr uint32_t kCallbacksTable = 1;
// Modules count from 1: core, CUDA, OpenCL, CUDA runtime, core with domains, synchronisation.
constexpr int kModules = 6;
constexpr int kCore = 1;
// How many slots each has; ours are filled in core alone.
constexpr unsigned kSlots[] = {0, 16, 9, 15, 7, 16, 7};
constexpr unsigned kMostSlots = 16;
constexpr unsigned kRangeStart = 5;
constexpr unsigned kRangeEnd = 7;

struct Callbacks {
    size_t struct_size;
    int (*module_table)(int module, Table* table, unsigned* slots);
};

using ExportTable = const void* (*)(uint32_t);
using Initialize = int (*)(ExportTable);
using RangeStart = uint64_t (*)(const char*);
using RangeEnd = void (*)(uint64_t);

}  // namespace ridgepoint::cuda::nvtx
