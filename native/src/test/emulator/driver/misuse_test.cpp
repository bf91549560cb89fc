// Calls that no program should make: each has the driver's own answer, and the process lives.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "fatbin_writer.h"
#include "harness.h"
#include "kernels.h"

namespace {

constexpr size_t HUGE_SIZE = ~(size_t)0;

TEST("misuse", null_pointers) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(std::vector<uint32_t>(32));
    CUmodule module = nullptr;
    CUfunction function = nullptr;
    int value = 0;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAlloc_v2(nullptr, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAllocPitch_v2(&to, nullptr, 4, 4, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD_v2(to, nullptr, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyDtoH_v2(nullptr, to, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyDtoD_v2(0, to, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemsetD32_v2(0, 1, 4));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuModuleLoadData(nullptr, kernels::STORE));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuModuleLoadData(&module, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuModuleLoad(&module, nullptr));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuModuleGetFunction(&function, nullptr, "store"));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuLaunchKernel(nullptr, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernelEx(nullptr, store, nullptr, nullptr));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuFuncGetAttribute(&value, CU_FUNC_ATTRIBUTE_NUM_REGS, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuFuncGetAttribute(nullptr, CU_FUNC_ATTRIBUTE_NUM_REGS, store));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuStreamCreate(nullptr, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuEventCreate(nullptr, 0));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuEventRecord(nullptr, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchHostFunc(nullptr, nullptr, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuDeviceGetName(nullptr, 8, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuDeviceGetAttribute(nullptr, CU_DEVICE_ATTRIBUTE_WARP_SIZE, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemHostAlloc(nullptr, 4, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuGetErrorName(CUDA_SUCCESS, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuGetErrorString(CUDA_SUCCESS, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuCtxCreate_v2(nullptr, 0, 0));
    OK(cuMemFree_v2(0));
    OK(cuMemFree_v2(to));
}

TEST("misuse", null_parameters_of_a_launch) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(std::vector<uint32_t>(32));
    void* one_missing[] = {&to, nullptr};
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(store, 1, 1, 1, 1, 1, 1, 0, nullptr, one_missing, nullptr));
    TRUE(test::contains(test::last_report(), "store: parameter 1 is a null pointer"));
    void* no_size[] = {(void*)1, &to, (void*)2, nullptr, nullptr};
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(store, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, no_size));
    size_t size = 12;
    void* no_buffer[] = {(void*)1, nullptr, (void*)2, &size, nullptr};
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(store, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, no_buffer));
    void* unknown[] = {(void*)9, &to, nullptr};
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(store, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, unknown));
    OK(cuMemFree_v2(to));
}

TEST("misuse", sizes_that_wrap_around) {
    test::Session session;
    CUdeviceptr to = test::upload(std::vector<uint32_t>(32, 5)), address = 0;
    size_t pitch = 0;
    void* host = nullptr;
    uint32_t values[32];
    FAILS(CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc_v2(&address, HUGE_SIZE));
    FAILS(CUDA_ERROR_OUT_OF_MEMORY, cuMemAllocPitch_v2(&address, &pitch, HUGE_SIZE, 2, 4));
    FAILS(CUDA_ERROR_OUT_OF_MEMORY, cuMemAllocPitch_v2(&address, &pitch, 512, HUGE_SIZE / 512 + 2, 4));
    FAILS(CUDA_ERROR_OUT_OF_MEMORY, cuMemHostAlloc(&host, HUGE_SIZE, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemHostRegister_v2(values, HUGE_SIZE, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemsetD32_v2(to, 1, HUGE_SIZE / 4 + 2));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemsetD2D32_v2(to, HUGE_SIZE, 1, 1, 3));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD_v2(to, values, HUGE_SIZE));
    CUDA_MEMCPY2D copy{};
    copy.srcMemoryType = copy.dstMemoryType = CU_MEMORYTYPE_DEVICE;
    copy.srcDevice = copy.dstDevice = to;
    copy.WidthInBytes = 4;
    copy.Height = 2;
    copy.srcPitch = copy.dstPitch = HUGE_SIZE - 3;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpy2D_v2(&copy));
    copy.srcPitch = copy.dstPitch = 16;
    copy.srcXInBytes = HUGE_SIZE - 1;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpy2D_v2(&copy));
    copy.srcXInBytes = 0;
    copy.srcY = HUGE_SIZE / 16 + 1;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpy2D_v2(&copy));
    EQUAL(5u, test::download(to, 32)[31]);
    OK(cuMemFree_v2(to));
}

