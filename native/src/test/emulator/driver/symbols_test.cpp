// Every listed function is there; those that do nothing say so once.
#include <dlfcn.h>

#include <fstream>

#include "harness.h"

namespace {

std::vector<std::string> listed(const char* file) {
    std::ifstream stream(std::string(RIDGEPOINT_SYMBOLS "/") + file);
    std::vector<std::string> names;
    for (std::string name; std::getline(stream, name);) {
        if (!name.empty()) names.push_back(name);
    }
    return names;
}

TEST("symbols", all_that_jcuda_imports_is_exported) {
    std::vector<std::string> names = listed("jcuda-12.6.0.txt");
    EQUAL(312u, names.size());
    for (const std::string& name : names) {
        if (!dlsym(RTLD_DEFAULT, name.c_str())) throw test::Failure(name + " is missing");
    }
}

TEST("symbols", all_that_bindings_ask_for_is_exported) {
    std::vector<std::string> names = listed("bindings.txt");
    TRUE(!names.empty());
    for (const std::string& name : names) {
        if (!dlsym(RTLD_DEFAULT, name.c_str())) throw test::Failure(name + " is missing");
    }
}

TEST("symbols", what_is_not_supported_says_so_once) {
    auto function = (int (*)(void*, void*))dlsym(RTLD_DEFAULT, "cuArrayCreate_v2");
    std::string said = test::stderr_of([&] {
        EQUAL((int)CUDA_ERROR_NOT_SUPPORTED, function(nullptr, nullptr));
        EQUAL((int)CUDA_ERROR_NOT_SUPPORTED, function(nullptr, nullptr));
    });
    EQUAL(std::string("ridgepoint emulated driver: cuArrayCreate_v2: not supported\n"), said);
}

TEST("symbols", functions_are_found_by_name_in_their_latest_version) {
    void* function = nullptr;
    CUdriverProcAddressQueryResult status;
    OK(cuGetProcAddress_v2("cuMemAlloc", &function, 12000, 0, &status));
    TRUE(function == dlsym(RTLD_DEFAULT, "cuMemAlloc_v2"));
    EQUAL((int)CU_GET_PROC_ADDRESS_SUCCESS, (int)status);
    OK(cuGetProcAddress_v2("cuInit", &function, 12000, 0, nullptr));
    TRUE(function == dlsym(RTLD_DEFAULT, "cuInit"));
    OK(cuGetProcAddress_v2("cuNothing", &function, 12000, 0, &status));
    EQUAL((int)CU_GET_PROC_ADDRESS_SYMBOL_NOT_FOUND, (int)status);
    FAILS(CUDA_ERROR_NOT_FOUND, cuGetProcAddress_v2("cuNothing", &function, 12000, 0, nullptr));
}

TEST("symbols", the_emulated_driver_is_told_from_a_real_one) {
    TRUE(dlsym(RTLD_DEFAULT, "ridgepoint_emulator_version") != nullptr);
    EQUAL(1, ridgepoint_emulator_version());
}

}  // namespace
