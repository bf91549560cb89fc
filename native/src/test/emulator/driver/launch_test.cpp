// Launches: parameters, refusals, faults that kill the context, counters.
#include "harness.h"
#include "kernels.h"

namespace {

std::vector<uint32_t> filled(size_t count, uint32_t value) { return std::vector<uint32_t>(count, value); }

std::string counters(uint64_t launch) {
    std::string text(ridgepoint_emulator_counters_json(launch, nullptr, 0) + 1, '\0');
    ridgepoint_emulator_counters_json(launch, text.data(), text.size());
    text.pop_back();
    return text;
}

TEST("launch", parameters_as_an_array_and_as_a_buffer) {
    test::Session session;
    CUmodule module = nullptr;
    CUfunction add = test::load(kernels::ADD, "add", &module);
    CUdeviceptr a = test::upload(filled(100, 3)), b = test::upload(filled(100, 4)), to = test::upload(filled(100, 0));
    uint32_t n = 99;
    OK(test::launch(add, 4, 32, {&to, &a, &b, &n}));
    std::vector<uint32_t> got = test::download(to, 100);
    EQUAL(7u, got[0]);
    EQUAL(7u, got[98]);
    EQUAL(0u, got[99]);

    struct {
        CUdeviceptr to, a, b;
        uint32_t n;
    } buffer{to, to, b, 100};
    size_t size = 28;
    void* extra[] = {(void*)1, &buffer, (void*)2, &size, nullptr};
    OK(cuLaunchKernel(add, 4, 1, 1, 32, 1, 1, 0, nullptr, nullptr, extra));
    got = test::download(to, 100);
    EQUAL(11u, got[0]);
    EQUAL(4u, got[99]);
    size = 24;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(add, 4, 1, 1, 32, 1, 1, 0, nullptr, nullptr, extra));
    for (CUdeviceptr each : {a, b, to}) OK(cuMemFree_v2(each));
    OK(cuModuleUnload(module));
}

TEST("launch", parameters_are_copied_when_launched) {
    test::Session session;
    CUmodule module = nullptr;
    CUfunction slow = test::load(kernels::SLOW, "slow", &module);
    CUdeviceptr to = test::upload({5}), other = test::upload({5});
    uint32_t rounds = 1000;
    CUdeviceptr parameter = to;
    OK(test::launch(slow, 1, 1, {&parameter, &rounds}));
    parameter = other;
    EQUAL(6u, test::download(to, 1)[0]);
    EQUAL(5u, test::download(other, 1)[0]);
    for (CUdeviceptr each : {to, other}) OK(cuMemFree_v2(each));
    OK(cuModuleUnload(module));
}

TEST("launch", what_cannot_be_launched_is_refused_at_once) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(32, 0));
    uint32_t offset = 0;
    void* parameters[] = {&to, &offset};
    auto with = [&](unsigned grid, unsigned block, unsigned shared) {
        return cuLaunchKernel(store, grid, 1, 1, block, 1, 1, shared, nullptr, parameters, nullptr);
    };
    FAILS(CUDA_ERROR_INVALID_VALUE, with(0, 1, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, with(1, 1025, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, with(1, 1, 48 * 1024 + 1));
    TRUE(test::contains(test::last_report(), "CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES"));
    OK(cuFuncSetAttribute(store, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, 64 * 1024));
    OK(with(1, 1, 64 * 1024));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuLaunchKernel(store, 1, 1, 1, 1, 1, 1, 0, nullptr, nullptr, nullptr));
    FAILS(CUDA_ERROR_INVALID_HANDLE, test::launch((CUfunction)0x1234, 1, 1, {&to, &offset}));
    FAILS(CUDA_ERROR_INVALID_HANDLE, test::launch(store, 1, 1, {&to, &offset}, (CUstream)77));
    FAILS(CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE,
          cuLaunchCooperativeKernel(store, 132 * 2 + 1, 1, 1, 1024, 1, 1, 0, nullptr, parameters));
    OK(cuCtxSynchronize());
    OK(cuMemFree_v2(to));
}

