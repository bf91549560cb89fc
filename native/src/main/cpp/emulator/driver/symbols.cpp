#include "driver/symbols.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "driver/abi/types.h"
#include "driver/report.h"
#include "driver/symbol_table.h"

namespace ridgepoint::emulator::driver {
namespace {

// From when on a name means its later version, where that came after 10.0; by cudaTypedefs.h. A caller of an older version
// passes other arguments.
struct Introduced {
    const char* name;
    int version;
};

constexpr Introduced INTRODUCED[] = {
    {"cuCtxCreate_v3", 11040},
    {"cuCtxCreate_v4", 12050},
    {"cuCtxGetDevice_v2", 13000},
    {"cuCtxSynchronize_v2", 13000},
    {"cuDeviceGetUuid_v2", 11040},
    {"cuDevicePrimaryCtxRelease_v2", 11000},
    {"cuDevicePrimaryCtxReset_v2", 11000},
    {"cuDevicePrimaryCtxSetFlags_v2", 11000},
    {"cuEventElapsedTime_v2", 12080},
    {"cuGetProcAddress_v2", 12000},
    {"cuGraphAddDependencies_v2", 12030},
    {"cuGraphAddKernelNode_v2", 12000},
    {"cuGraphAddNode_v2", 12030},
    {"cuGraphExecKernelNodeSetParams_v2", 12000},
    {"cuGraphExecUpdate_v2", 12000},
    {"cuGraphGetEdges_v2", 12030},
    {"cuGraphInstantiate_v2", 11000},
    {"cuGraphKernelNodeGetParams_v2", 12000},
    {"cuGraphKernelNodeSetParams_v2", 12000},
    {"cuGraphNodeGetDependencies_v2", 12030},
    {"cuGraphNodeGetDependentNodes_v2", 12030},
    {"cuGraphRemoveDependencies_v2", 12030},
    {"cuIpcOpenMemHandle_v2", 11000},
    {"cuMemAdvise_v2", 12020},
    {"cuMemPrefetchAsync_v2", 12020},
    {"cuMemcpy3DBatchAsync_v2", 13000},
    {"cuMemcpyBatchAsync_v2", 13000},
    {"cuStreamBatchMemOp_v2", 11070},
    {"cuStreamBeginCapture_v2", 10010},
    {"cuStreamGetCaptureInfo_v2", 11030},
    {"cuStreamGetCaptureInfo_v3", 12030},
    {"cuStreamGetCtx_v2", 12050},
    {"cuStreamUpdateCaptureDependencies_v2", 12030},
    {"cuStreamWaitValue32_v2", 11070},
    {"cuStreamWaitValue64_v2", 11070},
    {"cuStreamWriteValue32_v2", 11070},
    {"cuStreamWriteValue64_v2", 11070},
};

bool is_of(const std::string& name, int version) {
    const auto found = std::find_if(std::begin(INTRODUCED), std::end(INTRODUCED),
                                    [&](const Introduced& later) { return name == later.name; });
    return found == std::end(INTRODUCED) || found->version <= version;
}

void* find_exactly(const std::string& name) {
    const Symbol* end = SYMBOLS + SYMBOL_COUNT;
    const Symbol* found = std::find_if(SYMBOLS, end, [&](const Symbol& symbol) { return name == symbol.name; });
    return found == end ? nullptr : found->address;
}

}  // namespace

void* find_symbol(const char* name, int version) {
    for (const char* suffix : {"_v4", "_v3", "_v2", ""}) {
        const std::string full = std::string(name) + suffix;
        void* found = is_of(full, version) ? find_exactly(full) : nullptr;
        if (found) return found;
    }
    return nullptr;
}

int not_supported(const char* function, bool& reported) {
    if (!__atomic_exchange_n(&reported, true, __ATOMIC_RELAXED)) {
        report(std::string(function) + ": not supported");
    }
    return CUDA_ERROR_NOT_SUPPORTED;
}

}  // namespace ridgepoint::emulator::driver
