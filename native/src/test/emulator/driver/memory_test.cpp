// Allocations, copies, fills, pointers.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <numeric>

#include "harness.h"
#include "kernels.h"

namespace {

std::vector<uint32_t> counting(size_t count, uint32_t from = 0) {
    std::vector<uint32_t> values(count);
    std::iota(values.begin(), values.end(), from);
    return values;
}

TEST("memory", copies_bring_back_what_they_took) {
    test::Session session;
    std::vector<uint32_t> values = counting(1000, 5);
    CUdeviceptr a = test::upload(values), b = test::upload(counting(1000));
    OK(cuMemcpyDtoD_v2(b + 40, a, 400));
    std::vector<uint32_t> back = test::download(b, 1000);
    EQUAL(9u, back[9]);
    EQUAL(5u, back[10]);
    EQUAL(104u, back[109]);
    EQUAL(110u, back[110]);
    OK(cuMemFree_v2(a));
    OK(cuMemFree_v2(b));
}

TEST("memory", copies_beyond_an_allocation_are_refused_with_a_reason) {
    test::Session session;
    CUdeviceptr address = test::upload(counting(16));
    uint32_t values[64] = {};
    std::string said = test::stderr_of([&] {
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyDtoH_v2(values, address, 65));
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD_v2(address + 60, values, 8));
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemsetD8_v2(address - 1, 0, 1));
        OK(cuMemFree_v2(address));
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpyDtoH_v2(values, address, 4));
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address));
    });
    TRUE(test::contains(said, "cuMemcpyDtoH_v2: 65 bytes from offset 0 run over the end of allocation 1 (64 bytes)"));
    TRUE(test::contains(said, "cuMemcpyHtoD_v2: 8 bytes from offset 60"));
    TRUE(test::contains(said, "cuMemsetD8_v2: the address is in no allocation"));
    TRUE(test::contains(said, "cuMemcpyDtoH_v2: the address lies in allocation 1, which was freed"));
    TRUE(test::contains(said, "cuMemFree_v2: cannot free it: the address lies in allocation 1, which was freed"));
}

TEST("memory", memory_is_limited_and_counted) {
    test::Session session;
    size_t before = 0, after = 0, total = 0;
    CUdeviceptr address = 0;
    OK(cuMemGetInfo_v2(&before, &total));
    EQUAL(total, before);
    FAILS(CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc_v2(&address, total + 1));
    OK(cuMemAlloc_v2(&address, total));
    OK(cuMemGetInfo_v2(&after, &total));
    EQUAL(0u, after);
    OK(cuMemFree_v2(address));
    OK(cuMemGetInfo_v2(&after, &total));
    EQUAL(total, after);
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAlloc_v2(&address, 0));
    OK(cuMemFree_v2(0));
}

TEST("memory", two_and_three_dimensions) {
    test::Session session;
    CUdeviceptr address = 0;
    size_t pitch = 0;
    OK(cuMemAllocPitch_v2(&address, &pitch, 12, 5, 4));
    EQUAL(512u, pitch);
    OK(cuMemsetD2D32_v2(address, pitch, 0xabcd, 3, 5));
    std::vector<uint32_t> rows = counting(6);
    CUDA_MEMCPY2D up{};
    up.srcMemoryType = CU_MEMORYTYPE_HOST;
    up.srcHost = rows.data();
    up.srcPitch = 12;
    up.dstMemoryType = CU_MEMORYTYPE_DEVICE;
    up.dstDevice = address;
    up.dstPitch = pitch;
    up.dstXInBytes = 4;
    up.dstY = 2;
    up.WidthInBytes = 8;
    up.Height = 2;
    OK(cuMemcpy2D_v2(&up));
    EQUAL(0xabcdu, test::download(address + 2 * pitch, 1)[0]);
    EQUAL(0u, test::download(address + 2 * pitch + 4, 1)[0]);
    EQUAL(4u, test::download(address + 3 * pitch + 8, 1)[0]);
    EQUAL(0xabcdu, test::download(address + 4 * pitch + 8, 1)[0]);
    up.Height = 4;
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemcpy2D_v2(&up));

    CUDA_MEMCPY3D box{};
    CUdeviceptr from = test::upload(counting(4 * 3 * 2)), to = test::upload(std::vector<uint32_t>(24));
    box.srcMemoryType = box.dstMemoryType = CU_MEMORYTYPE_DEVICE;
    box.srcDevice = from;
    box.dstDevice = to;
    box.srcPitch = box.dstPitch = 16;
    box.srcHeight = box.dstHeight = 3;
    box.srcXInBytes = 4;
    box.srcY = 1;
    box.WidthInBytes = 4;
    box.Height = 2;
    box.Depth = 2;
    OK(cuMemcpy3D_v2(&box));
    std::vector<uint32_t> got = test::download(to, 24);
    EQUAL(5u, got[0]);
    EQUAL(9u, got[4]);
    EQUAL(17u, got[12]);
    EQUAL(21u, got[16]);
    EQUAL(0u, got[1]);
    for (CUdeviceptr each : {address, from, to}) OK(cuMemFree_v2(each));
}

