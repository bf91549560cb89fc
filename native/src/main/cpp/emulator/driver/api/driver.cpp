// cuInit, versions, errors, addresses of functions.
#include <string>

#include "driver/api/call.h"
#include "driver/symbols.h"

using namespace ridgepoint::emulator::driver;

namespace {

constexpr int VERSION = 13000;

}  // namespace

CUresult cuInit(unsigned int flags) {
    return call([&] {
        require(flags == 0);
        initialise();
    });
}

CUresult cuDriverGetVersion(int* version) {
    return call([&] {
        require(version);
        *version = VERSION;
    });
}

CUresult cuGetErrorName(CUresult error, const char** name) {
    return call([&] {
        require(name);
        *name = error_name(error);
        require(*name);
    });
}

CUresult cuGetErrorString(CUresult error, const char** text) {
    return call([&] {
        require(text);
        *text = error_text(error);
        require(*text);
    });
}

CUresult cuGetProcAddress_v2(const char* symbol, void** function, int version, cuuint64_t,
                             CUdriverProcAddressQueryResult* status) {
    return call([&] {
        require(symbol && function);
        *function = version <= VERSION ? find_symbol(symbol, version) : nullptr;
        if (status) *status = *function ? CU_GET_PROC_ADDRESS_SUCCESS : CU_GET_PROC_ADDRESS_SYMBOL_NOT_FOUND;
        require(*function || status, CUDA_ERROR_NOT_FOUND);
    });
}

CUresult cuGetProcAddress(const char* symbol, void** function, int version, cuuint64_t flags) {
    return cuGetProcAddress_v2(symbol, function, version, flags, nullptr);
}

CUresult cuProfilerStart() {
    return in_context([](Context&) {});
}

CUresult cuProfilerStop() {
    return in_context([](Context&) {});
}
