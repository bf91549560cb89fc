// Compiled, never run: our own declarations of NVTX's interface to tools, held against the toolkit's header.
#include <nvtx3/nvToolsExt.h>

#include <cstddef>
#include <type_traits>

#include "nvtx_api.h"

namespace ours = ridgepoint::cuda::nvtx;

static_assert(NVTX_ETID_CALLBACKS == ours::kCallbacksTable);
static_assert(sizeof(NvtxExportTableCallbacks) == sizeof(ours::Callbacks));
static_assert(offsetof(NvtxExportTableCallbacks, GetModuleFunctionTable) == offsetof(ours::Callbacks, module_table));
static_assert(sizeof(NvtxCallbackModule) == sizeof(int) && NVTX_CB_MODULE_SIZE == ours::kModules + 1);
static_assert(NVTX_CB_MODULE_CORE == ours::kCore && NVTX_CBID_CORE_SIZE == ours::kSlots[NVTX_CB_MODULE_CORE]);
static_assert(NVTX_CBID_CUDA_SIZE == ours::kSlots[NVTX_CB_MODULE_CUDA]);
static_assert(NVTX_CBID_OPENCL_SIZE == ours::kSlots[NVTX_CB_MODULE_OPENCL]);
static_assert(NVTX_CBID_CUDART_SIZE == ours::kSlots[NVTX_CB_MODULE_CUDART]);
static_assert(NVTX_CBID_CORE2_SIZE == ours::kSlots[NVTX_CB_MODULE_CORE2]);
static_assert(NVTX_CBID_SYNC_SIZE == ours::kSlots[NVTX_CB_MODULE_SYNC]);
static_assert(NVTX_CBID_CORE_RangeStartA == ours::kRangeStart && NVTX_CBID_CORE_RangeEnd == ours::kRangeEnd);
static_assert(std::is_same_v<NvtxFunctionTable, ours::Table>);
static_assert(std::is_same_v<NvtxGetExportTableFunc_t, ours::ExportTable>);
static_assert(std::is_same_v<NvtxInitializeInjectionNvtxFunc_t, ours::Initialize>);
static_assert(std::is_same_v<decltype(&nvtxRangeStartA), ours::RangeStart>);
static_assert(std::is_same_v<decltype(&nvtxRangeEnd), ours::RangeEnd>);
