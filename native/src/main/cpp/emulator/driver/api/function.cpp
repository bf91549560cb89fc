// Functions: attributes and occupancy.
#include "driver/api/call.h"
#include "driver/module.h"
#include "driver/occupancy.h"

using namespace ridgepoint::emulator::driver;

namespace {

template <class Body>
CUresult on_function(CUfunction handle, Body&& body, const char* function = __builtin_FUNCTION()) {
    return in_context([&](Context&) { body(*registry().functions.get(handle)); }, function);
}

int attribute_of(const Function& function, CUfunction_attribute attribute) {
    const auto& kernel = function.kernel();
    switch (attribute) {
        case CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK: return function.max_threads();
        case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES: return (int)kernel.static_shared;
        case CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES: return function.local_bytes();
        case CU_FUNC_ATTRIBUTE_NUM_REGS: return function.registers();
        case CU_FUNC_ATTRIBUTE_PTX_VERSION:
        case CU_FUNC_ATTRIBUTE_BINARY_VERSION: return function.context().model().architecture();
        case CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES: return function.max_dynamic_shared;
        case CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT: return function.shared_carveout;
        case CU_FUNC_ATTRIBUTE_CLUSTER_SIZE_MUST_BE_SET: return kernel.explicit_cluster;
        case CU_FUNC_ATTRIBUTE_REQUIRED_CLUSTER_WIDTH: return (int)kernel.cluster.x;
        case CU_FUNC_ATTRIBUTE_REQUIRED_CLUSTER_HEIGHT: return (int)kernel.cluster.y;
        case CU_FUNC_ATTRIBUTE_REQUIRED_CLUSTER_DEPTH: return (int)kernel.cluster.z;
        case CU_FUNC_ATTRIBUTE_CONST_SIZE_BYTES:
        case CU_FUNC_ATTRIBUTE_CACHE_MODE_CA:
        case CU_FUNC_ATTRIBUTE_NON_PORTABLE_CLUSTER_SIZE_ALLOWED:
        case CU_FUNC_ATTRIBUTE_CLUSTER_SCHEDULING_POLICY_PREFERENCE: return 0;
    }
    throw DriverError(CUDA_ERROR_INVALID_VALUE);
}

// The dynamic shared memory of a block size, as the callers of cuOccupancyMaxPotentialBlockSize give it.
size_t shared_of(int block_size, CUoccupancyB2DSize of, size_t fixed) { return of ? of(block_size) : fixed; }

}  // namespace

CUresult cuFuncGetAttribute(int* value, CUfunction_attribute attribute, CUfunction handle) {
    return on_function(handle, [&](const Function& function) {
        require(value);
        *value = attribute_of(function, attribute);
    });
}

CUresult cuFuncSetAttribute(CUfunction handle, CUfunction_attribute attribute, int value) {
    return on_function(handle, [&](Function& function) {
        if (attribute == CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT) {
            require(value >= -1 && value <= 100);
            function.shared_carveout = value;
            return;
        }
        require(attribute == CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES);
        int most = function.context().model().max_shared_per_block() - (int)function.kernel().static_shared;
        require(value >= 0 && value <= most);
        function.max_dynamic_shared = value;
    });
}

// Hints about caches and banks: accepted, without effect.
CUresult cuFuncSetCacheConfig(CUfunction handle, CUfunc_cache config) {
    return on_function(handle, [&](Function&) { require(config <= CU_FUNC_CACHE_PREFER_EQUAL); });
}

CUresult cuFuncSetSharedMemConfig(CUfunction handle, CUsharedconfig config) {
    return on_function(handle, [&](Function&) { require(config <= CU_SHARED_MEM_CONFIG_EIGHT_BYTE_BANK_SIZE); });
}

CUresult cuFuncGetModule(CUmodule* module, CUfunction handle) {
    return on_function(handle, [&](const Function& function) {
        require(module);
        *module = function.module;
    });
}

CUresult cuFuncGetName(const char** name, CUfunction handle) {
    return on_function(handle, [&](const Function& function) {
        require(name);
        *name = function.kernel().name.c_str();
    });
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction handle, int block_size,
                                                     size_t dynamic_shared) {
    return on_function(handle, [&](const Function& function) {
        require(blocks && block_size > 0);
        *blocks = blocks_per_processor(function, block_size, dynamic_shared);
    });
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, CUfunction handle, int block_size,
                                                              size_t dynamic_shared, unsigned int) {
    return cuOccupancyMaxActiveBlocksPerMultiprocessor(blocks, handle, block_size, dynamic_shared);
}

CUresult cuOccupancyMaxPotentialBlockSize(int* grid, int* block, CUfunction handle,
                                          CUoccupancyB2DSize dynamic_shared_of, size_t dynamic_shared, int limit) {
    return on_function(handle, [&](const Function& function) {
        require(grid && block && limit >= 0);
        int most = limit ? std::min(limit, function.max_threads()) : function.max_threads();
        int best = 0;
        for (int size = most / DeviceModel::WARP * DeviceModel::WARP; size > 0; size -= DeviceModel::WARP) {
            int blocks = blocks_per_processor(function, size, shared_of(size, dynamic_shared_of, dynamic_shared));
            if (blocks * size <= best) continue;
            best = blocks * size;
            *block = size;
            *grid = blocks * function.context().model().processors;
        }
        require(best > 0);
    });
}

CUresult cuOccupancyMaxPotentialBlockSizeWithFlags(int* grid, int* block, CUfunction handle,
                                                   CUoccupancyB2DSize dynamic_shared_of, size_t dynamic_shared,
                                                   int limit, unsigned int) {
    return cuOccupancyMaxPotentialBlockSize(grid, block, handle, dynamic_shared_of, dynamic_shared, limit);
}

CUresult cuOccupancyAvailableDynamicSMemPerBlock(size_t* bytes, CUfunction handle, int blocks, int block_size) {
    return on_function(handle, [&](const Function& function) {
        require(bytes && blocks > 0 && block_size > 0);
        *bytes = available_dynamic_shared(function, blocks, block_size);
    });
}
