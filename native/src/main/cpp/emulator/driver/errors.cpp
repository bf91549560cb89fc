#include "driver/errors.h"

#include "driver/report.h"

namespace ridgepoint::emulator::driver {
namespace {

struct Description {
    CUresult result;
    const char* name;
    const char* text;
};

constexpr Description DESCRIPTIONS[] = {
#define RESULT(name, value, text) {name, #name, text},
#include "driver/abi/results.def"
#undef RESULT
};

const Description* find(CUresult result) {
    for (const Description& description : DESCRIPTIONS) {
        if (description.result == result) return &description;
    }
    return nullptr;
}

}  // namespace

const char* error_name(CUresult result) {
    const Description* found = find(result);
    return found ? found->name : nullptr;
}

const char* error_text(CUresult result) {
    const Description* found = find(result);
    return found ? found->text : nullptr;
}

CUresult answer_exception(const char* function) noexcept {
    try {
        throw;
    } catch (const DriverError& error) {
        if (!error.reason().empty()) report(std::string(function) + ": " + error.reason());
        return error.result();
    } catch (const std::bad_alloc&) {
        return CUDA_ERROR_OUT_OF_MEMORY;
    } catch (const std::exception& error) {
        report(std::string(function) + ": " + error.what());
        return CUDA_ERROR_UNKNOWN;
    }
}

}  // namespace ridgepoint::emulator::driver
