#include <cstdlib>

#include "library.h"
#include "nvtx_api.h"
#include "ridgepoint_nvtx.h"

namespace ridgepoint::cuda {
namespace {

using namespace nvtx;

Function slots[kModules + 1][kMostSlots];
// One more than there are slots: the last is null.
Function* pointers[kModules + 1][kMostSlots + 1];

int module_table(int module, Table* table, unsigned* count) {
    if (module < 1 || module > kModules) {
        return 0;
    }
    for (unsigned i = 1; i < kSlots[module]; i++) {
        pointers[module][i] = &slots[module][i];
    }
    if (table != nullptr) {
        *table = pointers[module];
    }
    if (count != nullptr) {
        *count = kSlots[module];
    }
    return 1;
}

const void* export_table(uint32_t id) {
    static const Callbacks callbacks{sizeof(Callbacks), module_table};
    return id == kCallbacksTable ? &callbacks : nullptr;
}

}  // namespace

bool nvtx_attach() {
    static const bool attached = [] {
        // Never closed: the tool's functions stay in our slots.
        static Library tool;
        const char* path = std::getenv(kPathVariable);
        Initialize initialize = nullptr;
        if (path == nullptr || !tool.open(path)) {
            return false;
        }
        tool.find(initialize, kEntryPoint);
        return initialize != nullptr && initialize(export_table) != 0 && slots[kCore][kRangeStart] != nullptr;
    }();
    return attached;
}

int64_t nvtx_start(const char* name) {
    Function start = slots[kCore][kRangeStart];
    return start == nullptr ? 0 : static_cast<int64_t>(reinterpret_cast<RangeStart>(start)(name));
}

void nvtx_end(int64_t range) {
    Function end = slots[kCore][kRangeEnd];
    if (end != nullptr) {
        reinterpret_cast<RangeEnd>(end)(static_cast<uint64_t>(range));
    }
}

}  // namespace ridgepoint::cuda