TEST("memory", fills_of_every_width) {
    test::Session session;
    CUdeviceptr address = test::upload(std::vector<uint32_t>(4));
    OK(cuMemsetD8_v2(address, 0x11, 3));
    OK(cuMemsetD16_v2(address + 4, 0x2233, 2));
    OK(cuMemsetD32_v2(address + 8, 0x44556677, 1));
    std::vector<uint32_t> got = test::download(address, 4);
    EQUAL(0x00111111u, got[0]);
    EQUAL(0x22332233u, got[1]);
    EQUAL(0x44556677u, got[2]);
    EQUAL(0u, got[3]);
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemsetD32_v2(address + 2, 0, 1));
    OK(cuMemFree_v2(address));
}

TEST("memory", pinned_memory_is_known_on_both_sides) {
    test::Session session;
    void* pinned = nullptr;
    uint32_t plain[64] = {};
    CUdeviceptr device = 0;
    unsigned type = 0, flags = 0;
    OK(cuMemHostAlloc(&pinned, 256, 2));
    OK(cuMemHostGetDevicePointer_v2(&device, pinned, 0));
    EQUAL((CUdeviceptr)pinned, device);
    OK(cuMemHostGetFlags(&flags, pinned));
    EQUAL(2u, flags);
    OK(cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, device + 8));
    EQUAL((unsigned)CU_MEMORYTYPE_HOST, type);
    OK(cuMemHostRegister_v2(plain, sizeof plain, 0));
    FAILS(CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED, cuMemHostRegister_v2(plain + 1, 4, 0));
    OK(cuMemHostUnregister(plain));
    FAILS(CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED, cuMemHostUnregister(plain));
    OK(cuMemFreeHost(pinned));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFreeHost(pinned));
}

TEST("memory", pointers_tell_what_they_are) {
    test::Session session;
    CUdeviceptr address = test::upload(counting(16)), base = 0, start = 0;
    size_t size = 0;
    CUcontext context = nullptr;
    unsigned type = 0;
    OK(cuMemGetAddressRange_v2(&base, &size, address + 63));
    EQUAL(address, base);
    EQUAL(64u, size);
    FAILS(CUDA_ERROR_NOT_FOUND, cuMemGetAddressRange_v2(&base, &size, address + 64));
    OK(cuPointerGetAttribute(&context, CU_POINTER_ATTRIBUTE_CONTEXT, address));
    TRUE(context == session.context());
    CUpointer_attribute which[] = {CU_POINTER_ATTRIBUTE_MEMORY_TYPE, CU_POINTER_ATTRIBUTE_RANGE_START_ADDR};
    void* to[] = {&type, &start};
    OK(cuPointerGetAttributes(2, which, to, address + 4));
    EQUAL((unsigned)CU_MEMORYTYPE_DEVICE, type);
    EQUAL(address, start);
    int local = 0;
    FAILS(CUDA_ERROR_INVALID_VALUE,
          cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, (CUdeviceptr)&local));
    OK(cuMemFree_v2(address));
}

