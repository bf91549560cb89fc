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

// A C program is linked to what its toolkit's cuda.h declares, old versions and those of per-thread streams included; one
// missing name and it does not start.
TEST("symbols", all_that_cuda_h_declares_is_exported) {
    std::vector<std::string> names = listed("cuda-13.0.txt");
    EQUAL(634u, names.size());
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

// Later versions take other arguments, so who asks as an older program must get the older function.
TEST("symbols", functions_are_found_as_the_version_asked_for_has_them) {
    void* function = nullptr;
    const struct {
        const char* name;
        int version;
        const char* found;
    } cases[] = {{"cuGraphGetEdges", 12020, "cuGraphGetEdges"},     {"cuGraphGetEdges", 12030, "cuGraphGetEdges_v2"},
                 {"cuCtxCreate", 11000, "cuCtxCreate_v2"},          {"cuCtxCreate", 12000, "cuCtxCreate_v3"},
                 {"cuCtxCreate", 12050, "cuCtxCreate_v4"},          {"cuMemPrefetchAsync", 12000, "cuMemPrefetchAsync"},
                 {"cuCtxSynchronize", 12080, "cuCtxSynchronize"},   {"cuCtxSynchronize", 13000, "cuCtxSynchronize_v2"},
                 {"cuMemAlloc", 11000, "cuMemAlloc_v2"}};
    for (const auto& c : cases) {
        OK(cuGetProcAddress_v2(c.name, &function, c.version, 0, nullptr));
        if (function != dlsym(RTLD_DEFAULT, c.found)) throw test::Failure(std::string(c.name) + " is not " + c.found);
    }
}

TEST("symbols", the_emulated_driver_is_told_from_a_real_one) {
    TRUE(dlsym(RTLD_DEFAULT, "ridgepoint_emulator_version") != nullptr);
    EQUAL(1, ridgepoint_emulator_version());
}

}  // namespace
