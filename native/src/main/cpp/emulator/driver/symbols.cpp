#include "driver/symbols.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "driver/abi/types.h"
#include "driver/report.h"
#include "driver/symbol_table.h"

namespace ridgepoint::emulator::driver {
namespace {

void* find_exactly(const std::string& name) {
    const Symbol* end = SYMBOLS + SYMBOL_COUNT;
    const Symbol* found = std::find_if(SYMBOLS, end, [&](const Symbol& symbol) { return name == symbol.name; });
    return found == end ? nullptr : found->address;
}

}  // namespace

void* find_symbol(const char* name) {
    for (const char* version : {"_v4", "_v3", "_v2", ""}) {
        if (void* found = find_exactly(std::string(name) + version)) return found;
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