TEST("memory", the_host_faults_on_a_device_pointer) {
    test::Session session;
    CUdeviceptr address = test::upload(counting(16));
    pid_t child = fork();
    if (child == 0) {
        std::signal(SIGSEGV, SIG_DFL);
        _exit((int)*(volatile uint32_t*)address);
    }
    int status = 0;
    waitpid(child, &status, 0);
    TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
    OK(cuMemFree_v2(address));
}

TEST("memory", a_pointer_of_one_context_means_nothing_in_another) {
    test::Session first;
    CUdeviceptr address = test::upload(counting(16));
    {
        test::Session second;
        FAILS(CUDA_ERROR_INVALID_VALUE, cuMemsetD8_v2(address, 0, 1));
    }
    OK(cuMemFree_v2(address));
}

// Host and kernels use it at one address; the host sees what a kernel stored as soon as it has waited.
TEST("memory", managed_memory_is_of_both) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr address = 0;
    OK(cuMemAllocManaged(&address, 32 * 4, CU_MEM_ATTACH_GLOBAL));
    auto values = (uint32_t*)address;
    values[31] = 7;
    uint32_t offset = 0;
    OK(test::launch(store, 1, 16, {&address, &offset}));
    OK(cuCtxSynchronize());
    EQUAL(15u, values[15]);
    EQUAL(7u, values[31]);
    EQUAL(15u, test::download(address, 16)[15]);
    unsigned managed = 0, type = 0;
    OK(cuPointerGetAttribute(&managed, CU_POINTER_ATTRIBUTE_IS_MANAGED, address));
    OK(cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, address));
    EQUAL(1u, managed);
    EQUAL((unsigned)CU_MEMORYTYPE_DEVICE, type);
    OK(cuMemFree_v2(address));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address));
}

TEST("memory", kernels_stay_inside_managed_memory) {
    test::Session session;
    CUfunction store = test::load(kernels::STORE, "store");
    CUdeviceptr address = 0;
    uint32_t offset = 0;
    OK(cuMemAllocManaged(&address, 31 * 4, CU_MEM_ATTACH_GLOBAL));
    OK(test::launch(store, 1, 32, {&address, &offset}));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    TRUE(test::contains(test::last_report(), "0 bytes past the end of managed allocation"));
}

TEST("memory", advice_about_managed_memory_is_checked) {
    test::Session session;
    CUdeviceptr managed = 0, plain = test::upload({1});
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAllocManaged(&managed, 64, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAllocManaged(&managed, 0, CU_MEM_ATTACH_GLOBAL));
    OK(cuMemAllocManaged(&managed, 64, CU_MEM_ATTACH_HOST));
    const CUmemLocation device{CU_MEM_LOCATION_TYPE_DEVICE, 0}, other{CU_MEM_LOCATION_TYPE_DEVICE, 1},
        host{CU_MEM_LOCATION_TYPE_HOST, 0};
    OK(cuMemPrefetchAsync(managed, 64, 0, nullptr));
    OK(cuMemPrefetchAsync(managed, 64, -1, nullptr));
    OK(cuMemPrefetchAsync_v2(managed + 32, 32, host, 0, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemPrefetchAsync_v2(managed + 32, 33, device, 0, nullptr));
    FAILS(CUDA_ERROR_INVALID_DEVICE, cuMemPrefetchAsync_v2(managed, 64, other, 0, nullptr));
    FAILS(CUDA_ERROR_INVALID_DEVICE, cuMemPrefetchAsync(managed, 64, 1, nullptr));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemPrefetchAsync(plain, 4, 0, nullptr));
    OK(cuMemAdvise(managed, 64, CU_MEM_ADVISE_SET_READ_MOSTLY, 0));
    OK(cuMemAdvise_v2(managed, 64, CU_MEM_ADVISE_UNSET_ACCESSED_BY, device));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAdvise(managed, 64, (CUmem_advise)7, 0));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuMemAdvise(plain, 4, CU_MEM_ADVISE_SET_READ_MOSTLY, 0));
    OK(cuStreamAttachMemAsync(nullptr, managed, 0, CU_MEM_ATTACH_GLOBAL));
    FAILS(CUDA_ERROR_INVALID_VALUE, cuStreamAttachMemAsync(nullptr, plain, 0, CU_MEM_ATTACH_GLOBAL));
    OK(cuMemFree_v2(managed));
    OK(cuMemFree_v2(plain));
}