TEST("launch", attributes_of_an_extended_launch) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(32, 9));
    uint32_t offset = 4;
    void* parameters[] = {&to, &offset};
    CUlaunchAttribute attributes[2]{};
    attributes[0].id = CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION;
    attributes[0].value.programmaticStreamSerializationAllowed = 1;
    attributes[1].id = CU_LAUNCH_ATTRIBUTE_COOPERATIVE;
    attributes[1].value.cooperative = 1;
    CUlaunchConfig config{};
    config.gridDimX = config.gridDimY = config.gridDimZ = 1;
    config.blockDimX = 8;
    config.blockDimY = config.blockDimZ = 1;
    config.attrs = attributes;
    config.numAttrs = 2;
    OK(cuLaunchKernelEx(&config, store, parameters, nullptr));
    EQUAL(7u, test::download(to, 32)[11]);
    attributes[1].id = (CUlaunchAttributeID)7;
    FAILS(CUDA_ERROR_NOT_SUPPORTED, cuLaunchKernelEx(&config, store, parameters, nullptr));
    OK(cuMemFree_v2(to));
}

TEST("launch", a_fault_kills_the_context_and_only_that) {
    CUcontext healthy = nullptr, dying = nullptr;
    OK(cuInit(0));
    OK(cuCtxCreate_v2(&healthy, 0, 0));
    OK(cuCtxCreate_v2(&dying, 0, 0));
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(32, 0)), address = 0;
    uint32_t offset = 20;
    std::string said = test::stderr_of([&] {
        OK(test::launch(store, 1, 32, {&to, &offset}));
        FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    });
    TRUE(test::contains(said, "store"));
    TRUE(test::contains(said, "allocation 1"));
    TRUE(test::contains(said, "line 14"));
    TRUE(test::contains(test::last_report(), "allocation 1"));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuMemAlloc_v2(&address, 4));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuMemcpyDtoH_v2(&offset, to, 4));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, test::launch(store, 1, 1, {&to, &offset}));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuStreamSynchronize(nullptr));
    OK(cuCtxSetCurrent(healthy));
    OK(cuMemAlloc_v2(&address, 4));
    OK(cuMemFree_v2(address));
    OK(cuCtxDestroy_v2(dying));
    OK(cuCtxDestroy_v2(healthy));
    test::Session fresh;
    OK(cuMemAlloc_v2(&address, 4));
    OK(cuMemFree_v2(address));
}

TEST("launch", races_are_looked_for_if_asked) {
    CUcontext context = nullptr;
    OK(cuInit(0));
    OK(cuCtxCreate_v2(&context, 0, 0));
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(32, 0));
    uint32_t offset = 0;
    OK(test::launch(store, 2, 32, {&to, &offset}));  // both blocks store to the same words
    OK(cuCtxSynchronize());
    OK(ridgepoint_emulator_set("races", "strict"));
    OK(test::launch(store, 1, 32, {&to, &offset}));
    OK(cuCtxSynchronize());
    std::string said = test::stderr_of([&] {
        OK(test::launch(store, 2, 32, {&to, &offset}));
        FAILS(CUDA_ERROR_LAUNCH_FAILED, cuCtxSynchronize());
    });
    OK(ridgepoint_emulator_set("races", "off"));
    TRUE(test::contains(said, "race on global memory"));
    TRUE(test::contains(said, "offset 0 of allocation"));
    TRUE(test::contains(said, "nothing orders the two blocks"));
    FAILS(CUDA_ERROR_LAUNCH_FAILED, cuMemFree_v2(to));
    OK(cuCtxDestroy_v2(context));
}

TEST("launch", use_after_free_is_named) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(32, 0));
    uint32_t offset = 0;
    OK(cuMemFree_v2(to));
    OK(test::launch(store, 1, 1, {&to, &offset}));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    TRUE(test::contains(test::last_report(), "freed"));
}

