// Modules and what is in them.
#include "driver/module.h"

#include <fstream>
#include <iterator>
#include <string>

#include "driver/api/call.h"
#include "driver/fatbin.h"
#include "driver/jit_log.h"

using namespace ridgepoint::emulator;
using namespace ridgepoint::emulator::driver;

namespace {

CUmodule load(Context& context, const void* image, uint64_t size, JitLog& log) {
    require(image);
    try {
        auto module = std::make_shared<LoadedModule>(context, read_image(image, size, context.model()));
        CUmodule handle = registry().modules.add(module);
        for (auto& [name, function] : module->functions()) {
            function->module = handle;
            function->handle = registry().functions.add(function);
        }
        log.write_info("");
        log.write_error("");
        return handle;
    } catch (const LoadError& error) {
        log.write_error(error.what());
        throw DriverError((CUresult)error.kind, error.what());
    } catch (const DriverError& error) {
        log.write_error(error.reason());
        throw;
    }
}

std::string content(const char* file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw DriverError(CUDA_ERROR_FILE_NOT_FOUND, std::string(file) + ": cannot be read");
    // With a zero at its end, as PTX text needs.
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

CUresult cuModuleLoadDataEx(CUmodule* module, const void* image, unsigned int count, CUjit_option* options,
                            void** values) {
    return in_context([&](Context& context) {
        require(module);
        JitLog log(count, options, values);
        *module = load(context, image, UNKNOWN_SIZE, log);
    });
}

CUresult cuModuleLoadData(CUmodule* module, const void* image) {
    return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr);
}

CUresult cuModuleLoadFatBinary(CUmodule* module, const void* image) { return cuModuleLoadData(module, image); }

CUresult cuModuleLoad(CUmodule* module, const char* file) {
    return in_context([&](Context& context) {
        require(module && file);
        JitLog log(0, nullptr, nullptr);
        const std::string image = content(file);
        *module = load(context, image.c_str(), image.size(), log);
    });
}

CUresult cuModuleUnload(CUmodule module) {
    return in_context([&](Context& context) {
        std::shared_ptr<LoadedModule> found = registry().modules.remove(module);
        context.streams().wait_all();
        registry().functions.remove_if([&](const Function& function) { return function.module == module; });
        found->unload();
        context.require_health();
    });
}

CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
    return in_context([&](Context&) {
        require(function && name);
        std::shared_ptr<LoadedModule> loaded = registry().modules.get(module);
        auto found = loaded->functions().find(name);
        require(found != loaded->functions().end(), CUDA_ERROR_NOT_FOUND);
        *function = found->second->handle;
    });
}

CUresult cuModuleGetFunctionCount(unsigned int* count, CUmodule module) {
    return in_context([&](Context&) {
        require(count);
        *count = (unsigned)registry().modules.get(module)->functions().size();
    });
}

CUresult cuModuleGetGlobal_v2(CUdeviceptr* address, size_t* bytes, CUmodule module, const char* name) {
    return in_context([&](Context&) {
        require(name);
        std::shared_ptr<Allocation> variable = registry().modules.get(module)->variable(name);
        require(variable != nullptr, CUDA_ERROR_NOT_FOUND);
        if (address) *address = variable->address;
        if (bytes) *bytes = variable->size;
    });
}

CUresult cuModuleGetLoadingMode(CUmoduleLoadingMode* mode) {
    return call_initialised([&] {
        require(mode);
        *mode = CU_MODULE_EAGER_LOADING;
    });
}