// take: *to is a new piece of so many bytes, with 42 in its first word if there is one. look: *to is the word at `from`.
constexpr const char* HEAP = R"(.version 8.0
.target sm_80
.address_size 64
.extern .func (.param .b64 result) malloc(.param .b64 bytes);
.visible .entry take(.param .u64 to, .param .u64 bytes)
{
    .reg .pred %p<2>;
    .reg .b64 %rd<5>;
    ld.param.u64 %rd1, [to];
    ld.param.u64 %rd2, [bytes];
    { .param .b64 n; .param .b64 p;
    st.param.b64 [n], %rd2; call (p), malloc, (n); ld.param.b64 %rd3, [p]; }
    st.global.u64 [%rd1], %rd3;
    setp.ne.u64 %p1, %rd3, 0;
    @%p1 st.global.u32 [%rd3], 42;
    ret;
}
.visible .entry look(.param .u64 to, .param .u64 from)
{
    .reg .b32 %r<2>;
    .reg .b64 %rd<3>;
    ld.param.u64 %rd1, [to];
    ld.param.u64 %rd2, [from];
    ld.global.u32 %r1, [%rd2];
    st.global.u32 [%rd1], %r1;
    ret;
}
)";

TEST("memory", what_kernels_allocate_lives_as_long_as_the_context) {
    test::Session session;
    size_t bytes = 0;
    OK(cuCtxSetLimit(CU_LIMIT_MALLOC_HEAP_SIZE, 4096));
    CUmodule module = nullptr;
    CUfunction take = test::load(HEAP, "take", &module), look = nullptr;
    OK(cuModuleGetFunction(&look, module, "look"));
    CUdeviceptr to = 0;
    OK(cuMemAlloc_v2(&to, 8));
    uint64_t wanted = 4, piece = 0, other = 0;
    OK(test::launch(take, 1, 1, {&to, &wanted}));
    OK(cuMemcpyDtoH_v2(&piece, to, 8));
    wanted = 4096;
    OK(test::launch(take, 1, 1, {&to, &wanted}));
    OK(cuMemcpyDtoH_v2(&other, to, 8));
    TRUE(piece != 0);
    EQUAL(0u, other);
    FAILS(CUDA_ERROR_INVALID_VALUE, cuCtxSetLimit(CU_LIMIT_MALLOC_HEAP_SIZE, 8192));
    OK(cuCtxGetLimit(&bytes, CU_LIMIT_MALLOC_HEAP_SIZE));
    EQUAL(4096u, bytes);
    OK(test::launch(look, 1, 1, {&to, &piece}));
    EQUAL(42u, test::download(to, 1)[0]);
    piece += 4;
    OK(test::launch(look, 1, 1, {&to, &piece}));
    FAILS(CUDA_ERROR_ILLEGAL_ADDRESS, cuCtxSynchronize());
    TRUE(test::contains(test::last_report(), "in the heap of kernels"));
}

TEST("memory", a_heap_for_which_there_is_no_room_is_refused_at_the_launch) {
    test::Session session;
    OK(cuCtxSetLimit(CU_LIMIT_MALLOC_HEAP_SIZE, (size_t)1 << 60));
    CUfunction take = test::load(HEAP, "take");
    CUdeviceptr to = test::upload({0, 0});
    uint64_t wanted = 4;
    FAILS(CUDA_ERROR_OUT_OF_MEMORY, test::launch(take, 1, 1, {&to, &wanted}));
    OK(cuMemFree_v2(to));
}

}  // namespace