TEST("launch", memory_nobody_wrote_is_known) {
    test::Session session;
    CUfunction add = test::load(kernels::ADD, "add");
    CUdeviceptr a = test::upload(filled(8, 1)), b = 0, to = 0, copied = 0;
    OK(cuMemAlloc_v2(&b, 32));
    OK(cuMemAlloc_v2(&to, 32));
    OK(cuMemAlloc_v2(&copied, 32));
    uint32_t n = 8;
    OK(cuMemcpyHtoD_v2(b, filled(8, 2).data(), 28));
    OK(cuMemsetD32_v2(b + 28, 5, 1));
    OK(test::launch(add, 1, 8, {&to, &a, &b, &n}));
    OK(cuMemcpyDtoD_v2(copied, to, 28));
    OK(test::launch(add, 1, 8, {&to, &to, &b, &n}));
    OK(cuCtxSynchronize());
    EQUAL(11u, test::download(to, 8)[7]);
    OK(test::launch(add, 1, 8, {&to, &a, &copied, &n}));
    FAILS(CUDA_ERROR_LAUNCH_FAILED, cuCtxSynchronize());
}

TEST("launch", counters_are_numbered_by_launch) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(64, 0));
    uint32_t offset = 0;
    ridgepoint_emulator_counters_reset();
    OK(test::launch(store, 1, 32, {&to, &offset}));
    OK(test::launch(store, 1, 64, {&to, &offset}));
    OK(cuCtxSynchronize());
    EQUAL(2u, ridgepoint_emulator_counters_launches());
    std::string first = counters(0), second = counters(1);
    TRUE(test::contains(first, R"("kernel":"store","grid":[1,1,1],"block":[32,1,1],"fault":null,"ctas":1,"warps":1)"));
    TRUE(test::contains(first, R"("globalStores":{"requests":1,"bytes":128,"sectors":4,"uniqueSectors":4})"));
    TRUE(test::contains(second, R"("globalStores":{"requests":2,"bytes":256,"sectors":8,"uniqueSectors":8})"));
    EQUAL(std::string(), counters(2));
    OK(cuMemFree_v2(to));
}

// 12 threads store 48 bytes from the middle of a sector on: two sectors, 16 bytes of which are nobody's. Only where it is asked for.
TEST("launch", bytes_of_sectors_are_counted) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(64, 0));
    CUdeviceptr middle = to + 16;
    uint32_t offset = 0;
    ridgepoint_emulator_counters_reset();
    OK(ridgepoint_emulator_set("coverage", "on"));
    OK(test::launch(store, 1, 12, {&middle, &offset}));
    OK(test::launch(store, 2, 12, {&middle, &offset}));
    OK(cuCtxSynchronize());
    OK(ridgepoint_emulator_set("coverage", "off"));
    OK(test::launch(store, 1, 12, {&middle, &offset}));
    OK(cuCtxSynchronize());
    TRUE(test::contains(counters(0), R"("bytes":48,"sectors":2,"uniqueSectors":2)"));
    TRUE(test::contains(counters(0), R"("uniqueBytes":48)"));
    TRUE(test::contains(counters(1), R"("uniqueBytes":96)"));
    TRUE(!test::contains(counters(2), "uniqueBytes"));
    OK(cuMemFree_v2(to));
}

TEST("launch", in_noop_mode_launches_do_nothing) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload(filled(4, 9));
    uint32_t offset = 0;
    OK(ridgepoint_emulator_set("noop", "on"));
    OK(test::launch(store, 1, 4, {&to, &offset}));
    OK(cuCtxSynchronize());
    EQUAL(9u, test::download(to, 4)[1]);
    OK(ridgepoint_emulator_set("noop", "off"));
    OK(test::launch(store, 1, 4, {&to, &offset}));
    EQUAL(1u, test::download(to, 4)[1]);
    OK(cuMemFree_v2(to));
}

}  // namespace
