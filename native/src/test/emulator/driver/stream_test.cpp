// Streams and events: order within, between, and under many threads.
#include <atomic>
#include <chrono>
#include <thread>

#include "harness.h"
#include "kernels.h"

namespace {

// Rounds that take some milliseconds, and as long under a sanitizer.
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef SANITIZED
constexpr uint32_t LONG = 3000;
#else
constexpr uint32_t LONG = 300000;
#endif

// Kernel, memory and two streams for tests of order.
struct Setup {
    test::Session session;
    CUfunction slow = test::load(kernels::SLOW, "slow");
    CUdeviceptr value = test::upload({0});
    CUstream streams[2] = {};

    explicit Setup(unsigned flags) {
        for (CUstream& stream : streams) OK(cuStreamCreate(&stream, flags));
    }
    ~Setup() {
        for (CUstream stream : streams) cuStreamDestroy_v2(stream);
        cuMemFree_v2(value);
    }
    void add_one(uint32_t rounds, CUstream stream) { OK(test::launch(slow, 1, 1, {&value, &rounds}, stream)); }
    uint32_t now() {
        uint32_t read = 0;
        OK(cuMemcpyDtoHAsync_v2(&read, value, 4, streams[1]));
        return read;
    }
};

TEST("stream", work_of_a_stream_is_done_in_order) {
    Setup setup(CU_STREAM_NON_BLOCKING);
    for (int i = 0; i < 50; i++) setup.add_one(i % 7 * 100, setup.streams[0]);
    OK(cuStreamSynchronize(setup.streams[0]));
    EQUAL(50u, setup.now());
}

TEST("stream", a_launch_returns_before_the_kernel_ends) {
    Setup setup(CU_STREAM_NON_BLOCKING);
    setup.add_one(20 * LONG, setup.streams[0]);
    FAILS(CUDA_ERROR_NOT_READY, cuStreamQuery(setup.streams[0]));
    EQUAL(0u, setup.now());
    OK(cuStreamSynchronize(setup.streams[0]));
    OK(cuStreamQuery(setup.streams[0]));
    EQUAL(1u, setup.now());
}

TEST("stream", an_event_orders_streams) {
    Setup setup(CU_STREAM_NON_BLOCKING);
    CUevent event = nullptr;
    OK(cuEventCreate(&event, CU_EVENT_DISABLE_TIMING));
    OK(cuEventQuery(event));
    setup.add_one(10 * LONG, setup.streams[0]);
    OK(cuEventRecord(event, setup.streams[0]));
    FAILS(CUDA_ERROR_NOT_READY, cuEventQuery(event));
    OK(cuStreamWaitEvent(setup.streams[1], event, 0));
    EQUAL(1u, setup.now());
    OK(cuEventQuery(event));
    OK(cuEventSynchronize(event));
    OK(cuEventDestroy_v2(event));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuEventQuery(event));
}

TEST("stream", the_legacy_stream_waits_for_blocking_ones_and_they_for_it) {
    Setup setup(CU_STREAM_DEFAULT);
    setup.add_one(10 * LONG, setup.streams[0]);
    EQUAL(1u, test::download(setup.value, 1)[0]);
    setup.add_one(10 * LONG, nullptr);
    EQUAL(2u, setup.now());
    OK(cuMemsetD32_v2(setup.value, 40, 1));
    setup.add_one(10 * LONG, setup.streams[0]);
    OK(cuCtxSynchronize());
    EQUAL(41u, setup.now());
}

TEST("stream", events_measure_the_hosts_time) {
    Setup setup(CU_STREAM_NON_BLOCKING);
    CUevent start = nullptr, end = nullptr, untimed = nullptr;
    float milliseconds = -1;
    OK(cuEventCreate(&start, 0));
    OK(cuEventCreate(&end, 0));
    OK(cuEventCreate(&untimed, CU_EVENT_DISABLE_TIMING));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuEventElapsedTime(&milliseconds, start, end));
    OK(cuEventRecord(start, setup.streams[0]));
    setup.add_one(10 * LONG, setup.streams[0]);
    OK(cuEventRecord(end, setup.streams[0]));
    OK(cuEventRecord(untimed, setup.streams[0]));
    FAILS(CUDA_ERROR_NOT_READY, cuEventElapsedTime(&milliseconds, start, end));
    OK(cuStreamSynchronize(setup.streams[0]));
    OK(cuEventElapsedTime(&milliseconds, start, end));
    TRUE(milliseconds > 0.1f);
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuEventElapsedTime(&milliseconds, start, untimed));
    for (CUevent event : {start, end, untimed}) OK(cuEventDestroy_v2(event));
}

TEST("stream", functions_of_the_host_take_their_turn) {
    Setup setup(CU_STREAM_NON_BLOCKING);
    static std::atomic<int> calls;
    static int three = 3;
    calls = 0;
    setup.add_one(LONG, setup.streams[0]);
    OK(cuLaunchHostFunc(setup.streams[0], [](void* data) { calls += *(int*)data; }, &three));
    OK(cuStreamAddCallback(
        setup.streams[0], [](CUstream, CUresult status, void*) { calls += status == CUDA_SUCCESS ? 100 : 0; }, nullptr,
        0));
    OK(cuStreamSynchronize(setup.streams[0]));
    EQUAL(103, calls.load());
}

TEST("stream", work_queued_behind_a_fault_is_not_done) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr to = test::upload({1, 1});
    uint32_t far = 1 << 20;
    static std::atomic<int> called;
    called = 0;
    OK(test::launch(store, 1, 1, {&to, &far}));
    cuLaunchHostFunc(nullptr, [](void*) { called++; }, nullptr);
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    EQUAL(0, called.load());
}

TEST("stream", many_threads_on_one_context) {
    test::Session session;
    CUfunction add = test::load(kernels::ADD, "add");
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (uint32_t t = 0; t < 8; t++) {
        threads.emplace_back([&, t] {
            try {
                OK(cuCtxSetCurrent(session.context()));
                CUstream stream = nullptr;
                OK(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
                for (uint32_t round = 0; round < 20; round++) {
                    uint32_t n = 64 + 7 * t;
                    CUdeviceptr a = test::upload(std::vector<uint32_t>(n, round)), to = 0;
                    OK(cuMemAllocAsync(&to, 4 * n, stream));
                    OK(cuMemsetD32Async(to, t, n, stream));
                    OK(test::launch(add, 4, 64, {&to, &a, &to, &n}, stream));
                    std::vector<uint32_t> got(n);
                    OK(cuMemcpyDtoHAsync_v2(got.data(), to, 4 * n, stream));
                    OK(cuMemFreeAsync(to, stream));
                    for (uint32_t value : got) wrong += value != round + t;
                    OK(cuStreamSynchronize(stream));
                    OK(cuMemFree_v2(a));
                }
                OK(cuStreamDestroy_v2(stream));
            } catch (const std::exception& failure) {
                std::fprintf(stderr, "%s\n", failure.what());
                wrong++;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EQUAL(0, wrong.load());
}

TEST("stream", handles_of_destroyed_streams_are_known) {
    test::Session session;
    CUstream stream = nullptr;
    OK(cuStreamCreate(&stream, 0));
    OK(cuStreamDestroy_v2(stream));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuStreamDestroy_v2(stream));
    FAILS(CUDA_ERROR_INVALID_HANDLE, cuStreamSynchronize(stream));
}

}  // namespace