TEST("misuse", grids_and_blocks_that_no_device_takes) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(std::vector<uint32_t>(32));
    uint32_t offset = 0;
    void* parameters[] = {&to, &offset};
    const unsigned wrong[][6] = {{0, 1, 1, 1, 1, 1},          {1, 0, 1, 1, 1, 1},       {1, 1, 0, 1, 1, 1},
                                 {1, 1, 1, 0, 1, 1},          {1, 1, 1, 1, 0, 1},       {1, 1, 1, 1, 1, 0},
                                 {0x80000000u, 1, 1, 1, 1, 1}, {1, 65536, 1, 1, 1, 1},   {1, 1, 65536, 1, 1, 1},
                                 {1, 1, 1, 1025, 1, 1},       {1, 1, 1, 1, 1025, 1},    {1, 1, 1, 1, 1, 65},
                                 {1, 1, 1, 32, 33, 1},        {1, 1, 1, 0x10000, 0x10000, 1},
                                 {0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu}};
    for (const auto& w : wrong) {
        FAILS(CUDA_ERROR_INVALID_VALUE,
              cuLaunchKernel(store, w[0], w[1], w[2], w[3], w[4], w[5], 0, nullptr, parameters, nullptr));
    }
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(store, 1, 1, 1, 1, 1, 1, 0xffffffffu, nullptr, parameters, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuFuncSetAttribute(store, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, -1));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuFuncSetAttribute(store, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 1 << 20));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuFuncSetAttribute(store, CU_FUNC_ATTRIBUTE_NUM_REGS, 8));
    OK(test::launch(store, 1, 32, {&to, &offset}));
    EQUAL(31u, test::download(to, 32)[31]);
    OK(cuMemFree_v2(to));
}

TEST("misuse", a_misaligned_pointer_is_the_kernels_fault) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(std::vector<uint32_t>(64)), odd = to + 2;
    uint32_t offset = 0;
    OK(test::launch(store, 1, 32, {&odd, &offset}));
    FAILS(CUDA_ERROR_MISALIGNED_ADDRESS, cuCtxSynchronize());
    FAILS(CUDA_ERROR_MISALIGNED_ADDRESS, cuMemFree_v2(to));
}

TEST("misuse", everything_twice) {
    test::Session session;
    CUdeviceptr address = test::upload({1});
    CUmodule module = nullptr;
    CUfunction store = test::load(kernels::STORE, "store", &module);
    CUstream stream = nullptr;
    CUevent event = nullptr;
    void* host = nullptr;
    uint32_t offset = 0, registered[4];
    OK(cuStreamCreate(&stream, 0));
    OK(cuEventCreate(&event, 0));
    OK(cuMemAllocHost_v2(&host, 16));
    OK(cuMemHostRegister_v2(registered, sizeof registered, 0));
    FAILS(CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED, cuMemHostRegister_v2(registered, sizeof registered, 0));
    OK(cuMemFree_v2(address));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address + 1));
    OK(cuModuleUnload(module));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuModuleUnload(module));
    FAILS(CUDA_ERROR_INVALID_HANDLE, test::launch(store, 1, 1, {&address, &offset}));
    OK(cuStreamDestroy_v2(stream));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuStreamDestroy_v2(stream));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuStreamSynchronize(stream));
    OK(cuEventDestroy_v2(event));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuEventDestroy_v2(event));
    OK(cuMemFreeHost(host));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFreeHost(host));
    OK(cuMemHostUnregister(registered));
    FAILS(CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED, cuMemHostUnregister(registered));
}

TEST("misuse", memory_freed_as_what_it_is_not) {
    test::Session session;
    CUdeviceptr device = test::upload({1});
    void* host = nullptr;
    OK(cuMemAllocHost_v2(&host, 16));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFreeHost((void*)device));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2((CUdeviceptr)host));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(device + 4));
    OK(cuMemFreeHost(host));
    OK(cuMemFree_v2(device));
}

// Freed in the order of a stream, memory may still be there when it is freed again; that must not wait to be noticed.
TEST("misuse", memory_freed_twice_in_the_order_of_a_stream) {
    test::Session session;
    CUfunction slow = test::load(kernels::SLOW, "slow");
    CUdeviceptr address = 0, value = test::upload({0});
    CUstream stream = nullptr;
    uint32_t rounds = 2000;
    OK(cuStreamCreate(&stream, 0));
    OK(cuMemAllocAsync(&address, 64, stream));
    OK(test::launch(slow, 1, 1, {&value, &rounds}, stream));
    OK(cuMemFreeAsync(address, stream));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFreeAsync(address, stream));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFreeAsync(value + 2, stream));
    OK(cuStreamSynchronize(stream));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFreeAsync(address, stream));
    OK(cuMemFree_v2(value));
    OK(cuStreamDestroy_v2(stream));
}

