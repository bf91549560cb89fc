// Before and after: initialisation, devices, contexts, errors, options.
#include <cstring>
#include <string>
#include <thread>

#include "harness.h"

namespace {

TEST("lifecycle", a_nothing_works_before_cuInit) {
    int count = 0;
    CUdeviceptr address = 0;
    FAILS(CUDA_ERROR_NOT_INITIALIZED, cuDeviceGetCount(&count));
    FAILS(CUDA_ERROR_NOT_INITIALIZED, cuMemAlloc_v2(&address, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuInit(1));
}

TEST("lifecycle", b_options_are_checked_and_fixed_by_cuInit) {
    FAILS(CUDA_ERROR_INVALID_VALUE, ridgepoint_emulator_set("arch", "70"));
    TRUE(test::contains(test::last_report(), "arch = 70"));
    FAILS(CUDA_ERROR_INVALID_VALUE, ridgepoint_emulator_set("colour", "red"));
    FAILS(CUDA_ERROR_INVALID_VALUE, ridgepoint_emulator_set("seed", "-1"));
    FAILS(CUDA_ERROR_INVALID_VALUE, ridgepoint_emulator_set("completion", "late"));
    FAILS(CUDA_ERROR_INVALID_VALUE, ridgepoint_emulator_set("checks", "most"));
    TRUE(test::contains(test::last_report(), "checks = most: expected on, strict or off"));
    OK(ridgepoint_emulator_set("arch", "89"));
    OK(ridgepoint_emulator_set("memory", "16777216"));
    OK(cuInit(0));
    OK(cuInit(0));
    FAILS(CUDA_ERROR_ILLEGAL_STATE, ridgepoint_emulator_set("arch", "80"));
    OK(ridgepoint_emulator_set("seed", "18446744073709551615"));
    OK(ridgepoint_emulator_set("seed", "0"));
}

TEST("lifecycle", c_the_device_is_the_one_chosen) {
    int count = 0, major = 0, minor = 0, processors = 0, version = 0, unknown = 1;
    char name[64];
    size_t bytes = 0;
    OK(cuDeviceGetCount(&count));
    EQUAL(1, count);
    OK(cuDeviceGetName(name, sizeof name, 0));
    EQUAL(std::string("Ridgepoint emulated"), std::string(name));
    OK(cuDeviceGetName(name, 6, 0));
    EQUAL(std::string("Ridge"), std::string(name));
    OK(cuDeviceGetAttribute(&major, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, 0));
    OK(cuDeviceGetAttribute(&minor, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, 0));
    OK(cuDeviceGetAttribute(&processors, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, 0));
    EQUAL(89, 10 * major + minor);
    EQUAL(142, processors);
    OK(cuDeviceGetAttribute(&unknown, (CUdevice_attribute)17, 0));
    EQUAL(0, unknown);
    FAILS(CUDA_ERROR_INVALID_VALUE, cuDeviceGetAttribute(&unknown, (CUdevice_attribute)5000, 0));
    FAILS(CUDA_ERROR_INVALID_DEVICE, cuDeviceGetAttribute(&unknown, CU_DEVICE_ATTRIBUTE_WARP_SIZE, 1));
    OK(cuDeviceTotalMem_v2(&bytes, 0));
    EQUAL(16777216u, bytes);
    OK(cuDriverGetVersion(&version));
    EQUAL(13000, version);
}

TEST("lifecycle", d_contexts_form_a_stack_per_thread) {
    CUcontext first = nullptr, second = nullptr, current = nullptr;
    OK(cuCtxGetCurrent(&current));
    TRUE(current == nullptr);
    OK(cuCtxCreate_v2(&first, 0, 0));
    OK(cuCtxCreate_v2(&second, 0, 0));
    OK(cuCtxGetCurrent(&current));
    TRUE(current == second);
    std::thread([&] {
        CUcontext others = first;
        cuCtxGetCurrent(&others);
        TRUE(others == nullptr);
        CUdeviceptr address = 0;
        FAILS(CUDA_ERROR_INVALID_CONTEXT, cuMemAlloc_v2(&address, 4));
    }).join();
    OK(cuCtxPopCurrent_v2(&current));
    TRUE(current == second);
    OK(cuCtxDestroy_v2(second));
    FAILS(CUDA_ERROR_INVALID_CONTEXT, cuCtxPushCurrent_v2(second));
    OK(cuCtxDestroy_v2(first));
    FAILS(CUDA_ERROR_INVALID_CONTEXT, cuCtxPopCurrent_v2(nullptr));
    FAILS(CUDA_ERROR_INVALID_CONTEXT, cuCtxDestroy_v2(first));
}

TEST("lifecycle", e_the_primary_context_is_counted) {
    CUcontext one = nullptr, two = nullptr;
    unsigned flags = 9;
    int active = 9;
    OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
    EQUAL(0, active);
    OK(cuDevicePrimaryCtxRetain(&one, 0));
    OK(cuDevicePrimaryCtxRetain(&two, 0));
    TRUE(one == two);
    OK(cuDevicePrimaryCtxRelease_v2(0));
    OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
    EQUAL(1, active);
    OK(cuCtxSetCurrent(one));
    OK(cuDevicePrimaryCtxRelease_v2(0));
    OK(cuDevicePrimaryCtxGetState(0, &flags, &active));
    EQUAL(0, active);
    CUdeviceptr address = 0;
    FAILS(CUDA_ERROR_CONTEXT_IS_DESTROYED, cuMemAlloc_v2(&address, 4));
    FAILS(CUDA_ERROR_INVALID_CONTEXT, cuDevicePrimaryCtxRelease_v2(0));
    OK(cuCtxSetCurrent(nullptr));
}

TEST("lifecycle", f_errors_have_names_and_texts) {
    const char* text = nullptr;
    OK(cuGetErrorName(CUDA_ERROR_ILLEGAL_ADDRESS, &text));
    EQUAL(std::string("CUDA_ERROR_ILLEGAL_ADDRESS"), std::string(text));
    OK(cuGetErrorString(CUDA_ERROR_ILLEGAL_ADDRESS, &text));
    TRUE(std::strlen(text) > 0);
    FAILS(CUDA_ERROR_INVALID_VALUE, cuGetErrorName((CUresult)12345, &text));
    TRUE(text == nullptr);
}

TEST("lifecycle", g_what_is_left_is_reported_with_the_context) {
    CUcontext context = nullptr;
    CUdeviceptr kept = 0, freed = 0;
    CUstream stream = nullptr;
    CUevent event = nullptr;
    OK(cuCtxCreate_v2(&context, 0, 0));
    OK(cuMemAlloc_v2(&freed, 64));
    OK(cuMemAlloc_v2(&kept, 1000));
    OK(cuMemFree_v2(freed));
    OK(cuStreamCreate(&stream, 0));
    OK(cuEventCreate(&event, 0));
    std::string said = test::stderr_of([&] { OK(cuCtxDestroy_v2(context)); });
    TRUE(test::contains(said, "with 1 allocation, 1 stream, 1 event left"));
    TRUE(test::contains(said, "allocation 2: 1000 bytes"));
    EQUAL(said, "ridgepoint emulated driver: " + test::last_report() + "\n");
}

TEST("lifecycle", h_a_tidy_context_ends_without_a_word) {
    EQUAL(std::string(), test::stderr_of([] {
              test::Session session;
              CUdeviceptr address = 0;
              OK(cuMemAlloc_v2(&address, 1000));
              OK(cuMemFree_v2(address));
          }));
}

}  // namespace