TEST("misuse", flags_that_are_none) {
    test::Session session;
    CUevent event = nullptr;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuEventCreate(&event, 0xffff));
    FAILS(CUDA_ERROR_NOT_SUPPORTED, cuEventCreate(&event, CU_EVENT_INTERPROCESS | CU_EVENT_DISABLE_TIMING));
    OK(cuEventCreate(&event, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuStreamWaitEvent(nullptr, event, 99));
    FAILS(CUDA_ERROR_NOT_SUPPORTED, cuStreamWaitEvent(nullptr, event, CU_EVENT_WAIT_EXTERNAL));
    OK(cuStreamWaitEvent(nullptr, event, CU_EVENT_WAIT_DEFAULT));
    OK(cuEventDestroy_v2(event));
}

TEST("misuse", handles_of_another_context) {
    test::Session first;
    CUdeviceptr address = test::upload({1});
    CUfunction store = test::load(kernels::STORE, "store");
    CUstream stream = nullptr;
    CUevent event = nullptr;
    uint32_t offset = 0;
    OK(cuStreamCreate(&stream, 0));
    OK(cuEventCreate(&event, 0));
    {
        test::Session second;
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address));
        FAILS(CUDA_ERROR_INVALID_HANDLE, test::launch(store, 1, 1, {&address, &offset}));
        FAILS(CUDA_ERROR_INVALID_HANDLE, cuStreamSynchronize(stream));
        FAILS(CUDA_ERROR_INVALID_HANDLE, cuEventRecord(event, nullptr));
    }
    OK(cuStreamDestroy_v2(stream));
    OK(cuEventDestroy_v2(event));
    OK(cuMemFree_v2(address));
}

TEST("misuse", without_a_context) {
    OK(cuInit(0));
    std::thread([] {
        CUdeviceptr address = 0;
        CUmodule module = nullptr;
        FAILS(CUDA_ERROR_INVALID_CONTEXT, cuMemAlloc_v2(&address, 4));
        FAILS(CUDA_ERROR_INVALID_CONTEXT, cuModuleLoadData(&module, kernels::STORE));
        FAILS(CUDA_ERROR_INVALID_CONTEXT, cuCtxSynchronize());
        FAILS(CUDA_ERROR_INVALID_CONTEXT, cuLaunchKernel(nullptr, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr));
        FAILS(CUDA_ERROR_INVALID_CONTEXT, cuCtxSetCurrent((CUcontext)0x1234));
    }).join();
}

std::string good_fatbin() {
    fatbin::Writer writer;
    writer.add({fatbin::PTX, 80, false, fatbin::Packing::None, kernels::STORE});
    return writer.bytes();
}

CUresult load_file(const std::string& bytes) {
    const std::string path = std::filesystem::temp_directory_path() / ("misuse." + std::to_string(::getpid()));
    std::ofstream(path, std::ios::binary) << bytes;
    CUmodule module = nullptr;
    const CUresult result = cuModuleLoad(&module, path.c_str());
    if (result == CUDA_SUCCESS) OK(cuModuleUnload(module));
    std::filesystem::remove(path);
    return result;
}

TEST("misuse", images_that_are_none) {
    test::Session session;
    CUmodule module = nullptr;
    FAILS(CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(&module, ""));
    FAILS(CUDA_ERROR_INVALID_PTX, cuModuleLoadData(&module, "P"));
    FAILS(CUDA_ERROR_NO_BINARY_FOR_GPU, cuModuleLoadData(&module, "\177ELF"));
    std::string no_header = good_fatbin();
    std::memset(no_header.data() + 16 + 4, 0, 12);  // the entry's header and content are empty
    FAILS(CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(&module, no_header.data()));
    TRUE(test::contains(test::last_report(), "no header"));
    const struct {
        uint32_t magic;
        uint32_t version;
        const void* data;
    } wrapper{0x466243b1, 1, nullptr};
    FAILS(CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(&module, &wrapper));
}

TEST("misuse", files_that_end_too_early) {
    test::Session session;
    const std::string good = good_fatbin();
    OK(load_file(good));
    // As short as that it could be text.
    for (size_t bytes : {1ul, 3ul}) FAILS(CUDA_ERROR_INVALID_PTX, load_file(good.substr(0, bytes)));
    for (size_t bytes : {0ul, 4ul, 8ul, 15ul, 16ul, 40ul, 79ul, 80ul, good.size() / 2, good.size() - 1}) {
        FAILS(CUDA_ERROR_INVALID_IMAGE, load_file(good.substr(0, bytes)));
    }
    std::string huge = good;
    std::memset(huge.data() + 8, 0xff, 8);
    FAILS(CUDA_ERROR_INVALID_IMAGE, load_file(huge));
    FAILS(CUDA_ERROR_INVALID_IMAGE, load_file(std::string("\xb1\x43\x62\x46\x01\0\0\0\x10\0\0\0\0\0\0\0", 16)));
    CUmodule module = nullptr;
    FAILS(CUDA_ERROR_FILE_NOT_FOUND, cuModuleLoad(&module, "/no/such/file"));
}

}  // namespace
